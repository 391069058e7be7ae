package space.halley.domain;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of a product, as its label describes it.
 *
 * @param size in bytes; null if the label does not say
 * @param md5 in lower-case hexadecimal; null if the label does not say
 */
public record DataFile(
        String name, @Nullable Long size, @Nullable String md5) {
    private static final int MD5_DIGITS = 32;

    public DataFile {
        Texts.required("file_name", name, 500);
        if (size != null && size < 0) {
            throw new InvalidValueException("file_size", "of " + Texts.shown(name) + " is negative");
        }
        if (md5 != null) {
            md5 = md5.toLowerCase(Locale.ROOT);
            if (!Texts.isHex(md5, MD5_DIGITS)) {
                throw new InvalidValueException(
                        "md5_checksum", "of " + Texts.shown(name) + " is not 32 hexadecimal digits");
            }
        }
    }
}
