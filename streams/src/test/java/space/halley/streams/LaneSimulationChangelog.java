package space.halley.streams;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import space.halley.audit.RestoredAsLive;

/** What is committed of the lane's own and the next instance begins with: its place in the log, and its stores' changes. */
final class LaneSimulationChangelog {
    /** What the committed changes of each store give, one after the other, as a compacted changelog does. */
    private final Map<String, Map<Bytes, Bytes>> stores = new HashMap<>();

    private int position;
    private Map<String, Integer> revisions = Map.of();

    /**
     * A change of a store.
     *
     * @param value null if the key is deleted
     */
    record Change(String store, Bytes key, @Nullable Bytes value) {}

    /** The offset of the first input that nothing committed has followed from. */
    int position() {
        return position;
    }

    /** The last public revision of each product. */
    Map<String, Integer> revisions() {
        return revisions;
    }

    Map<Bytes, Bytes> content(String store) {
        return stores.getOrDefault(store, Map.of());
    }

    /** @param live what the stores hold now, which must be what their changes give */
    void commit(
            int newPosition,
            Map<String, Integer> newRevisions,
            List<Change> changes,
            Map<String, Map<Bytes, Bytes>> live) {
        position = newPosition;
        revisions = Map.copyOf(newRevisions);
        for (var change : changes) {
            var store = stores.computeIfAbsent(change.store(), name -> new TreeMap<>());
            if (change.value() == null) {
                store.remove(change.key());
            } else {
                store.put(change.key(), change.value());
            }
        }
        var violations = RestoredAsLive.violations(live, stores);
        if (!violations.isEmpty()) {
            throw new AssertionError(
                    "at the commit at offset " + newPosition + ":\n  " + String.join("\n  ", violations));
        }
    }
}
