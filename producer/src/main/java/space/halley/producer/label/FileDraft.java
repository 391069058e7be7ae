package space.halley.producer.label;

import org.jspecify.annotations.Nullable;
import space.halley.domain.DataFile;

/**
 * A file while its element is being read. A size or a checksum that is not one is left out, as if the label did not
 * state it: whoever receives the product then checks less, but is told nothing wrong. A file without a name, or with
 * one longer than any file system allows, is left out as a whole.
 */
final class FileDraft {
    private static final int MAX_SIZE_DIGITS = 18;
    private static final int MD5_DIGITS = 32;
    private static final int MAX_NAME = 500;

    private String name = "";
    private @Nullable Long size;
    private @Nullable String md5;

    void name(Stated value) {
        name = value.text();
    }

    void size(Stated value) {
        var text = value.text();
        size = !text.isEmpty() && text.length() <= MAX_SIZE_DIGITS && hasOnlyDigits(text, 10)
                ? Long.valueOf(text)
                : null;
    }

    void md5(Stated value) {
        var text = value.text();
        md5 = text.length() == MD5_DIGITS && hasOnlyDigits(text, 16) ? text : null;
    }

    @Nullable
    DataFile file() {
        return name.isEmpty() || name.length() > MAX_NAME ? null : new DataFile(name, size, md5);
    }

    private static boolean hasOnlyDigits(String text, int radix) {
        for (var at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            // Without the second test, digits of other scripts would pass.
            if (Character.digit(c, radix) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }
}
