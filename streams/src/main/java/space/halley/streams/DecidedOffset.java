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
 * <p>It is written at the first input and every ten seconds in which there is one, so it may lie a little behind, never ahead: the
 * changelog of the store is read from its beginning at every start.
 */
final class DecidedOffset {
    private static final Bytes KEY = AgendaKey.of(AgendaKey.DECIDED, 0);
    private static final long NONE = -1;
    /** Ten seconds. */
    private static final int TICKS = 200;

    private final KeyValueStore<Bytes, byte[]> store;
    private final boolean empty;
    private long saved;
    private long current;
    private int ticks;

    /** @param empty whether nothing follows from anything that was decided; earlier builds did not keep the offset */
    DecidedOffset(KeyValueStore<Bytes, byte[]> store, boolean empty) {
        this.store = store;
        this.empty = empty;
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
        var decided = Math.max(current, saved);
        if (offset <= decided || (decided == NONE && offset == 0 && !empty)) {
            throw new LaneStoppedException("partition " + partition + " would go on at offset " + offset
                    + ", which was decided before: the place of the lane's group was lost or set back. Set it "
                    + (decided == NONE
                            ? "behind the last offset that this partition's committed receipts name,"
                            : "to " + (decided + 1)
                                    + ", or behind the last offset that this partition's committed receipts"
                                    + " name if that is higher,")
                    + " then start again; kafka-consumer-groups.sh --reset-offsets does that");
        }
        var first = current == NONE;
        current = offset;
        if (first) {
            save();
        }
    }

    /** Notes that a tick has passed. */
    void tick() {
        if (++ticks >= TICKS) {
            ticks = 0;
            save();
        }
    }

    private void save() {
        if (current > saved) {
            store.put(KEY, ByteBuffer.allocate(Long.BYTES).putLong(current).array());
            saved = current;
        }
    }
}
