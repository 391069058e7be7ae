package space.halley.streams;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much one step on a stream thread may do: a step that goes on for long delays every other task of the thread and,
 * past the transaction timeout of ten seconds, loses the transaction and with it the work, again and again.
 *
 * @param count of products
 * @param time of one step; far below the transaction timeout
 */
record Budget(int count, Duration time) {

    /** As many, in that time if it is shorter. */
    Budget within(Duration limit) {
        return new Budget(count, time.compareTo(limit) < 0 ? time : limit);
    }

    /** Starts to count down; {@code nanoClock} only measures durations. */
    Meter start(LongSupplier nanoClock) {
        return new Meter(nanoClock);
    }

    /** What is left of a budget. */
    final class Meter {
        private final LongSupplier nanoClock;
        private final long end;
        private int left = count;

        private Meter(LongSupplier nanoClock) {
            this.nanoClock = nanoClock;
            this.end = nanoClock.getAsLong() + time.toNanos();
        }

        boolean spend() {
            return left-- > 0 && nanoClock.getAsLong() - end < 0;
        }
    }
}
