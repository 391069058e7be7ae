package space.halley.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import space.halley.domain.ReleaseTerms;

/**
 * How the benchmark holds products without waiting for their release. The agency's clock, which a command carries, is two
 * hours behind and the release one hour ago, so the product is held although its release instant has passed: the earlier
 * of two clocks counts. It is due as soon as the lane's own clock, which stands still too, shows the true time.
 */
final class HeldTerms implements InstantSource {
    private static final Duration HOUR = Duration.ofHours(1);

    private final InstantSource trueTime;
    private final Instant releaseAt;
    private volatile boolean due;

    HeldTerms(InstantSource trueTime) {
        this.trueTime = trueTime;
        this.releaseAt = trueTime.instant().minus(HOUR);
    }

    /** What the agency's clock shows when it announces. */
    Instant issuedAt() {
        return releaseAt.minus(HOUR);
    }

    Instant releaseAt() {
        return releaseAt;
    }

    ReleaseTerms terms() {
        return new ReleaseTerms.FixedDate(releaseAt);
    }

    /** Lets the release instant come. */
    void come() {
        due = true;
    }

    /** What the lane's clock shows. */
    @Override
    public Instant instant() {
        return due ? trueTime.instant() : issuedAt();
    }
}
