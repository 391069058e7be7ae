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
 * product of which such a build has written an entry, it is left out wherever journals are compared, also of the entries that a
 * later build has added, whose state may have been through the earlier one.
 *
 * @param products of which an earlier build has written an entry
 */
record Unsaid(Set<String> products) {

    static Unsaid by(List<JournalEntry> journal) {
        return new Unsaid(journal.stream()
                .filter(entry -> entry.waiting() == null && Evidence.isByTheRules(entry))
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

    private static String product(JournalEntry entry) {
        return entry.agency() + " on "
                + Lidvid.parse(String.valueOf(entry.lidvid())).lid();
    }
}
