package space.halley.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The first delivery of what is held, by which alone it is judged whether that was late. A higher version of a held product
 * keeps it: a corrected label is no delivery.
 *
 * @param at by the earlier of its two clocks: while one of them says that the embargo lasts, the delivery is in time
 * @param under the terms that it was announced under; a higher version may name others until it is judged
 * @param late whether it was late; empty while that cannot be said
 * @param missed the terms whose embargo was over, whatever the policy says since: the latest of them counts. Empty if it was not late,
 *     or if a build that did not keep them said so
 */
public record Delivery(Instant at, ReleaseTerms under, Optional<Boolean> late, List<ReleaseTerms> missed) {
    public Delivery {
        missed = List.copyOf(missed);
    }

    static Delivery of(Cause cause, ReleaseTerms under) {
        return new Delivery(cause.watermark(), under, Optional.empty(), List.of());
    }

    Delivery inTime() {
        return new Delivery(at, under, Optional.of(false), List.of());
    }

    Delivery late(List<ReleaseTerms> nowMissed) {
        return new Delivery(at, under, Optional.of(true), nowMissed);
    }

    /** That of a higher version. What has been judged stays judged; before, terms of its own are what it is judged by. */
    Delivery ofSuccessor(ReleaseTerms announced) {
        return late.isPresent() || announced instanceof ReleaseTerms.ByPolicy
                ? this
                : new Delivery(at, announced, late, missed);
    }
}
