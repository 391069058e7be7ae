package space.halley.launcher.journal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.ContentHash;
import space.halley.domain.Effect.Verdict;
import space.halley.schemas.JournalEntry;

/**
 * Which version of every agency's policy is in force in which partition, as the journal tells it. A fold of its entries.
 *
 * @param agencies the agencies that have published one, by name
 */
record PolicyStandings(Map<AgencyId, Standing> agencies) {
    PolicyStandings {
        agencies = Map.copyOf(agencies);
    }

    /**
     * Where one agency's policy stands.
     *
     * @param inForce for every partition the entry that put its version into force; absent where there is none
     * @param partitions how many there are
     */
    record Standing(Map<Integer, JournalEntry> inForce, int partitions) {
        Standing {
            inForce = Map.copyOf(inForce);
        }

        /** The version in force in a partition; 0 if there is none. */
        int version(int partition) {
            var entry = inForce.get(partition);
            return entry == null ? 0 : entry.grounds().policy();
        }

        /** The newest version that is in force somewhere. */
        int newest() {
            return IntStream.range(0, partitions).map(this::version).max().orElse(0);
        }

        /** The oldest version that is in force somewhere; 0 if a partition has none. */
        int oldest() {
            return IntStream.range(0, partitions).map(this::version).min().orElse(0);
        }

        /** Whether some partitions lack the newest version. */
        boolean isInterrupted() {
            return oldest() != newest();
        }

        /**
         * The documents that are in force as the newest version, and where. More than one if a broadcast was killed and
         * another document was published under the same number.
         */
        Map<ContentHash, List<Integer>> documents() {
            return in(newest()).stream()
                    .filter(inForce::containsKey)
                    .collect(Collectors.groupingBy(
                            partition -> Objects.requireNonNull(inForce.get(partition))
                                    .grounds()
                                    .policyHash()
                                    .orElseThrow(),
                            () -> new TreeMap<>(Comparator.comparing(ContentHash::sha256)),
                            Collectors.toList()));
        }

        /** The partitions in which this version is in force. */
        List<Integer> in(int version) {
            return IntStream.range(0, partitions)
                    .filter(partition -> version(partition) == version)
                    .boxed()
                    .toList();
        }

        /** The last decision that put the newest version into force somewhere. */
        @Nullable
        JournalEntry last() {
            return in(newest()).stream()
                    .map(inForce::get)
                    .reduce((one, other) -> other != null
                                    && one != null
                                    && one.causeAppendTime().isAfter(other.causeAppendTime())
                            ? one
                            : other)
                    .orElse(null);
        }
    }

    /** @param entries about policies, in any order */
    static PolicyStandings of(List<JournalEntry> entries, int partitions) {
        var found = new TreeMap<AgencyId, Map<Integer, JournalEntry>>();
        for (var entry : entries) {
            if (entry.verdict().equals(Verdict.POLICY.name())) {
                found.computeIfAbsent(entry.agency(), agency -> new TreeMap<>())
                        .merge(
                                entry.causePartition(),
                                entry,
                                (one, other) ->
                                        one.grounds().policy() > other.grounds().policy() ? one : other);
            }
        }
        var standings = new TreeMap<AgencyId, Standing>();
        found.forEach((agency, inForce) -> standings.put(agency, new Standing(inForce, partitions)));
        return new PolicyStandings(standings);
    }
}
