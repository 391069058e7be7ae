package space.halley.api.http;

import io.micronaut.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads an identifier from the end of a path. Identifiers hold plus signs, brackets, per cent signs, slashes and question
 * marks, so it is decoded here, once, from what the client sent: percent escapes only, a plus sign is a plus sign.
 */
final class PathIdentifiers {
    private static final int HEX = 16;
    private static final int ESCAPE = 3;

    private PathIdentifiers() {}

    /** What stands behind the prefix, decoded. */
    static String after(String prefix, HttpRequest<?> request) {
        var path = String.valueOf(request.getUri().getRawPath());
        return path.startsWith(prefix) ? decode(path.substring(prefix.length())) : "";
    }

    private static String decode(String raw) {
        var bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            var c = raw.charAt(i);
            if (c == '%' && i + ESCAPE <= raw.length()) {
                var high = Character.digit(raw.charAt(i + 1), HEX);
                var low = Character.digit(raw.charAt(i + 2), HEX);
                if (high >= 0 && low >= 0) {
                    bytes.write(high * HEX + low);
                    i += ESCAPE - 1;
                    continue;
                }
            }
            bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
