package space.halley.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * The first delivery of what is held, by which alone it is judged whether that was late. A higher version of a held product
 * keeps it: a corrected label is no delivery.
 *
 * @param at by the earlier of its two clocks: while one of them says that the embargo lasts, the delivery is in time
 * @param under the terms that it was announced under, whatever has been said since
 * @param late whether it was late; empty while that cannot be said
 */
public record Delivery(Instant at, ReleaseTerms under, Optional<Boolean> late) {
    static Delivery of(Cause cause, ReleaseTerms under) {
        return new Delivery(cause.watermark(), under, Optional.empty());
    }

    Delivery judged(Optional<Boolean> nowLate) {
        return new Delivery(at, under, nowLate);
    }

    /** That of a higher version. What has been judged stays judged; before, terms of its own are what it is judged by. */
    Delivery ofSuccessor(ReleaseTerms announced) {
        return late.isPresent() || announced instanceof ReleaseTerms.ByPolicy
                ? this
                : new Delivery(at, announced, late);
    }
}
