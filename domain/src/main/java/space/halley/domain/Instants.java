package space.halley.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the domain keeps them: whole milliseconds between the years 1 and 9999, UTC. */
final class Instants {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Instants() {}

    /**
     * The instant in whole milliseconds. A fraction of a millisecond is rounded up: a release may be late by less than
     * one millisecond, never early.
     */
    static Instant checked(String field, Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new InvalidValueException(field, instant + " is not between " + FIRST + " and " + LAST);
        }
        var whole = instant.truncatedTo(ChronoUnit.MILLIS);
        return whole.equals(instant) ? instant : whole.plusMillis(1);
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
