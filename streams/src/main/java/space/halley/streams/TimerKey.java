package space.halley.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import space.halley.domain.Lid;

/**
 * The key of a timer: the instant in milliseconds with its sign bit turned, eight bytes big-endian, then the identifier;
 * so keys order by time, instants before 1970 among them.
 */
record TimerKey(Instant at, Lid lid) {

    Bytes bytes() {
        var name = lid.value().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(at.toEpochMilli() ^ Long.MIN_VALUE)
                .put(name)
                .array());
    }

    static TimerKey of(Bytes bytes) {
        var buffer = ByteBuffer.wrap(bytes.get());
        var at = Instant.ofEpochMilli(buffer.getLong() ^ Long.MIN_VALUE);
        return new TimerKey(
                at,
                new Lid(new String(bytes.get(), Long.BYTES, bytes.get().length - Long.BYTES, StandardCharsets.UTF_8)));
    }

    /** The least key of this millisecond. */
    static Bytes first(long epochMillis) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES)
                .putLong(epochMillis ^ Long.MIN_VALUE)
                .array());
    }
}
