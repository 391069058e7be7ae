package space.halley.domain;

import java.util.Arrays;

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

    private static final String START = "urn:";
    private static final int MIN_PARTS = 3;
    private static final int MAX_PARTS = 7;
    private static final boolean[] ALLOWED = new boolean[127];

    static {
        Arrays.fill(ALLOWED, '!', ALLOWED.length, true);
        for (var c : new char[] {'"', '<', '>', '\\', '`'}) {
            ALLOWED[c] = false;
        }
    }

    public Lid {
        if (value.length() > MAX_LENGTH) {
            throw new InvalidValueException(
                    "logical_identifier",
                    "has " + value.length() + " characters; at most " + MAX_LENGTH + " are allowed");
        }
        if (!hasForm(value)) {
            throw new InvalidValueException(
                    "logical_identifier",
                    "'" + Texts.shown(value)
                            + "' is not of the form urn:<authority>:<archive>:<bundle>[:<collection>[:<product>]]");
        }
    }

    /** By hand rather than by a regular expression: identifiers are checked several times in every label and record. */
    private static boolean hasForm(String value) {
        if (!value.startsWith(START) || value.endsWith(":")) {
            return false;
        }
        var parts = 1;
        for (var at = START.length(); at < value.length(); at++) {
            var c = value.charAt(at);
            if (c == ':' ? value.charAt(at - 1) == ':' : !isAllowed(c)) {
                return false;
            }
            parts += c == ':' ? 1 : 0;
        }
        return parts >= MIN_PARTS && parts <= MAX_PARTS;
    }

    private static boolean isAllowed(char c) {
        return c < ALLOWED.length && ALLOWED[c];
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
