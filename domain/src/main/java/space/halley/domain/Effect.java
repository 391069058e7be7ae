package space.halley.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a decision causes. All effects of one decision are written in one transaction. */
public sealed interface Effect {

    /**
     * The decision itself, for ever.
     *
     * @param releaseAt the release instant in force after the decision (for a release: at it); null if there is none
     * @param schedule the schedule that the instant belongs to; 0 if there is none
     * @param publicRevision the product's last public revision after the decision
     * @param refusal why, if the input was refused
     */
    record Journal(
            Verdict verdict,
            Lidvid id,
            Cause cause,
            Command.@Nullable Statement statement,
            String explanation,
            @Nullable Instant releaseAt,
            int schedule,
            int publicRevision,
            @Nullable ContentHash content,
            @Nullable RefusalReason refusal)
            implements Effect {}

    /** The kinds of decision. */
    enum Verdict {
        /** An announcement was accepted; its release lies ahead. */
        HELD,
        /** A held version's release instant changed. */
        RESCHEDULED,
        /** A version became public. */
        RELEASED,
        /** A held version was withdrawn. */
        WITHDRAWN,
        /** A held version was replaced by a higher one. */
        SUPERSEDED,
        /** A public version was taken back. */
        RETRACTED,
        /** The same was said before; nothing changed. */
        REPEATED,
        /** The command was refused; nothing changed. */
        REFUSED
    }

    /** The answer to an accepted command. The same announcement again gives the same receipt. */
    record Accept(
            Lidvid id,
            long firstOffset,
            boolean repeated,
            VersionState.Status status,
            @Nullable Instant releaseAt,
            String explanation)
            implements Effect {}

    /** The answer to a refused command, and its dead letter. */
    record Refuse(Lidvid id, RefusalReason reason, String explanation) implements Effect {}

    /** A record for everyone. */
    record Publish(PublicEvent event) implements Effect {}

    /** The catalogue's new record of a version; the product's description is there while the version is held or released. */
    record Catalogue(
            Lidvid id,
            VersionState.Status status,
            @Nullable Instant releaseAt,
            String explanation,
            int publicRevision,
            Instant decidedAt,
            @Nullable ProductDescription product)
            implements Effect {}
}
