package space.halley.api.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;

/**
 * Where a page ended: the sort values of its last product. It is bound to the question, because with other filters or
 * another order it would silently skip products. Valid on every replica.
 */
final class PageCursor {
    private static final String VERSION = "1";
    private static final String SEPARATOR = "|";
    private static final int MAX_LENGTH = 4_000;
    private static final int PREFIX = 2;

    private PageCursor() {}

    /** The text form of the place behind this hit. */
    static String write(String question, FieldDoc last) {
        var parts = new ArrayList<String>(List.of(VERSION, question));
        for (var value : last.fields) {
            parts.add(writeValue(value));
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /** The hit behind which the next page begins. */
    static FieldDoc read(String text, String question, int fields) throws InvalidCursorException {
        if (text.length() > MAX_LENGTH) {
            throw malformed();
        }
        String[] parts;
        try {
            parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        if (parts.length != PREFIX + fields || !parts[0].equals(VERSION)) {
            throw malformed();
        }
        if (!parts[1].equals(question)) {
            throw new InvalidCursorException(
                    "it belongs to other filters or another order; leave the cursor out to begin"
                            + " again, or repeat the question that gave it");
        }
        var values = new Object[fields];
        for (int i = 0; i < fields; i++) {
            values[i] = readValue(parts[PREFIX + i]);
        }
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, values);
    }

    private static String writeValue(Object value) {
        return switch (value) {
            case Long number -> "l" + number;
            case Float score -> "f" + Float.floatToIntBits(score);
            case BytesRef text ->
                "t" + Base64.getUrlEncoder().withoutPadding().encodeToString(BytesRef.deepCopyOf(text).bytes);
            default -> throw new IllegalStateException("no order sorts by " + value.getClass());
        };
    }

    private static Object readValue(String text) throws InvalidCursorException {
        try {
            var value = text.substring(1);
            return switch (text.charAt(0)) {
                case 'l' -> Long.valueOf(value);
                case 'f' -> Float.intBitsToFloat(Integer.parseInt(value));
                case 't' -> new BytesRef(Base64.getUrlDecoder().decode(value));
                default -> throw malformed();
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw malformed();
        }
    }

    private static InvalidCursorException malformed() {
        return new InvalidCursorException(
                "it is not a cursor that this service gave; leave it out to begin with the first page");
    }
}
