package space.halley.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;

/** A clock that is wrong, for as long as nobody sets it right: its error jumps and drifts. It may go back. */
final class LaneSimulationClock implements InstantSource {
    private static final Duration GROSS = Duration.ofDays(1);

    private final InstantSource truth;
    private Duration error = Duration.ZERO;

    /** How much the error grows with every step of the scheduler. */
    private Duration drift = Duration.ZERO;

    LaneSimulationClock(InstantSource truth) {
        this.truth = truth;
    }

    @Override
    public Instant instant() {
        return truth.instant().plus(error);
    }

    /** What the clock shows, or showed, when it was so late. */
    Instant at(Instant time) {
        return time.plus(error);
    }

    void drift() {
        error = error.plus(drift);
    }

    void setRight() {
        error = Duration.ZERO;
        drift = Duration.ZERO;
    }

    /** Both are as wrong as each other, as if one time server had misled them. */
    void setBy(LaneSimulationClock other) {
        error = other.error;
        drift = other.drift;
    }

    /**
     * Something happens to the clock. It is right as often as it is wrong, because inputs and instants meet to the
     * millisecond only then; and one that is years off refuses nearly everything, so that does not last.
     */
    void disturb(Random random) {
        if (error.abs().compareTo(GROSS) > 0 && random.nextBoolean()) {
            setRight();
            return;
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4, 5 -> setRight();
            case 6 -> error = upTo(Duration.ofMillis(2), random);
            case 7 -> error = upTo(Duration.ofSeconds(2), random);
            case 8 -> error = upTo(Duration.ofMinutes(10), random);
            case 9 -> error = upTo(Duration.ofHours(12), random);
            case 10 -> drift = upTo(Duration.ofMinutes(1), random);
            default -> error = random.nextBoolean() ? Duration.ofDays(3_653) : Duration.ofDays(-3_653);
        }
    }

    private static Duration upTo(Duration most, Random random) {
        return Duration.ofMillis(random.nextLong(-most.toMillis(), most.toMillis() + 1));
    }

    @Override
    public String toString() {
        return instant() + " (wrong by " + error + ", drifts by " + drift + ")";
    }
}
