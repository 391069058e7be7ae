package space.halley.schemas;

import space.halley.domain.RefusalReason;

/** What bytes turned out to be. Bytes that cannot be read are a value, not an exception: they become a dead letter. */
public sealed interface Decoding<T> {

    /** The bytes are this value. */
    record Decoded<T>(T value) implements Decoding<T> {}

    /**
     * The bytes are nothing that can be used.
     *
     * @param explanation says what is wrong without showing any of the bytes
     */
    record Undecodable<T>(RefusalReason reason, String explanation) implements Decoding<T> {}
}
