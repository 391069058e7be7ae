package space.halley.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.Cause;
import space.halley.domain.Command;
import space.halley.domain.Effect;
import space.halley.domain.Existence;
import space.halley.domain.Grounds;
import space.halley.domain.RefusalReason;
import space.halley.domain.ReleasePlan;
import space.halley.domain.ReleaseTerms;

/**
 * One decision, as it is kept for ever.
 *
 * @param verdict one of {@link space.halley.domain.Effect.Verdict}
 * @param lidvid null if the input could not be read, or is a policy
 * @param watermark the instant that had certainly passed at the cause
 * @param principal who may write the cause: the agency's principal, or the streams' for a fence
 * @param terms in force after the decision, for a held version; null otherwise
 * @param releaseAt the release instant in force after the decision, for a release the one it follows; null if there is none
 * @param waiting the partners' turns that wait for a fact after the decision; null in the entries of builds that did not say
 *     yet who waits
 * @param recipient with whom the version was shared by this decision; null for every other verdict
 * @param firstOffset the offset of the version's announcement; null if there is none
 * @param existence of the version as announced; null if there is none
 * @param refusal one of {@link space.halley.domain.RefusalReason}; null unless refused
 */
public record JournalEntry(
        AgencyId agency,
        String verdict,
        @Nullable String lidvid,
        int causePartition,
        long causeOffset,
        Instant causeAppendTime,
        Instant watermark,
        String principal,
        @Nullable String commandId,
        String author,
        String reason,
        Grounds grounds,
        @Nullable ReleaseTerms terms,
        @Nullable Instant releaseAt,
        List<ReleasePlan.Stage> stages,
        @Nullable List<ReleasePlan.Waiting> waiting,
        int schedule,
        @Nullable AgencyId recipient,
        int publicRevision,
        @Nullable String contentSha256,
        @Nullable Long firstOffset,
        @Nullable Existence existence,
        @Nullable String refusal) {

    /** The entry of a decision about a product. */
    public static JournalEntry of(AgencyId agency, Effect.Journal journal) {
        var cause = journal.cause();
        var statement = journal.statement();
        var version = journal.version();
        var refusal = journal.refusal();
        return new JournalEntry(
                agency,
                journal.verdict().name(),
                journal.id().toString(),
                cause.partition(),
                cause.offset(),
                cause.appendTime(),
                cause.watermark(),
                // A re-evaluation follows from the agency's policy, an opening from a fence of the streams.
                statement == null && journal.verdict() != Effect.Verdict.REEVALUATED
                        ? Topics.Principal.STREAMS.userName()
                        : agency.value(),
                statement == null ? null : statement.commandId(),
                statement == null ? "" : statement.author(),
                statement == null ? "" : statement.reason(),
                journal.grounds(),
                journal.terms(),
                journal.releaseAt(),
                journal.stages(),
                journal.waiting(),
                journal.schedule(),
                journal.recipient(),
                journal.publicRevision(),
                version == null ? null : version.content().sha256(),
                version == null ? null : version.firstOffset(),
                version == null ? null : version.existence(),
                refusal == null ? null : refusal.name());
    }

    /**
     * The entry of an input that is about no product: a policy version, or one that was not admitted.
     *
     * @param lidvid the product that it names nevertheless
     */
    public static JournalEntry of(
            AgencyId agency,
            Effect.Verdict verdict,
            @Nullable String lidvid,
            Cause cause,
            Command.@Nullable Statement statement,
            Grounds grounds,
            @Nullable RefusalReason refusal) {
        return new JournalEntry(
                agency,
                verdict.name(),
                lidvid,
                cause.partition(),
                cause.offset(),
                cause.appendTime(),
                cause.watermark(),
                agency.value(),
                statement == null ? null : statement.commandId(),
                statement == null ? "" : statement.author(),
                statement == null ? "" : statement.reason(),
                grounds,
                null,
                null,
                List.of(),
                List.of(),
                0,
                null,
                0,
                null,
                null,
                null,
                refusal == null ? null : refusal.name());
    }

    /** The same of others who wait. */
    public JournalEntry withWaiting(@Nullable List<ReleasePlan.Waiting> others) {
        return with(grounds, others);
    }

    /** The same, and nothing of its grounds but the sentence. */
    public JournalEntry explainedAlone() {
        return with(Grounds.of(grounds.explanation()), waiting);
    }

    private JournalEntry with(Grounds others, @Nullable List<ReleasePlan.Waiting> waiters) {
        return new JournalEntry(
                agency,
                verdict,
                lidvid,
                causePartition,
                causeOffset,
                causeAppendTime,
                watermark,
                principal,
                commandId,
                author,
                reason,
                others,
                terms,
                releaseAt,
                stages,
                waiters,
                schedule,
                recipient,
                publicRevision,
                contentSha256,
                firstOffset,
                existence,
                refusal);
    }

    /** One sentence for people. */
    public String explanation() {
        return grounds.sentence();
    }
}
