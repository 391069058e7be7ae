package space.halley.domain;

import java.util.regex.Pattern;

/**
 * A product's logical identifier, the key of everything Halley knows of it.
 *
 * <p>The form is that of PDS4: {@code urn:<authority>:<archive>:<bundle>[:<collection>[:<product>]]}. The standard asks
 * for lower-case letters, digits and {@code - . _}; real archives also hold capitals, apostrophes, plus signs and
 * brackets ({@code star.bd+36_2593}), so every visible ASCII character is taken except the colon, which separates, and
 * quotes, angle brackets and backslash, which no archive uses and every format must escape.
 */
public record Lid(String value) implements Comparable<Lid> {
    /** As in the PDS4 information model. */
    public static final int MAX_LENGTH = 255;

    private static final Pattern FORM = Pattern.compile("urn(:[!#-&'-9;=?-\\[\\]-_a-{|}~]+){3,7}");

    public Lid {
        if (value.length() > MAX_LENGTH) {
            throw new InvalidValueException(
                    "logical_identifier",
                    "has " + value.length() + " characters; at most " + MAX_LENGTH + " are allowed");
        }
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "logical_identifier",
                    "'" + Texts.shown(value)
                            + "' is not of the form urn:<authority>:<archive>:<bundle>[:<collection>[:<product>]]");
        }
    }

    @Override
    public int compareTo(Lid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
