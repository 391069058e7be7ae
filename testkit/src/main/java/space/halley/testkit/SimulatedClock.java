package space.halley.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it, forwards or backwards. Safe for use by several threads. */
public final class SimulatedClock implements InstantSource {
    private Instant now;

    public SimulatedClock(Instant now) {
        this.now = now;
    }

    /** A clock that shows this instant, such as {@code 2026-03-01T00:00:00Z}. */
    public static SimulatedClock at(String instant) {
        return new SimulatedClock(Instant.parse(instant));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Lets the clock show this instant, which may lie before the one it showed. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    /**
     * Moves the clock; a negative step moves it back.
     *
     * @return what it shows afterwards
     */
    public synchronized Instant step(Duration step) {
        now = now.plus(step);
        return now;
    }
}
