package space.halley.producer.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Effect;
import space.halley.domain.Lidvid;
import space.halley.domain.RefusalReason;
import space.halley.producer.Outcome;
import space.halley.producer.label.LabelReading;
import space.halley.schemas.Receipt;

/**
 * What a command reports of one product.
 *
 * @param source the file it came from; null if it was named itself
 * @param line in the source, from 1; null if the whole source is meant
 * @param status the version's status after it; null if nothing was decided
 * @param releaseAt when it is to be released, or was; null if it will not be, or is unknown
 * @param reason the stable name of a refusal's reason
 * @param place where the command stands in the log, {@code partition@offset}
 */
record Result(
        Kind kind,
        @Nullable String source,
        @Nullable Integer line,
        @Nullable Lidvid id,
        @Nullable String status,
        @Nullable Instant releaseAt,
        @Nullable String reason,
        String explanation,
        @Nullable String advice,
        @Nullable String receiptId,
        @Nullable String place) {

    /** The kinds of result, each counted. */
    enum Kind {
        ACCEPTED,
        REPEATED,
        REFUSED_LABEL,
        REFUSED,
        SENT,
        UNANSWERED
    }

    static Result of(LabelReading.Refused refused) {
        return new Result(
                Kind.REFUSED_LABEL,
                refused.source(),
                refused.line(),
                null,
                null,
                null,
                refused.reason().name(),
                refused.explanation(),
                null,
                null,
                null);
    }

    /** @param waited whether an answer was waited for */
    static Result of(@Nullable String source, Outcome outcome, boolean waited) {
        return switch (outcome) {
            case Outcome.Answered answered -> of(source, answered.id(), answered.receipt());
            case Outcome.NotSent notSent ->
                refused(source, notSent.id(), notSent.reason(), notSent.explanation(), null);
            case Outcome.Unanswered unanswered ->
                new Result(
                        waited ? Kind.UNANSWERED : Kind.SENT,
                        source,
                        null,
                        unanswered.id(),
                        null,
                        null,
                        null,
                        unanswered.why(),
                        waited ? "it is in the log and will be decided; the same command again shows the answer" : null,
                        null,
                        unanswered.partition() + "@" + unanswered.offset());
        };
    }

    private static Result of(@Nullable String source, Lidvid id, Receipt receipt) {
        var place = receipt.commandPartition() + "@" + receipt.commandOffset();
        return switch (receipt.answer()) {
            case Receipt.Accepted accepted ->
                new Result(
                        accepted.repeated() ? Kind.REPEATED : Kind.ACCEPTED,
                        source,
                        null,
                        id,
                        accepted.status(),
                        accepted.releaseAt(),
                        null,
                        accepted.explanation(),
                        null,
                        accepted.receiptId(),
                        place);
            case Receipt.Refused refused -> refused(source, id, refused.reason(), refused.explanation(), place);
        };
    }

    /** What the rules alone say, for a trial: the answer to the first announcement of a product. */
    static Result ofTrial(@Nullable String source, Effect.Accept accept) {
        return new Result(
                Kind.ACCEPTED,
                source,
                null,
                accept.id(),
                accept.status().name(),
                accept.releaseAt(),
                null,
                accept.explanation(),
                null,
                null,
                null);
    }

    static Result refused(
            @Nullable String source, Lidvid id, RefusalReason reason, String explanation, @Nullable String place) {
        return new Result(
                Kind.REFUSED, source, null, id, null, null, reason.name(), explanation, advice(reason), null, place);
    }

    /** What an agency can do about a refusal, in the words of this command line; null if the explanation says it. */
    private static @Nullable String advice(RefusalReason reason) {
        return switch (reason) {
            case UNDECODABLE -> "use the version of this program that belongs to the installation";
            case UNKNOWN_SCHEMA -> "the installation's deployer must register the schemas of this version";
            case INVALID_FIELD -> "correct the field that is named";
            case MISROUTED -> "this program and the installation do not agree on the topic's partitions; report it";
            case TOO_LARGE -> "shorten the label's lists of files and references";
            case NOT_YOUR_NAMESPACE -> "check --agency and the logical_identifier";
            case NO_POLICY -> "halley policy publish publishes one; or give --release-at or --exclusive";
            case POLICY_INVALID -> "halley policy check shows the same without sending";
            case RELEASE_TOO_FAR -> "check the date or the period";
            case CONTENT_CONFLICT -> "raise the version_id in the label";
            case TERMS_CONFLICT -> "halley reschedule changes a release, halley fact states a fact";
            case UNKNOWN_PRODUCT -> "halley publish announces a product";
            case ALREADY_PUBLIC -> "halley withdraw retracts it";
            case ALREADY_SUPERSEDED -> "publish a higher version";
            case CLOCK_WRONG,
                    NEWER_VERSION_HELD,
                    TOO_MANY_VERSIONS,
                    ALREADY_WITHDRAWN,
                    ALREADY_RETRACTED,
                    POLICY_CONFLICT,
                    POLICY_GAP -> null;
        };
    }
}
