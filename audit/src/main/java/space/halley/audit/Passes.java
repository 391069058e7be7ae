package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which lanes are looked at together. The log is read once in each pass, and only what belongs to the pass's lanes is kept
 * in memory; so memory is bounded by the largest lane, at the price of reading more often.
 *
 * @param all for each pass the lanes that it looks at
 */
record Passes(List<List<LanePartition>> all) {
    Passes {
        all = all.stream().map(List::copyOf).toList();
    }

    /**
     * The fewest passes with about as many commands each.
     *
     * @param commands how many there are in each lane
     * @param most how many commands should be looked at together; a lane with more is a pass of its own
     */
    static Passes of(Map<LanePartition, Long> commands, long most) {
        var total = commands.values().stream().mapToLong(Long::longValue).sum();
        var number = Math.clamp(-Math.floorDiv(-total, most), 1, Math.max(1, commands.size()));
        while (true) {
            var passes = spread(commands, number);
            if (number >= commands.size() || passes.largest(commands) <= most) {
                return passes;
            }
            number++;
        }
    }

    /** The largest lanes first, each to the pass that has least to do. */
    private static Passes spread(Map<LanePartition, Long> commands, int number) {
        var lanes = new ArrayList<List<LanePartition>>();
        var loads = new long[number];
        for (int pass = 0; pass < number; pass++) {
            lanes.add(new ArrayList<>());
        }
        commands.entrySet().stream()
                .sorted(Map.Entry.<LanePartition, Long>comparingByValue()
                        .reversed()
                        .thenComparing(lane -> lane.getKey().toString()))
                .forEach(lane -> {
                    var least = 0;
                    for (int pass = 1; pass < number; pass++) {
                        least = loads[pass] < loads[least] ? pass : least;
                    }
                    loads[least] += lane.getValue();
                    lanes.get(least).add(lane.getKey());
                });
        return new Passes(lanes);
    }

    private long largest(Map<LanePartition, Long> commands) {
        return all.stream()
                .mapToLong(lanes -> lanes.stream()
                        .mapToLong(lane -> commands.getOrDefault(lane, 0L))
                        .sum())
                .max()
                .orElse(0);
    }

    /** The pass of each lane. What belongs to no known lane, because somebody else wrote it, goes to the first. */
    Map<LanePartition, Integer> byLane() {
        var passes = new HashMap<LanePartition, Integer>();
        for (int pass = 0; pass < all.size(); pass++) {
            for (var lane : all.get(pass)) {
                passes.put(lane, pass);
            }
        }
        return passes;
    }
}
