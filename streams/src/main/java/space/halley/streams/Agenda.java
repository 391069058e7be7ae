package space.halley.streams;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Cause;
import space.halley.domain.Command;
import space.halley.domain.Policy;

/**
 * What stands in the log of one partition and has not reached every product yet: fences that are being drained and policy
 * versions under which held products are being evaluated anew, in the order of the log. Before anything else is decided of
 * a product, everything here is applied to it in this order; so it makes no difference how far drains and scans have come.
 *
 * <p>A fence stays, drained or not, as long as a policy version stands before it, because products that the policy has not
 * reached yet may become due at the fence. Items are kept in a store because their own offsets are committed before their
 * work ends. Used by the stream thread alone.
 */
final class Agenda {
    private final KeyValueStore<Bytes, byte[]> store;
    private final List<Entry> entries = new ArrayList<>();
    /** Those of the entries; never copied, because a drain asks for each product. */
    private final List<Item> items = new AbstractList<>() {
        @Override
        public Item get(int index) {
            return entries.get(index).item;
        }

        @Override
        public int size() {
            return entries.size();
        }
    };

    /** Something that products must be taken through. */
    sealed interface Item {
        Cause cause();
    }

    /** Opens what is due. */
    record Fence(Cause cause) implements Item {}

    /**
     * Changes the plans of what is held.
     *
     * @param statement with which it was published; null if that is not known any more
     */
    record PolicyChange(Cause cause, Policy policy, Command.@Nullable Statement statement) implements Item {}

    /** An item and how far its own work has come; the work is done when the item only waits for others. */
    private static final class Entry {
        private final Item item;
        private @Nullable Bytes visited;
        private boolean done;

        Entry(Item item, @Nullable Bytes visited) {
            this.item = item;
            this.visited = visited;
        }
    }

    /** @param policies has the versions that stand in the store */
    Agenda(KeyValueStore<Bytes, byte[]> store, int partition, PolicyBook policies) {
        this.store = store;
        try (var all = store.range(AgendaKey.first(AgendaKey.ITEM), AgendaKey.last(AgendaKey.ITEM))) {
            while (all.hasNext()) {
                var saved = all.next();
                entries.add(read(partition, AgendaKey.number(saved.key), saved.value, policies));
            }
        }
    }

    /** Everything, in the order of the log. */
    List<Item> items() {
        return items;
    }

    /** The fence to drain now. */
    @Nullable
    Fence fence() {
        var entry = firstFence();
        return entry == null ? null : (Fence) entry.item;
    }

    /** The last timer that the drain has visited; null before the first. */
    @Nullable
    Bytes fenceVisited() {
        var entry = firstFence();
        return entry == null ? null : entry.visited;
    }

    /** The policy version under which products are evaluated now. */
    @Nullable
    PolicyChange scan() {
        var entry = firstChange();
        return entry == null ? null : (PolicyChange) entry.item;
    }

    /** The last product that the scan has visited; null before the first. */
    @Nullable
    Bytes scanVisited() {
        var entry = firstChange();
        return entry == null ? null : entry.visited;
    }

    /** Takes a fence in. It is not written yet if its drain may begin, and perhaps end, in this very step. */
    void addFence(Cause cause) {
        var entry = new Entry(new Fence(cause), null);
        if (!entries.isEmpty()) {
            save(entry);
        }
        entries.add(entry);
    }

    /** Takes a policy version in. */
    void addPolicy(Cause cause, Policy policy, Command.Statement statement) {
        var entry = new Entry(new PolicyChange(cause, policy, statement), null);
        save(entry);
        entries.add(entry);
    }

    /** The first fence's drain goes on later; it has visited the timers up to this one, or none if null. */
    void drainedTo(@Nullable Bytes visited) {
        goOnLater(firstFence(), visited);
    }

    /** The first fence's drain has ended. */
    void drained() {
        finish(firstFence());
    }

    /** The first scan goes on later; it has visited the products up to this one, or none if null. */
    void scannedTo(@Nullable Bytes visited) {
        goOnLater(firstChange(), visited);
    }

    /** The oldest policy version that may still be needed; this one if none that stands here is older. */
    int oldestPolicy(int newest) {
        return entries.stream()
                .map(entry -> entry.item)
                .filter(PolicyChange.class::isInstance)
                .mapToInt(item -> ((PolicyChange) item).policy().number())
                .reduce(newest, Math::min);
    }

    /** The first policy version has reached every product. */
    void scanned() {
        finish(firstChange());
    }

    private @Nullable Entry firstFence() {
        for (var entry : entries) {
            if (entry.item instanceof Fence && !entry.done) {
                return entry;
            }
        }
        return null;
    }

    private @Nullable Entry firstChange() {
        for (var entry : entries) {
            if (entry.item instanceof PolicyChange && !entry.done) {
                return entry;
            }
        }
        return null;
    }

    private void goOnLater(@Nullable Entry entry, @Nullable Bytes visited) {
        if (entry != null) {
            entry.visited = visited == null ? entry.visited : visited;
            save(entry);
        }
    }

    private void finish(@Nullable Entry finished) {
        if (finished == null) {
            return;
        }
        finished.done = true;
        while (!entries.isEmpty() && entries.getFirst().done) {
            var key = key(entries.removeFirst());
            if (store.get(key) != null) {
                store.delete(key);
            }
        }
    }

    private static Bytes key(Entry entry) {
        return AgendaKey.of(AgendaKey.ITEM, entry.item.cause().offset());
    }

    private void save(Entry entry) {
        var visited = entry.visited == null ? new byte[0] : entry.visited.get();
        var cause = entry.item.cause();
        var policy = entry.item instanceof PolicyChange change ? change.policy().number() : 0;
        store.put(
                key(entry),
                ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES + visited.length)
                        .putLong(cause.appendTime().toEpochMilli())
                        .putLong(cause.carriedClock().toEpochMilli())
                        .putInt(policy)
                        .put(visited)
                        .array());
    }

    private static Entry read(int partition, long offset, byte[] value, PolicyBook policies) {
        var buffer = ByteBuffer.wrap(value);
        var cause = new Cause(
                partition, offset, Instant.ofEpochMilli(buffer.getLong()), Instant.ofEpochMilli(buffer.getLong()));
        var policy = buffer.getInt();
        var visited = Arrays.copyOfRange(value, buffer.position(), value.length);
        return new Entry(
                policy == 0
                        ? new Fence(cause)
                        : new PolicyChange(cause, policies.version(policy), policies.statement(policy)),
                visited.length == 0 ? null : Bytes.wrap(visited));
    }
}
