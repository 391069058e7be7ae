package space.halley.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import space.halley.domain.AgencyId;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.schemas.JournalEntry;

/**
 * Products that a drain or a scan has not reached yet. A fence and a policy version are applied to one product after the
 * other, and the log may be read in between.
 *
 * @param from for each of these products the first fence or policy version that has not reached it
 */
record Unfinished(Map<Unfinished.Key, Unfinished.From> from) {
    /** Every drain and every scan has ended. */
    static final Unfinished NOTHING = new Unfinished(Map.of());

    /** A product of an agency. */
    record Key(AgencyId agency, Lid lid) {}

    /** A fence or policy version. */
    record From(Position at, Instant appendTime) {}

    Unfinished {
        from = Map.copyOf(from);
    }

    /**
     * Products of which nothing is missing in the journal but an end, all of which follows from fences or policy versions,
     * with nothing decided behind it: a command would have caught up first. It is missing for good if the lane has been at
     * work for longer than any drain takes since it came to the fence or policy version.
     *
     * @param decided what follows from all that the lanes have come to
     * @param patience how long the drains and scans of a lane may take together
     */
    static Unfinished of(Recording recording, Recording decided, Duration patience) {
        var unsaid = recording.inputs().stream()
                .filter(input -> input.isFence() || input.policy() != null)
                .map(Appended::at)
                .collect(Collectors.toSet());
        var notAsked = Unsaid.by(recording.journal());
        var found = byProduct(notAsked.without(recording.journal()));
        var late = new HashMap<Position, Boolean>();
        var from = new HashMap<Key, From>();
        byProduct(notAsked.without(decided.journal())).forEach((product, wanted) -> {
            var known = found.getOrDefault(product, List.of());
            if (endIsMissing(wanted, known, unsaid)) {
                var missing = wanted.get(known.size());
                var first = Evidence.cause(missing);
                if (!late.computeIfAbsent(
                        first, at -> recording.work().since(at).compareTo(patience) > 0)) {
                    from.put(product, new From(first, missing.causeAppendTime()));
                }
            }
        });
        return new Unfinished(from);
    }

    private static boolean endIsMissing(List<JournalEntry> wanted, List<JournalEntry> found, Set<Position> unsaid) {
        var known = found.size();
        if (known >= wanted.size() || !wanted.subList(0, known).equals(found)) {
            return false;
        }
        var missing = wanted.subList(known, wanted.size());
        // What follows from one input is written at once, so half of it is no end.
        var betweenInputs = known == 0 || !Evidence.cause(found.getLast()).equals(Evidence.cause(missing.getFirst()));
        return betweenInputs && missing.stream().map(Evidence::cause).allMatch(unsaid::contains);
    }

    private static Map<Key, List<JournalEntry>> byProduct(List<JournalEntry> journal) {
        return Evidence.group(
                journal,
                entry -> Evidence.isByTheRules(entry)
                        ? new Key(
                                entry.agency(),
                                Lidvid.parse(String.valueOf(entry.lidvid())).lid())
                        : null);
    }

    /** Whether a fence or policy version at that offset has reached the product. */
    boolean hasReached(AgencyId agency, Lid lid, long offset) {
        var first = from.get(new Key(agency, lid));
        return first == null || offset < first.at().offset();
    }

    /** Those that have waited longest. */
    List<Waiting> oldest() {
        return Waiting.oldest(from.entrySet().stream()
                .map(product -> new Waiting(
                        product.getKey().lid().toString(),
                        product.getValue().at(),
                        product.getValue().appendTime())));
    }

    int products() {
        return from.size();
    }

    boolean isNothing() {
        return from.isEmpty();
    }
}
