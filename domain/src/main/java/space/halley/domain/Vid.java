package space.halley.domain;

import java.util.Comparator;

/** A product's version identifier, {@code major.minor}: two numbers without leading zeros, never a decimal fraction. */
public record Vid(int major, int minor) implements Comparable<Vid> {
    private static final int MAX_DIGITS = 9;
    private static final int NO_NUMBER = -1;
    private static final Comparator<Vid> ORDER =
            Comparator.comparingInt(Vid::major).thenComparingInt(Vid::minor);

    public Vid {
        if (major < 0 || minor < 0) {
            throw new InvalidValueException("version_id", "has a negative part");
        }
    }

    /**
     * Reads the text form.
     *
     * @throws InvalidValueException if it is not {@code M.m}
     */
    public static Vid parse(String text) {
        var dot = text.indexOf('.');
        var major = number(text, 0, dot);
        var minor = number(text, dot + 1, text.length());
        if (major == NO_NUMBER || minor == NO_NUMBER) {
            throw new InvalidValueException(
                    "version_id",
                    "'" + Texts.shown(text) + "' is not of the form M.m without leading zeros, such as 1.0");
        }
        return new Vid(major, minor);
    }

    /** By hand rather than by a regular expression: there is one in every record. */
    private static int number(String text, int from, int to) {
        var digits = to - from;
        if (digits < 1 || digits > MAX_DIGITS || (digits > 1 && text.charAt(from) == '0')) {
            return NO_NUMBER;
        }
        var number = 0;
        for (var at = from; at < to; at++) {
            var c = text.charAt(at);
            if (c < '0' || c > '9') {
                return NO_NUMBER;
            }
            number = 10 * number + (c - '0');
        }
        return number;
    }

    @Override
    public int compareTo(Vid other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
