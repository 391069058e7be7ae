package space.halley.producer.label;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a time, as its text has them: {@code [±]YYYY[-MM[-DD]|-DDD][Thh[:mm[:ss[.f]]]][Z|±hh:mm]}. A
 * month may have one digit, and the day behind it too, as in a few dates of the PDS3 catalogue ({@code 2006-4-18}). Nothing is said of
 * whether there is such a day or minute.
 *
 * @param month {@link #ABSENT} if the text has none; likewise the other numbers
 * @param fraction of a second, its digits; null if the text has none
 * @param zone {@code Z} or {@code ±hh:mm}; null if the text has none
 */
record TimeParts(
        boolean negative,
        int year,
        int month,
        int day,
        int dayOfYear,
        int hour,
        int minute,
        int second,
        @Nullable String fraction,
        @Nullable String zone) {
    static final int ABSENT = -1;

    /** The parts of that text; null if it is not of the form. */
    static @Nullable TimeParts of(String text) {
        return new Scan(text).parts();
    }

    boolean hasMonth() {
        return month != ABSENT;
    }

    /** Whether the day is given, in its month or in its year. */
    boolean hasDay() {
        return day != ABSENT || dayOfYear != ABSENT;
    }

    boolean hasHour() {
        return hour != ABSENT;
    }

    boolean hasMinute() {
        return minute != ABSENT;
    }

    boolean hasSecond() {
        return second != ABSENT;
    }

    /** By hand rather than by a regular expression, because every label has two times. */
    private static final class Scan {
        private final String text;
        private int at;
        private boolean wrong;

        Scan(String text) {
            this.text = text;
        }

        @Nullable
        TimeParts parts() {
            var negative = passes('-');
            if (!negative) {
                passes('+');
            }
            var year = number(4);
            var byDayOfYear = isNext('-') && digitsFrom(at + 1) == 3;
            var dayOfYear = byDayOfYear ? numberAfter('-', 3) : ABSENT;
            var unpadded = !byDayOfYear && isUnpadded();
            var month = byDayOfYear ? ABSENT : numberAfter('-', unpadded ? 1 : 2);
            var day = month == ABSENT ? ABSENT : numberAfter('-', unpadded ? Math.min(2, digitsFrom(at + 1)) : 2);
            var hour = numberAfter('T', 2);
            var minute = hour == ABSENT ? ABSENT : numberAfter(':', 2);
            var second = minute == ABSENT ? ABSENT : numberAfter(':', 2);
            var fraction = second == ABSENT ? null : fraction();
            var zone = zone();
            return wrong || at < text.length()
                    ? null
                    : new TimeParts(negative, year, month, day, dayOfYear, hour, minute, second, fraction, zone);
        }

        /** Whether a month of one digit and a day come next. Behind a month of two, a day of one may have been cut off. */
        private boolean isUnpadded() {
            return isNext('-')
                    && digitsFrom(at + 1) == 1
                    && at + 2 < text.length()
                    && text.charAt(at + 2) == '-'
                    && digitsFrom(at + 3) > 0;
        }

        private boolean isNext(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        private boolean passes(char c) {
            var next = isNext(c);
            at += next ? 1 : 0;
            return next;
        }

        private int digitsFrom(int start) {
            var end = start;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            return end - start;
        }

        private int number(int digits) {
            if (digitsFrom(at) < digits) {
                wrong = true;
                return ABSENT;
            }
            at += digits;
            return Integer.parseInt(text, at - digits, at, 10);
        }

        /** The number behind that mark; absent if the mark is. */
        private int numberAfter(char mark, int digits) {
            return passes(mark) ? number(digits) : ABSENT;
        }

        private @Nullable String fraction() {
            if (!passes('.')) {
                return null;
            }
            var start = at;
            at += digitsFrom(start);
            wrong |= at == start;
            return text.substring(start, at);
        }

        private @Nullable String zone() {
            var start = at;
            if (passes('Z')) {
                return "Z";
            }
            if (!passes('+') && !passes('-')) {
                return null;
            }
            number(2);
            wrong |= !passes(':');
            number(2);
            return wrong ? null : text.substring(start, at);
        }
    }
}
