package space.halley.producer.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** An instant as it is given on the command line: fixed, or counted from now. */
interface ReleaseTime {
    /** How it is written, for help texts. */
    String FORMS = "an instant with its zone (2027-01-31T12:00:00Z), a date (2027-01-31, meaning 00:00 UTC),"
            + " or a time from now (+90s, +5m, +2h, +3d, +PT2M, +P6M)";

    Pattern SHORT = Pattern.compile("(\\d{1,9})([smhd])");
    Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** The instant, if it is now this instant. */
    Instant from(Instant now);

    /**
     * Reads it.
     *
     * @throws DateTimeException if it is written otherwise; the message says how to write it
     */
    static ReleaseTime parse(String text) {
        try {
            if (text.startsWith("+")) {
                return relative(text.substring(1));
            }
            var instant = DATE.matcher(text).matches()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            return now -> instant;
        } catch (DateTimeException e) {
            throw new DateTimeException("'" + text + "' is not " + FORMS, e);
        }
    }

    private static ReleaseTime relative(String text) {
        var amount = SHORT.matcher(text);
        if (amount.matches()) {
            var number = Long.parseLong(amount.group(1));
            var duration =
                    switch (amount.group(2)) {
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    };
            return now -> now.plus(duration);
        }
        if (text.contains("T")) {
            var duration = Duration.parse(text);
            return now -> now.plus(duration);
        }
        var period = Period.parse(text);
        return now -> now.atOffset(ZoneOffset.UTC).plus(period).toInstant();
    }
}
