package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Command;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.RefusalReason;
import space.halley.domain.ReleaseTerms;
import space.halley.schemas.JournalEntry;

/**
 * A withdrawal or an extension that stands in the log before the record that releases is honoured, however far behind the
 * processing was.
 */
public final class NoOvertaking implements Promise {
    /** What is wrong with a command itself, whatever became of the product. */
    private static final Set<String> ITS_OWN_FAULT = Set.of(
            RefusalReason.MISROUTED.name(),
            RefusalReason.TOO_LARGE.name(),
            RefusalReason.CLOCK_WRONG.name(),
            RefusalReason.RELEASE_TOO_FAR.name(),
            RefusalReason.NO_POLICY.name());

    private static final Set<Verdict> REPLANS =
            Set.of(Verdict.RESCHEDULED, Verdict.WAIVED, Verdict.REEVALUATED, Verdict.FACT);

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var refusals = new HashMap<Position, String>();
        var held = new HashMap<String, JournalEntry>();
        for (var entry : recording.journal()) {
            if (entry.refusal() != null) {
                refusals.put(Evidence.cause(entry), entry.refusal());
            }
        }
        var commands = Evidence.group(recording.inputs(), NoOvertaking::subject);
        var decisions = Evidence.group(recording.journal(), JournalEntry::lidvid);
        for (var entry : recording.journal()) {
            var id = String.valueOf(entry.lidvid());
            var verdict = Evidence.verdict(entry);
            if (verdict == Verdict.HELD) {
                held.put(id, entry);
            } else if (verdict == Verdict.RELEASED && held.containsKey(id)) {
                violations.addAll(between(
                        held.get(id),
                        entry,
                        commands.getOrDefault(id, List.of()),
                        decisions.getOrDefault(id, List.of()),
                        refusals));
            }
        }
        return violations;
    }

    private static List<String> between(
            JournalEntry held,
            JournalEntry released,
            List<Appended> commands,
            List<JournalEntry> decisions,
            Map<Position, String> refusals) {
        var violations = new ArrayList<String>();
        for (var input : commands) {
            var at = input.at();
            var said = input.said();
            if (said == null
                    || !at.agency().equals(released.agency())
                    || at.partition() != released.causePartition()
                    || at.offset() <= held.causeOffset()
                    || at.offset() >= released.causeOffset()
                    || ITS_OWN_FAULT.contains(refusals.getOrDefault(at, ""))) {
                continue;
            }
            if (said.command() instanceof Command.Withdraw) {
                violations.add("the withdrawal at " + at + " was overtaken by the release of " + released.lidvid()
                        + " at " + Evidence.cause(released));
            }
            if (said.command() instanceof Command.Reschedule && refusals.containsKey(at)) {
                violations.add("the reschedule at " + at + " was refused, though " + released.lidvid()
                        + " was released later, at " + Evidence.cause(released));
            }
            if (said.command() instanceof Command.Reschedule reschedule
                    && reschedule.terms() instanceof ReleaseTerms.FixedDate date
                    && isLast(decisions, input, released)
                    && released.watermark().isBefore(date.releaseAt())) {
                violations.add(
                        "the extension at " + at + " until " + date.releaseAt() + " was overtaken by the release at "
                                + Evidence.cause(released) + ", watermark " + released.watermark());
            }
        }
        return violations;
    }

    /** Whether no later decision before the release, such as a waiver or a new policy, set another instant. */
    private static boolean isLast(List<JournalEntry> decisions, Appended input, JournalEntry released) {
        return decisions.stream()
                .filter(entry -> entry.agency().equals(released.agency())
                        && entry.causePartition() == released.causePartition()
                        && entry.causeOffset() > input.at().offset())
                .noneMatch(entry -> REPLANS.contains(Evidence.verdict(entry)));
    }

    private static @Nullable String subject(Appended input) {
        var said = input.said();
        return said == null ? null : said.command().id().toString();
    }
}
