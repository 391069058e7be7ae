package space.halley.domain;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that the text fields of the domain share. */
final class Texts {
    private static final int SHOWN = 80;

    /** A table, because digits and letters come in no order that a processor could foresee. */
    private static final boolean[] HEX = new boolean['f' + 1];

    static {
        Arrays.fill(HEX, '0', '9' + 1, true);
        Arrays.fill(HEX, 'a', 'f' + 1, true);
    }

    private Texts() {}

    /** The text as an error message may show it: cut, and with control characters replaced. */
    static String shown(String text) {
        var cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return cut.replaceAll("\\p{Cc}", "?");
    }

    static void required(String field, String text, int maxLength) {
        if (text.isBlank()) {
            throw new InvalidValueException(field, "is empty");
        }
        bounded(field, text, maxLength);
    }

    static @Nullable String optional(String field, @Nullable String text, int maxLength) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return bounded(field, text, maxLength);
    }

    static <T> List<T> bounded(String field, List<T> list, int maxSize) {
        if (list.size() > maxSize) {
            throw new InvalidValueException(
                    field, "has " + list.size() + " entries; at most " + maxSize + " are allowed");
        }
        return List.copyOf(list);
    }

    /** Whether the text is so many lower-case hexadecimal digits. By hand: a record has several, and every one is checked. */
    static boolean isHex(String text, int digits) {
        if (text.length() != digits) {
            return false;
        }
        for (var at = 0; at < digits; at++) {
            var c = text.charAt(at);
            if (c >= HEX.length || !HEX[c]) {
                return false;
            }
        }
        return true;
    }

    private static String bounded(String field, String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new InvalidValueException(
                    field, "has " + text.length() + " characters; at most " + maxLength + " are allowed");
        }
        return text;
    }
}
