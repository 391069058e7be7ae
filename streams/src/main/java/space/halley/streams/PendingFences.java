package space.halley.streams;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Cause;

/**
 * The fences of one partition whose drain has not ended, in the order of the log, with the last timer that each has
 * visited. They are kept in a store because the fence's own offset is committed before its drain ends. Used by the stream
 * thread alone.
 */
final class PendingFences {
    private final KeyValueStore<Bytes, byte[]> store;
    private final Deque<Pending> queue = new ArrayDeque<>();

    /** @param visited the last timer visited; null before the first */
    record Pending(Cause fence, @Nullable Bytes visited) {}

    PendingFences(KeyValueStore<Bytes, byte[]> store, int partition) {
        this.store = store;
        try (var all = store.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                if (!TimerStore.isMark(entry.key)) {
                    queue.add(pending(partition, entry.key, entry.value));
                }
            }
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    Collection<Pending> all() {
        return queue;
    }

    /** The fence to drain now. */
    @Nullable
    Pending first() {
        return queue.peek();
    }

    /** Takes a fence in. It is written to the store at once, unless its drain may begin, and perhaps end, in this step. */
    void add(Cause fence) {
        var pending = new Pending(fence, null);
        if (!queue.isEmpty()) {
            store.put(key(fence), value(pending));
        }
        queue.add(pending);
    }

    /** The first fence's drain goes on later; it has visited the timers up to this one. */
    void save(@Nullable Bytes visited) {
        var first = queue.poll();
        if (first == null) {
            return;
        }
        var later = new Pending(first.fence(), visited == null ? first.visited() : visited);
        queue.addFirst(later);
        store.put(key(later.fence()), value(later));
    }

    /** The first fence's drain has ended. */
    void removeFirst() {
        var first = queue.poll();
        if (first != null && store.get(key(first.fence())) != null) {
            store.delete(key(first.fence()));
        }
    }

    private static Bytes key(Cause fence) {
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).putLong(fence.offset()).array());
    }

    private static byte[] value(Pending pending) {
        var visited =
                pending.visited() == null ? new byte[0] : pending.visited().get();
        return ByteBuffer.allocate(2 * Long.BYTES + visited.length)
                .putLong(pending.fence().appendTime().toEpochMilli())
                .putLong(pending.fence().carriedClock().toEpochMilli())
                .put(visited)
                .array();
    }

    private static Pending pending(int partition, Bytes key, byte[] value) {
        var buffer = ByteBuffer.wrap(value);
        var fence = new Cause(
                partition,
                ByteBuffer.wrap(key.get()).getLong(),
                Instant.ofEpochMilli(buffer.getLong()),
                Instant.ofEpochMilli(buffer.getLong()));
        var visited = Arrays.copyOfRange(value, buffer.position(), value.length);
        return new Pending(fence, visited.length == 0 ? null : Bytes.wrap(visited));
    }
}
