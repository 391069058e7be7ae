package space.halley.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One record of a partner's own topic: something that this recipient may know before it is public.
 *
 * @param agency who speaks for the product
 * @param number counts the records of this version to this recipient, from 1; it says nothing of other recipients or
 *     versions, of which this one may not know
 */
public record PartnerEvent(AgencyId agency, AgencyId recipient, Lidvid id, int number, News news) {

    /** What happened. */
    public sealed interface News {}

    /**
     * The product is open to the recipient.
     *
     * @param sharedAt when the broker appended the record that opened it: at or after {@code opensAt}
     * @param opensAt the instant that the agreement gives
     * @param agreement by which it is shared
     * @param publicAt when it will be public, as far as is known
     */
    public record Shared(
            Instant sharedAt, Instant opensAt, String agreement, Optional<Instant> publicAt, ProductDescription product)
            implements News {}

    /**
     * What was shared has been taken back before it was public.
     *
     * @param reason {@link #TAKEN_BACK}; earlier builds gave the agency's reason, or that a version follows
     */
    public record TakenBack(String reason) implements News {}

    /** The same of whatever happened: who may not know that a version follows must not tell it from a withdrawal. */
    public static final String TAKEN_BACK = "taken back before its release";
}
