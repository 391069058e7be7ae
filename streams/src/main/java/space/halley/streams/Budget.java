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
    /** So many tasks of a thread that are busy may each do a whole step; what is due waits for all of them. */
    private static final int WHOLE = 4;

    /** As many, in that time if it is shorter. */
    Budget within(Duration limit) {
        return new Budget(count, time.compareTo(limit) < 0 ? time : limit);
    }

    /**
     * The share of one of so many busy tasks of a thread, so that a round of all of them takes no longer than one of a few. In the round
     * in which they become busy they are counted one after the other, so that one takes longer.
     */
    Budget shared(int tasks) {
        return tasks <= WHOLE
                ? this
                : new Budget(
                        Math.max(1, (int) ((long) count * WHOLE / tasks)),
                        time.multipliedBy(WHOLE).dividedBy(tasks));
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

        /** Whether there is enough for one more; always for the first, so that every step gets somewhere. */
        boolean spend() {
            var first = left == count;
            return left-- > 0 && (first || nanoClock.getAsLong() - end < 0);
        }
    }
}
