package space.halley.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a lane lets others see of itself. Safe for use by several threads. */
final class LaneGauges {
    private final Map<Integer, Instant> nextReleases = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> policies = new ConcurrentHashMap<>();
    private final Set<Integer> closed = ConcurrentHashMap.newKeySet();

    void nextRelease(int partition, Optional<Instant> at) {
        closed.remove(partition);
        at.ifPresentOrElse(instant -> nextReleases.put(partition, instant), () -> nextReleases.remove(partition));
    }

    void policy(int partition, int number) {
        policies.put(partition, number);
    }

    /** The partition is not worked on here any more: another instance has it, or the lane died. */
    void closed(int partition) {
        closed.add(partition);
        policies.remove(partition);
    }

    /** The policy version that every partition here has applied at least; 0 if one has none. */
    int oldestPolicy() {
        return policies.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    /** The newest policy version that a partition here has applied: if it is not the oldest, a broadcast was interrupted. */
    int newestPolicy() {
        return policies.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /**
     * How long the oldest release has been due; zero if none is.
     *
     * @param runs whether the lane runs: then what it let go of is in somebody else's hands, otherwise in nobody's
     */
    Duration overdue(Instant now, boolean runs) {
        return nextReleases.entrySet().stream()
                .filter(next -> !runs || !closed.contains(next.getKey()))
                .map(next -> Duration.between(next.getValue(), now))
                .filter(age -> !age.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
