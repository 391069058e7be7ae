package space.halley.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * The place in an agency's command topic that a decision follows from.
 *
 * @param appendTime when the broker appended the record
 * @param carriedClock the clock of whoever wrote the record, at that moment
 */
public record Cause(int partition, long offset, Instant appendTime, Instant carriedClock) {

    /**
     * The instant that has certainly passed when this record is decided: the earlier of two independent clocks, so that
     * one wrong clock can delay a release but never advance it.
     */
    public Instant watermark() {
        return Instants.earlier(appendTime, carriedClock);
    }

    /** When the record was delivered, by the later of the two clocks: what counts from it must not end early. */
    Instant deliveredAt() {
        return Instants.later(appendTime, carriedClock);
    }

    /** Whether the two clocks differ by more than this. */
    public boolean isClockWrong(Duration most) {
        return Duration.between(appendTime, carriedClock).compareTo(most) > 0
                || Duration.between(carriedClock, appendTime).compareTo(most) > 0;
    }

    /** What to say of clocks that differ too much. */
    public String clockWrong() {
        return "the command carries the time " + carriedClock + ", the broker had " + appendTime
                + "; set the clock and say it again";
    }
}
