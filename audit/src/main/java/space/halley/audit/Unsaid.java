package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Lidvid;
import space.halley.schemas.JournalEntry;

/**
 * What earlier builds did not say, and nobody may ask for: who waits for a turn. In everything else they decided alike. Of a
 * product that was there when such a build last decided in its lane, it is left out wherever journals are compared; also of
 * what a later build has decided of it, because its state may have been through the earlier one, and because the earlier one
 * wrote nothing where nothing else had changed.
 *
 * @param products that were there then
 */
record Unsaid(Set<String> products) {

    static Unsaid by(List<JournalEntry> journal) {
        var last = new HashMap<LanePartition, Long>();
        for (var entry : journal) {
            if (entry.waiting() == null) {
                last.merge(lane(entry), entry.causeOffset(), Math::max);
            }
        }
        return new Unsaid(journal.stream()
                .filter(Evidence::isByTheRules)
                .filter(entry -> entry.causeOffset() <= last.getOrDefault(lane(entry), -1L))
                .map(Unsaid::product)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** The journal as far as it can be compared. */
    List<JournalEntry> without(List<JournalEntry> journal) {
        if (products.isEmpty()) {
            return journal;
        }
        var schedules = new HashMap<String, Integer>();
        var rest = new ArrayList<JournalEntry>();
        for (var entry : journal) {
            if (!Evidence.isByTheRules(entry) || !products.contains(product(entry))) {
                rest.add(entry);
                continue;
            }
            var before = entry.schedule() == 0 ? null : schedules.put(String.valueOf(entry.lidvid()), entry.schedule());
            if (!isAboutWaitingAlone(entry, before)) {
                rest.add(entry.withWaiting(null));
            }
        }
        return rest;
    }

    /** A policy version that changes a plan begins another schedule. */
    private static boolean isAboutWaitingAlone(JournalEntry entry, @Nullable Integer scheduleBefore) {
        return Evidence.verdict(entry) == Verdict.REEVALUATED
                && scheduleBefore != null
                && scheduleBefore == entry.schedule();
    }

    private static LanePartition lane(JournalEntry entry) {
        return new LanePartition(entry.agency(), entry.causePartition());
    }

    private static String product(JournalEntry entry) {
        return entry.agency() + " on "
                + Lidvid.parse(String.valueOf(entry.lidvid())).lid();
    }
}
