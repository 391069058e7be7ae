package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores' memory, in stores of Kafka Streams itself: it keeps offsets beside the data, with options of its own. */
final class BoundedMemoryTest {
    /** Three for each partition of each lane: as many as twelve agencies have. */
    private static final int STORES = 144;

    private static final int SMALL = 600;

    @Test
    void storesWithLittleInThemTakeLittleAndLeaveTheBusyOneItsWriteBuffers(@TempDir Path folder) throws Exception {
        // Also loads RocksDB.
        var before = BoundedMemory.usedBytes();
        var stores = new ArrayList<KeyValueStore<Bytes, byte[]>>();
        try {
            for (var number = 0; number < STORES; number++) {
                var store = store(folder, number);
                stores.add(store);
                put(store, 20);
            }

            assertThat(BoundedMemory.usedBytes() - before).as("of quiet stores").isLessThan(20L << 20);

            var busy = stores.getFirst();
            put(busy, 50_000);

            // 30 MB in buffers of 8 MB.
            try (var files = Files.list(folder.resolve("rocksdb").resolve("store-0"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".sst")))
                        .as("files that were written")
                        .isNotEmpty()
                        .hasSizeLessThan(8);
            }
            assertThat(BoundedMemory.usedBytes()).isLessThan(BoundedMemory.CACHE_BYTES);
        } finally {
            stores.forEach(StateStore::close);
        }
    }

    private static void put(KeyValueStore<Bytes, byte[]> store, int count) {
        for (var number = 0; number < count; number++) {
            var key = "urn:nasa:pds:%08d".formatted(number).getBytes(StandardCharsets.UTF_8);
            store.put(Bytes.wrap(key), new byte[SMALL]);
        }
    }

    private static KeyValueStore<Bytes, byte[]> store(Path folder, int number) {
        var config = new Properties();
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class);
        var context = new MockProcessorContext<byte[], byte[]>(config, new TaskId(0, number), folder.toFile());
        var store = Stores.persistentKeyValueStore("store-" + number).get();
        store.init(context.getStateStoreContext(), store);
        store.commit(Map.of(new TopicPartition("changelog", number), 0L));
        return store;
    }
}
