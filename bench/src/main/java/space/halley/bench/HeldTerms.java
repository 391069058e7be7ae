package space.halley.bench;

import java.time.Instant;
import java.time.InstantSource;
import space.halley.domain.ReleaseTerms;

/**
 * How the benchmark holds products without waiting for their release. The agency's clock, which a command carries, is
 * set to the past and the release a little later, so the product is held although its release instant has passed: the
 * earlier of two clocks counts. It is due as soon as the lane's own clock, which stood still too, shows the true time.
 */
final class HeldTerms implements InstantSource {
    static final Instant ISSUED_AT = Instant.parse("2026-02-01T00:00:00Z");
    static final Instant RELEASE_AT = Instant.parse("2026-02-01T01:00:00Z");
    static final ReleaseTerms TERMS = new ReleaseTerms.FixedDate(RELEASE_AT);

    private final InstantSource trueTime;
    private volatile boolean due;

    HeldTerms(InstantSource trueTime) {
        this.trueTime = trueTime;
    }

    /** Lets the release instant come. */
    void come() {
        due = true;
    }

    @Override
    public Instant instant() {
        return due ? trueTime.instant() : ISSUED_AT;
    }
}
