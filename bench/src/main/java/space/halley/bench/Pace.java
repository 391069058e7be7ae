package space.halley.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for moments, as a benchmark must. */
final class Pace {
    private static final Duration POLL = Duration.ofMillis(5);

    private Pace() {}

    /** Returns when {@link System#nanoTime} has reached this moment. */
    static void until(long nanoTime) throws InterruptedException {
        for (var left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /**
     * Returns when the condition holds.
     *
     * @throws IllegalStateException if that takes longer than {@code atMost}
     */
    static void until(String what, BooleanSupplier condition, Duration atMost) throws InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("in vain waited " + atMost.toSeconds() + " s until " + what);
            }
            Thread.sleep(POLL);
        }
    }
}
