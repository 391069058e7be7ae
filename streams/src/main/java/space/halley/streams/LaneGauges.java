package space.halley.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import space.halley.domain.ContentHash;
import space.halley.domain.PolicyRegister;

/** What a lane lets others see of itself. Safe for use by several threads. */
final class LaneGauges {
    private final Map<Integer, Instant> nextReleases = new ConcurrentHashMap<>();
    private final Map<Integer, PolicyRegister> policies = new ConcurrentHashMap<>();
    private final Set<Integer> closed = ConcurrentHashMap.newKeySet();

    void nextRelease(int partition, Optional<Instant> at) {
        closed.remove(partition);
        at.ifPresentOrElse(instant -> nextReleases.put(partition, instant), () -> nextReleases.remove(partition));
    }

    void policies(int partition, PolicyRegister register) {
        policies.put(partition, register);
    }

    /** The partition is not worked on here any more: another instance has it, or the lane died. */
    void closed(int partition) {
        closed.add(partition);
        policies.remove(partition);
    }

    /** The policy version that every partition here has applied at least; 0 if one has none. */
    int oldestPolicy() {
        return policies.values().stream().mapToInt(PolicyRegister::number).min().orElse(0);
    }

    /** The newest policy version that a partition here has applied: if it is not the oldest, a broadcast was interrupted. */
    int newestPolicy() {
        return policies.values().stream().mapToInt(PolicyRegister::number).max().orElse(0);
    }

    /**
     * The policy that stands in every partition here.
     *
     * @param version its number; 0 if there is none
     * @param hash of its document; empty if there is none
     */
    record Standing(int version, Optional<ContentHash> hash) {
        private static Standing of(PolicyRegister register) {
            return new Standing(
                    register.number(), Optional.ofNullable(register.applied().get(register.number())));
        }
    }

    /** What stands in every partition here. No instance sees another's, so comparing them is for who asks all. */
    SortedMap<Integer, Standing> standings() {
        var standings = new TreeMap<Integer, Standing>();
        policies.forEach((partition, register) -> standings.put(partition, Standing.of(register)));
        return standings;
    }

    /**
     * The policy version in force of which partitions here have different documents, because two were published under one number;
     * 0 if there is none. It ends when another version is in force.
     */
    int splitPolicy() {
        var documents = new TreeMap<Integer, Set<ContentHash>>();
        policies.values().stream().filter(register -> register.number() > 0).forEach(register -> documents
                .computeIfAbsent(register.number(), number -> new HashSet<>())
                .add(register.applied().get(register.number())));
        return documents.entrySet().stream()
                .filter(version -> version.getValue().size() > 1)
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
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
