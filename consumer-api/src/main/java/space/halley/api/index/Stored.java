package space.halley.api.index;

import java.util.Arrays;
import org.apache.lucene.document.Document;

/** Reads the fields that every document of its kind has. */
final class Stored {
    private Stored() {}

    static byte[] bytes(Document document, String field) {
        var value = document.getBinaryValue(field);
        if (value == null) {
            throw new IllegalStateException("a document of the index has no field " + field);
        }
        return Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length);
    }

    static String text(Document document, String field) {
        var value = document.get(field);
        if (value == null) {
            throw new IllegalStateException("a document of the index has no field " + field);
        }
        return value;
    }
}
