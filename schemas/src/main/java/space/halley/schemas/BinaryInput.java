package space.halley.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Single values in Avro's binary encoding, out of bytes that anybody may have written: whatever they are, reading ends, in
 * memory that is bounded by their number. Avro specification, "Binary Encoding". Used by one thread.
 */
final class BinaryInput {
    private final byte[] bytes;
    private int position;

    BinaryInput(byte[] bytes, int from) {
        this.bytes = bytes;
        this.position = from;
    }

    boolean isEnd() {
        return position == bytes.length;
    }

    /** Where the next byte is read. */
    int position() {
        return position;
    }

    /** Everything, read or not; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** A copy of everything read since that position. */
    byte[] since(int from) {
        return Arrays.copyOfRange(bytes, from, position);
    }

    /** Whether exactly these bytes come next; they are then read. */
    boolean skip(byte[] known) {
        var end = position + known.length;
        if (end > bytes.length || !Arrays.equals(bytes, position, end, known, 0, known.length)) {
            return false;
        }
        position = end;
        return true;
    }

    boolean readBoolean() {
        return next() == 1;
    }

    int readInt() {
        var raw = 0;
        for (var shift = 0; shift < Integer.SIZE; shift += 7) {
            var part = next();
            raw |= (part & 0x7F) << shift;
            if (part >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    long readLong() {
        var raw = 0L;
        for (var shift = 0; shift < Long.SIZE; shift += 7) {
            var part = next();
            raw |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    String readString() {
        var length = readLength();
        var text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    void skipString() {
        var length = readLength();
        position += length;
    }

    private int readLength() {
        var length = readLong();
        if (length < 0 || length > bytes.length - position) {
            throw new IllegalArgumentException("a text is longer than the record");
        }
        return (int) length;
    }

    /** How many items follow, none at the end of an array. Every item of an array takes at least one byte. */
    int readCount() {
        var count = readLong();
        if (count < 0) {
            count = -count;
            // The size of the block in bytes, for readers that skip it.
            readLong();
        }
        if (count < 0 || count > bytes.length - position) {
            throw new IllegalArgumentException("an array has more items than the record has bytes");
        }
        return (int) count;
    }

    private byte next() {
        if (position == bytes.length) {
            throw new IllegalArgumentException("the record ends in the middle");
        }
        return bytes[position++];
    }
}
