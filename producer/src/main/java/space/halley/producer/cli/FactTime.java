package space.halley.producer.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import space.halley.producer.label.PdsTime;

/**
 * When something happened, as it is given on the command line. Less than a full time means the end of what it denotes, as in
 * labels: what counts from it may be released too late, but never too early.
 */
interface FactTime {
    /** How it is written, for help texts. */
    String FORMS = "an instant (2026-11-02T04:12:00Z), less of it (2026-11-02), meaning the end of that, or now";

    String NOW = "now";

    /** A time of day without its zone could be hours too early. */
    Pattern FULL = Pattern.compile("[0-9-]{4,10}|[0-9-]{8,10}T[0-9:.]{2,18}(Z|[+-][0-9:]{2,5})");

    /** A date may be today's; what lies further ahead has not happened. */
    Duration AHEAD = Duration.ofDays(1);

    /**
     * The instant, if it is now this instant.
     *
     * @throws Complaint if it lies ahead
     */
    Instant from(Instant now);

    /**
     * Reads it.
     *
     * @throws DateTimeException if it is written otherwise; the message says how to write it
     */
    static FactTime parse(String text) {
        if (text.equals(NOW)) {
            return now -> now;
        }
        var happened = FULL.matcher(text).matches() ? read(text) : null;
        if (happened == null) {
            throw new DateTimeException("'" + text + "' is not " + FORMS);
        }
        return now -> {
            if (happened.isAfter(now.plus(AHEAD))) {
                throw new Complaint(text + " lies ahead; only what has happened is a fact");
            }
            return happened;
        };
    }

    private static @Nullable Instant read(String text) {
        try {
            return PdsTime.stop(text);
        } catch (DateTimeException e) {
            throw new DateTimeException("'" + text + "' is not " + FORMS + ": it " + e.getMessage(), e);
        }
    }
}
