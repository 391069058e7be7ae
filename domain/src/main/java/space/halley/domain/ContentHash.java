package space.halley.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest, in lower-case hexadecimal. */
public record ContentHash(String sha256) {
    private static final int DIGITS = 64;
    private static final MessageDigest SHA_256 = fresh();

    public ContentHash {
        if (!Texts.isHex(sha256, DIGITS)) {
            throw new InvalidValueException("sha256", "'" + Texts.shown(sha256) + "' is not 64 hexadecimal digits");
        }
    }

    /** The digest of these bytes. */
    public static ContentHash of(byte[] bytes) {
        return new ContentHash(HexFormat.of().formatHex(digest().digest(bytes)));
    }

    /** The digest of this text in UTF-8. */
    public static ContentHash of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest digest() {
        try {
            // A copy, because looking for the algorithm takes about as long as the digest of a short text.
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own SHA-256 can be copied", e);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return sha256;
    }
}
