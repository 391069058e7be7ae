package space.halley.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Cause;
import space.halley.domain.ContentHash;
import space.halley.schemas.Decoding;
import space.halley.schemas.Input;
import space.halley.schemas.Topics;

/** A record of a command topic, with what its bytes are. Never compared with another. */
@SuppressWarnings("ArrayRecordComponent")
public record Appended(
        Position at, Instant appendTime, byte @Nullable [] key, byte @Nullable [] value, Decoding<Input> decoded) {

    /** The command; null if it is none, readable or not. */
    public Input.@Nullable Said said() {
        return decoded instanceof Decoding.Decoded<Input> good && good.value() instanceof Input.Said said ? said : null;
    }

    /** The policy version; null if it is none. */
    public Input.@Nullable PolicyVersion policy() {
        return decoded instanceof Decoding.Decoded<Input> good && good.value() instanceof Input.PolicyVersion policy
                ? policy
                : null;
    }

    /** Whether it is a fence. One that is too large is answered as a command is. */
    public boolean isFence() {
        return size() <= Topics.MAX_COMMAND_BYTES
                && decoded instanceof Decoding.Decoded<Input> good
                && good.value() instanceof Input.Fence;
    }

    /** The place as the rules see it; bytes that cannot be read carry no clock. */
    public Cause cause() {
        var carried =
                decoded instanceof Decoding.Decoded<Input> good ? good.value().carriedClock() : appendTime;
        return new Cause(at.partition(), at.offset(), appendTime, carried);
    }

    /** The size of the value in bytes. */
    public int size() {
        return value == null ? 0 : value.length;
    }

    /** The digest of the value. */
    public ContentHash hash() {
        return ContentHash.of(value == null ? new byte[0] : value);
    }
}
