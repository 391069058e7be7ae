package space.halley.streams;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/** The keys of the agenda's store: a kind and a number, so that each kind is a range in the order of its numbers. */
final class AgendaKey {
    /** A fence or policy version by its offset. */
    static final byte ITEM = 'i';
    /** A policy version by its number. */
    static final byte POLICY = 'p';
    /** With which words a policy version was published, by its number. */
    static final byte STATEMENT = 's';
    /** Up to which offset inputs have been decided. */
    static final byte DECIDED = 'd';
    /** Below which there is no timer. */
    static final byte LOW_WATER = 'l';

    private AgendaKey() {}

    static Bytes of(byte kind, long number) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(number).array());
    }

    static Bytes first(byte kind) {
        return of(kind, 0);
    }

    static Bytes last(byte kind) {
        return of(kind, Long.MAX_VALUE);
    }

    static long number(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1);
    }
}
