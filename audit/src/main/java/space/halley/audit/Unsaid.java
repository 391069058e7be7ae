package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Grounds;
import space.halley.domain.Lidvid;
import space.halley.schemas.JournalEntry;

/**
 * What earlier builds did not say, and nobody may ask for. One is under which policy something ended or changed nothing. The other
 * is who waits for a turn: of a product that was there when such a build last decided in its lane, it is left out wherever journals
 * are compared; also of what a later build has decided of it, because its state may have been through the earlier one, and because
 * the earlier one wrote nothing where nothing else had changed. Everything else is compared, also where the rules themselves were
 * others then: such differences are reported.
 *
 * @param products that were there then
 * @param bare what ended or changed nothing, and says nothing of a policy
 */
record Unsaid(Set<String> products, Set<String> bare) {
    /** What no plan decides. */
    private static final Set<String> WITHOUT_PLAN = Stream.of(
                    Verdict.WITHDRAWN, Verdict.SUPERSEDED, Verdict.RETRACTED, Verdict.REPEATED, Verdict.REFUSED)
            .map(Enum::name)
            .collect(Collectors.toUnmodifiableSet());

    static Unsaid by(List<JournalEntry> journal) {
        var last = new HashMap<LanePartition, Long>();
        for (var entry : journal) {
            if (entry.waiting() == null) {
                last.merge(lane(entry), entry.causeOffset(), Math::max);
            }
        }
        return new Unsaid(
                journal.stream()
                        .filter(Evidence::isByTheRules)
                        .filter(entry -> entry.causeOffset() <= last.getOrDefault(lane(entry), -1L))
                        .map(Unsaid::product)
                        .collect(Collectors.toUnmodifiableSet()),
                journal.stream()
                        .filter(entry -> WITHOUT_PLAN.contains(entry.verdict())
                                && entry.grounds()
                                        .equals(Grounds.of(entry.grounds().explanation())))
                        .map(Unsaid::decision)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The journal as far as it can be compared. */
    List<JournalEntry> without(List<JournalEntry> journal) {
        return waiting(journal.stream()
                .map(entry -> bare.contains(decision(entry)) ? entry.explainedAlone() : entry)
                .toList());
    }

    private List<JournalEntry> waiting(List<JournalEntry> journal) {
        if (products.isEmpty()) {
            return journal;
        }
        var plans = new HashMap<String, JournalEntry>();
        var rest = new ArrayList<JournalEntry>();
        for (var entry : journal) {
            if (!Evidence.isByTheRules(entry) || !products.contains(product(entry))) {
                rest.add(entry);
                continue;
            }
            var before = entry.schedule() == 0 ? null : plans.put(String.valueOf(entry.lidvid()), entry);
            if (before == null || !isAboutWaitingAlone(entry, before)) {
                rest.add(entry.withWaiting(null));
            }
        }
        return rest;
    }

    /**
     * Whether a policy version has confirmed the plan as it was, so that all the entry can say is who waits. Whatever else it
     * says is compared; otherwise anything could be planted under a number that stays the same.
     *
     * @param before the last entry with a plan of that version
     */
    private static boolean isAboutWaitingAlone(JournalEntry entry, JournalEntry before) {
        return Evidence.verdict(entry) == Verdict.REEVALUATED
                // Who did not say yet who waits wrote no entry about that either.
                && entry.waiting() != null
                && entry.schedule() == before.schedule()
                && entry.stages().equals(before.stages())
                && Objects.equals(entry.releaseAt(), before.releaseAt())
                && Objects.equals(entry.terms(), before.terms())
                && asOfBefore(entry.grounds(), before.grounds()).equals(before.grounds());
    }

    /** The grounds, but for the version of the policy, which is the one that confirms the plan. */
    private static Grounds asOfBefore(Grounds grounds, Grounds before) {
        return new Grounds(
                grounds.explanation(),
                grounds.rule(),
                grounds.owner(),
                before.policy(),
                before.policyHash(),
                grounds.clockStart(),
                grounds.embargoEnd(),
                grounds.missing(),
                grounds.late());
    }

    private static String decision(JournalEntry entry) {
        return entry.verdict() + " of " + entry.lidvid() + " by " + Evidence.cause(entry);
    }

    private static LanePartition lane(JournalEntry entry) {
        return new LanePartition(entry.agency(), entry.causePartition());
    }

    private static String product(JournalEntry entry) {
        return entry.agency() + " on "
                + Lidvid.parse(String.valueOf(entry.lidvid())).lid();
    }
}
