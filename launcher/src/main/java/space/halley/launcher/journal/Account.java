package space.halley.launcher.journal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Lidvid;
import space.halley.domain.ReleasePlan;
import space.halley.domain.VersionState.Status;
import space.halley.schemas.JournalEntry;

/**
 * What the journal tells of one version of a product: where it stands, why, and by which decisions it came there. A fold of
 * its entries; nothing is decided again.
 *
 * @param decision the one that brought the version where it stands: the first under the release plan in force, or the one
 *     that ended it
 * @param plan the last entry that carries a release plan; null if none was kept, which no version is without that was held
 *     or released
 * @param waiting the partners' turns that wait for a fact, while it is held
 * @param releasedAt when it became public, which is when its release was written; empty if it did not
 * @param history all decisions, refusals among them, in the journal's order
 */
record Account(
        Lidvid id,
        Status status,
        JournalEntry decision,
        @Nullable JournalEntry plan,
        List<Partner> partners,
        List<ReleasePlan.Waiting> waiting,
        Optional<Instant> releasedAt,
        List<Written> history) {

    private static final Set<Verdict> NO_CHANGE = Set.of(Verdict.REPEATED, Verdict.REFUSED, Verdict.POLICY);

    /**
     * A partner that receives the version before it is public.
     *
     * @param opensAt the instant that the agreement gives
     * @param sharedAt when that was written; empty if it was not shared yet
     */
    record Partner(AgencyId recipient, String agreement, Instant opensAt, Optional<Instant> sharedAt) {}

    Account {
        partners = List.copyOf(partners);
        waiting = List.copyOf(waiting);
        history = List.copyOf(history);
    }

    /**
     * The account of a version; empty if nothing was ever accepted of it.
     *
     * @param history the decisions about this version, in the journal's order
     */
    static Optional<Account> of(Lidvid id, List<Written> history) {
        var written = history.stream()
                .filter(each -> !NO_CHANGE.contains(verdict(each.entry())))
                .toList();
        var changes = written.stream().map(Written::entry).toList();
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        var last = changes.getLast();
        var plan = changes.stream().filter(Account::hasPlan).reduce((one, next) -> next);
        var decision = hasPlan(last)
                ? changes.stream()
                        .filter(entry -> entry.schedule() == last.schedule())
                        .findFirst()
                        .orElse(last)
                : last;
        var status = status(last, changes.stream().anyMatch(entry -> entry.recipient() != null));
        return Optional.of(new Account(
                id,
                status,
                decision,
                plan.orElse(null),
                partners(written, isHeld(status) ? last.stages() : List.of()),
                isHeld(status) ? waiting(last) : List.of(),
                written.stream()
                        .filter(change -> verdict(change.entry()) == Verdict.RELEASED)
                        .map(Written::at)
                        .findFirst(),
                history));
    }

    /** The release instant by the plan; empty while a fact that it depends on is missing. */
    Optional<Instant> plannedAt() {
        return Optional.ofNullable(plan).map(JournalEntry::releaseAt);
    }

    /** What must become known before the release can be planned. */
    Optional<String> missing() {
        return Optional.ofNullable(plan).flatMap(entry -> entry.grounds().missing());
    }

    /** Whether it is still to be released. */
    boolean isHeld() {
        return isHeld(status);
    }

    private static boolean isHeld(Status status) {
        return status == Status.HELD || status == Status.PARTNERS;
    }

    /** Who waits after the decision, as far as the build that wrote it said so. */
    static List<ReleasePlan.Waiting> waiting(JournalEntry entry) {
        return Objects.requireNonNullElse(entry.waiting(), List.of());
    }

    static Verdict verdict(JournalEntry entry) {
        return Verdict.valueOf(entry.verdict());
    }

    private static boolean hasPlan(JournalEntry entry) {
        return entry.schedule() > 0;
    }

    private static Status status(JournalEntry last, boolean shared) {
        return switch (verdict(last)) {
            case RELEASED -> Status.PUBLIC;
            case WITHDRAWN -> Status.WITHDRAWN;
            case SUPERSEDED -> Status.SUPERSEDED;
            case RETRACTED -> Status.RETRACTED;
            case HELD, RESCHEDULED, WAIVED, FACT, REEVALUATED, SHARED -> shared ? Status.PARTNERS : Status.HELD;
            case POLICY, REPEATED, REFUSED -> throw new IllegalArgumentException(last.verdict() + " changes nothing");
        };
    }

    /**
     * Who has received it, in order, and then who is still to receive it.
     *
     * @param planned the partners' turns by the plan in force
     */
    private static List<Partner> partners(List<Written> changes, List<ReleasePlan.Stage> planned) {
        var all = new LinkedHashMap<AgencyId, Partner>();
        for (var decision : changes) {
            var entry = decision.entry();
            var recipient = entry.recipient();
            if (recipient != null) {
                entry.stages().stream()
                        .filter(stage -> stage.recipient().equals(recipient))
                        .forEach(stage -> all.put(
                                recipient,
                                new Partner(
                                        recipient, stage.agreement(), stage.opensAt(), Optional.of(decision.at()))));
            }
        }
        planned.forEach(stage -> all.putIfAbsent(
                stage.recipient(),
                new Partner(stage.recipient(), stage.agreement(), stage.opensAt(), Optional.empty())));
        return List.copyOf(all.values());
    }
}
