package space.halley.producer.label;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as planetary labels write them, as instants of UTC. The forms are those of PDS4, a year with as much of month
 * and day, or day of year, and of the time of day as is known; a time without a zone is UTC.
 *
 * <p>A time that is not given to the second denotes an interval. A start time is that interval's first instant, a stop
 * time its last millisecond: an exclusive period counts from the stop time, and may begin too late but never too early.
 *
 * <p>Unknown, and therefore null, are: an empty text, the words for it ({@code UNK}, {@code N/A}, …), the archives'
 * placeholders {@code 1000-01-01} and {@code -9999-01-01}, and every time before the year 1, which the catalogue cannot
 * hold (a comet's apparition in 467 BC is the earliest in the archives).
 *
 * <p>A leap second, {@code 23:59:60} at the end of a month, is counted as the second after it, as POSIX does.
 */
public final class PdsTime {
    private static final Pattern TRAILING_COMMENT = Pattern.compile("\\s*/\\*.*\\*/$");
    private static final Set<String> UNKNOWN =
            Set.of("", "UNK", "UNKNOWN", "N/A", "NULL", "NONE", "NOT APPLICABLE", "NOT_APPLICABLE", "INAPPLICABLE");
    private static final LocalDate PLACEHOLDER = LocalDate.of(1000, 1, 1);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final int NANO_DIGITS = 9;
    private static final int MAX_LENGTH = 100;

    /** Which instant of the interval that a text denotes. */
    private enum Edge {
        FIRST,
        LAST
    }

    private PdsTime() {}

    /**
     * The first instant that the text denotes; null if it says that the time is unknown.
     *
     * @throws DateTimeException if it is no time, with what is wrong
     */
    public static @Nullable Instant start(String text) {
        return read(text, Edge.FIRST);
    }

    /**
     * The last millisecond that the text denotes, or the instant itself where it is given to the second or finer; null
     * if it says that the time is unknown.
     *
     * @throws DateTimeException if it is no time, with what is wrong
     */
    public static @Nullable Instant stop(String text) {
        return read(text, Edge.LAST);
    }

    private static @Nullable Instant read(String text, Edge edge) {
        if (text.length() > MAX_LENGTH) {
            throw new DateTimeException("is too long for a time");
        }
        var bare = withoutComment(text.strip());
        var parts = TimeParts.of(bare);
        if (parts == null) {
            if (UNKNOWN.contains(bare.toUpperCase(Locale.ROOT))) {
                return null;
            }
            throw new DateTimeException("is not of the form YYYY-MM-DDThh:mm:ss.sssZ or YYYY-DDDThh:mm:ss.sssZ");
        }
        if (parts.negative() || parts.year() == 0) {
            return null;
        }
        var instant = parts.hasHour() ? ofTimeOfDay(parts, edge) : ofDate(parts, edge);
        if (instant != null && instant.isAfter(LAST)) {
            throw new DateTimeException("is after the year 9999");
        }
        return instant == null || instant.isBefore(FIRST) ? null : instant;
    }

    /** Without the comment that PDS3 allows behind a value. */
    private static String withoutComment(String text) {
        return text.endsWith("*/") ? TRAILING_COMMENT.matcher(text).replaceFirst("") : text;
    }

    private static @Nullable Instant ofDate(TimeParts parts, Edge edge) {
        if (!utc(parts)) {
            throw new DateTimeException("has a zone but no time of day");
        }
        if (!parts.hasMonth() && !parts.hasDay()) {
            var whole = Year.of(parts.year());
            return edge(whole.atDay(1), whole.plusYears(1).atDay(1), edge);
        }
        if (!parts.hasDay()) {
            var whole = YearMonth.of(parts.year(), parts.month());
            return edge(whole.atDay(1), whole.plusMonths(1).atDay(1), edge);
        }
        var day = day(parts);
        return day.equals(PLACEHOLDER) ? null : edge(day, day.plusDays(1), edge);
    }

    private static Instant edge(LocalDate first, LocalDate next, Edge edge) {
        return edge(first.atStartOfDay(), next.atStartOfDay(), edge);
    }

    private static Instant edge(LocalDateTime first, LocalDateTime next, Edge edge) {
        return edge == Edge.FIRST
                ? first.toInstant(ZoneOffset.UTC)
                : next.toInstant(ZoneOffset.UTC).minusMillis(1);
    }

    private static @Nullable Instant ofTimeOfDay(TimeParts parts, Edge edge) {
        if (!parts.hasDay()) {
            throw new DateTimeException("has a time of day but no day");
        }
        var day = day(parts);
        var hour = parts.hour();
        var minute = parts.hasMinute() ? parts.minute() : 0;
        var second = parts.hasSecond() ? parts.second() : 0;
        if (day.equals(PLACEHOLDER) && hour == 0 && minute == 0 && second == 0) {
            return null;
        }
        var offset = offset(parts);
        // 24:00:00 is the end of that day and the only time in an hour 24.
        if (hour == 24) {
            if (minute != 0 || second != 0 || !isZero(parts.fraction())) {
                throw new DateTimeException("has a time after 24:00:00");
            }
            return day.plusDays(1).atStartOfDay().toInstant(offset);
        }
        if (second == 60) {
            return leapSecond(day, hour, minute, offset).plusNanos(nanos(parts.fraction(), edge));
        }
        var first = day.atTime(hour, minute, second);
        if (!parts.hasMinute()) {
            return edge(first, first.plusHours(1), edge).minusSeconds(offset.getTotalSeconds());
        }
        if (!parts.hasSecond()) {
            return edge(first, first.plusMinutes(1), edge).minusSeconds(offset.getTotalSeconds());
        }
        return first.toInstant(offset).plusNanos(nanos(parts.fraction(), edge));
    }

    private static LocalDate day(TimeParts parts) {
        return parts.dayOfYear() == TimeParts.ABSENT
                ? LocalDate.of(parts.year(), parts.month(), parts.day())
                : LocalDate.ofYearDay(parts.year(), parts.dayOfYear());
    }

    private static Instant leapSecond(LocalDate day, int hour, int minute, ZoneOffset offset) {
        var next = day.atTime(hour, minute, 59).toInstant(offset).plusSeconds(1);
        var utc = next.atOffset(ZoneOffset.UTC);
        if (utc.getDayOfMonth() != 1 || utc.getHour() != 0 || utc.getMinute() != 0) {
            throw new DateTimeException("has a second 60 that is not the last of a month");
        }
        return next;
    }

    /** The fraction of a second; what is finer than a nanosecond makes a stop time later, never earlier. */
    private static long nanos(@Nullable String fraction, Edge edge) {
        if (fraction == null) {
            return 0;
        }
        if (fraction.length() <= NANO_DIGITS) {
            return Long.parseLong(fraction) * (long) Math.pow(10, NANO_DIGITS - fraction.length());
        }
        var nanos = Long.parseLong(fraction.substring(0, NANO_DIGITS));
        var finer = !isZero(fraction.substring(NANO_DIGITS));
        return edge == Edge.LAST && finer ? nanos + 1 : nanos;
    }

    private static boolean isZero(@Nullable String digits) {
        return digits == null || digits.chars().allMatch(digit -> digit == '0');
    }

    private static boolean utc(TimeParts parts) {
        return parts.zone() == null || parts.zone().equals("Z");
    }

    private static ZoneOffset offset(TimeParts parts) {
        return utc(parts) ? ZoneOffset.UTC : ZoneOffset.of(parts.zone());
    }
}
