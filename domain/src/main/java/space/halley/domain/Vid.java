package space.halley.domain;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A product's version identifier, {@code major.minor}: two numbers without leading zeros, never a decimal fraction. */
public record Vid(int major, int minor) implements Comparable<Vid> {
    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})");
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
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException(
                    "version_id",
                    "'" + Texts.shown(text) + "' is not of the form M.m without leading zeros, such as 1.0");
        }
        return new Vid(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
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
