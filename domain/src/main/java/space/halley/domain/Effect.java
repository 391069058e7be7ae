package space.halley.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a decision causes. All effects of one decision are written in one transaction. */
public sealed interface Effect {

    /**
     * The decision itself, for ever.
     *
     * @param version what was announced of the version; null if nothing was
     * @param terms in force after the decision, for a held version; null otherwise
     * @param releaseAt the release instant in force after the decision (for a release: at it); null if there is none
     * @param stages the recipients' turns in force likewise
     * @param waiting the partners' turns that wait for a fact after the decision
     * @param schedule the schedule that the plan belongs to; 0 if there is none
     * @param recipient with whom the version was shared; null for every other verdict
     * @param publicRevision the product's last public revision after the decision
     * @param refusal why, if the input was refused
     */
    record Journal(
            Verdict verdict,
            Lidvid id,
            Cause cause,
            Command.@Nullable Statement statement,
            Grounds grounds,
            Product.@Nullable Announced version,
            @Nullable ReleaseTerms terms,
            @Nullable Instant releaseAt,
            List<ReleasePlan.Stage> stages,
            List<ReleasePlan.Waiting> waiting,
            int schedule,
            @Nullable AgencyId recipient,
            int publicRevision,
            @Nullable RefusalReason refusal)
            implements Effect {}

    /** The kinds of decision. */
    enum Verdict {
        /** An announcement was accepted; its release lies ahead. */
        HELD,
        /** A held version's release plan changed, because the agency said so. */
        RESCHEDULED,
        /** A held version was exempted from its embargo. */
        WAIVED,
        /** A fact about a held version became known; its plan may have changed. */
        FACT,
        /** A new version of the policy changed a held version's plan, or who waits for a turn. */
        REEVALUATED,
        /** A held version was shared with a partner. */
        SHARED,
        /** A version became public. */
        RELEASED,
        /** A held version was withdrawn. */
        WITHDRAWN,
        /** A held version was replaced by a higher one. */
        SUPERSEDED,
        /** A public version was taken back. */
        RETRACTED,
        /** A policy version is in force from here on. */
        POLICY,
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

    /** A record for one partner. */
    record Share(PartnerEvent event) implements Effect {}

    /** The catalogue's new record of a version; the product's description is there while the version is held or released. */
    record Catalogue(
            Lidvid id,
            VersionState.Status status,
            Optional<Instant> releaseAt,
            String explanation,
            int publicRevision,
            Instant decidedAt,
            @Nullable ProductDescription product)
            implements Effect {}
}
