package space.halley.streams;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Up to where the log of one partition has been decided, kept with what followed from it. Kafka keeps the place at which the
 * lane goes on by itself, and forgets it if nobody works on it for long enough ({@code offsets.retention.minutes}, a week by
 * default); what was decided would then be decided again, of today's products and under today's policy. Used by the stream
 * thread alone.
 *
 * <p>It is written at the first input and at ticks, so it may lie a little behind, never ahead.
 */
final class DecidedOffset {
    private static final Bytes KEY = AgendaKey.of(AgendaKey.DECIDED, 0);
    private static final long NONE = -1;

    private final KeyValueStore<Bytes, byte[]> store;
    private long saved;
    private long current;

    DecidedOffset(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        var bytes = store.get(KEY);
        this.saved = bytes == null ? NONE : ByteBuffer.wrap(bytes).getLong();
        this.current = NONE;
    }

    /**
     * Takes note of an input that is about to be decided.
     *
     * @throws LaneStoppedException if it was decided before
     */
    void next(int partition, long offset) {
        if (offset <= Math.max(current, saved)) {
            throw new LaneStoppedException("partition " + partition + " would go on at offset " + offset
                    + ", and was decided up to offset " + Math.max(current, saved)
                    + " or behind it: the place of the lane's group was lost or"
                    + " set back. Set it behind the last offset that this partition's receipts name, then start"
                    + " again; kafka-consumer-groups.sh --reset-offsets does that");
        }
        var first = current == NONE;
        current = offset;
        if (first) {
            save();
        }
    }

    /** Writes how far it has come. */
    void save() {
        if (current > saved) {
            store.put(KEY, ByteBuffer.allocate(Long.BYTES).putLong(current).array());
            saved = current;
        }
    }
}
