package space.halley.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Avro's binary encoding of single values, into memory that is used again. Avro specification, "Binary Encoding". Used by
 * one thread.
 */
final class BinaryOutput {
    private static final int FIRST_CAPACITY = 2 << 10;
    private static final int LONGEST_NUMBER = 10;
    private static final int LAST_ASCII = 0x7F;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int position;

    /** Where the next byte goes. */
    int position() {
        return position;
    }

    /** Forgets everything; keeps the memory. */
    void reset() {
        position = 0;
    }

    void writeByte(int value) {
        ensure(1);
        bytes[position++] = (byte) value;
    }

    void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    /** A number of either size: both are written alike. */
    void writeNumber(long value) {
        ensure(LONGEST_NUMBER);
        var rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & ~0x7FL) != 0) {
            bytes[position++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[position++] = (byte) rest;
    }

    void writeString(String text) {
        if (!writeAscii(text)) {
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            writeNumber(utf8.length);
            writeRaw(utf8);
        }
    }

    /** Writes a text of ASCII alone, as most are, without the copy that another takes; if it is not one, writes nothing. */
    private boolean writeAscii(String text) {
        var length = text.length();
        var begin = position;
        ensure(LONGEST_NUMBER + length);
        writeNumber(length);
        for (var index = 0; index < length; index++) {
            var character = text.charAt(index);
            if (character > LAST_ASCII) {
                position = begin;
                return false;
            }
            bytes[position++] = (byte) character;
        }
        return true;
    }

    /** Bytes that are encoded already. */
    void writeRaw(byte[] encoded) {
        writeRaw(encoded, 0, encoded.length);
    }

    /** A part of bytes that are encoded already. */
    void writeRaw(byte[] encoded, int from, int to) {
        ensure(to - from);
        System.arraycopy(encoded, from, bytes, position, to - from);
        position += to - from;
    }

    /** A copy of everything written since that position. */
    byte[] since(int from) {
        return Arrays.copyOfRange(bytes, from, position);
    }

    private void ensure(int more) {
        if (bytes.length - position < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(position, more)));
        }
    }
}
