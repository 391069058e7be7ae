package space.halley.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import space.halley.domain.ReleaseTerms;

/** Terms that hold products for one to ten years, each until an instant of its own, in no order; the n-th has the same in every run. */
final class FarTerms {
    private static final long LEAST = Duration.ofDays(365).toMillis();
    private static final long MOST = Duration.ofDays(3_650).toMillis();

    private final Instant begin;

    FarTerms(Instant begin) {
        this.begin = begin;
    }

    ReleaseTerms of(int n) {
        return new ReleaseTerms.FixedDate(begin.plusMillis(new SplittableRandom(n).nextLong(LEAST, MOST)));
    }
}
