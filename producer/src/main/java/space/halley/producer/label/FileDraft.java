package space.halley.producer.label;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import space.halley.domain.DataFile;

/**
 * A file while its element is being read. A size or a checksum that is not one is left out, as if the label did not
 * state it: whoever receives the product then checks less, but is told nothing wrong. A file without a name, or with
 * one longer than any file system allows, is left out as a whole.
 */
final class FileDraft {
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");
    private static final int MAX_NAME = 500;

    private String name = "";
    private @Nullable Long size;
    private @Nullable String md5;

    void name(Stated value) {
        name = value.text();
    }

    void size(Stated value) {
        size = SIZE.matcher(value.text()).matches() ? Long.valueOf(value.text()) : null;
    }

    void md5(Stated value) {
        md5 = MD5.matcher(value.text()).matches() ? value.text() : null;
    }

    @Nullable
    DataFile file() {
        return name.isEmpty() || name.length() > MAX_NAME ? null : new DataFile(name, size, md5);
    }
}
