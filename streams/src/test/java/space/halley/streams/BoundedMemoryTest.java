package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** The stores' memory, in RocksDB itself. */
final class BoundedMemoryTest {
    /** Three for each partition of each lane: as many as twelve agencies have. */
    private static final int STORES = 144;

    private static final int SMALL = 600;

    @Test
    void storesWithLittleInThemTakeLittleAndLeaveTheBusyOneItsWriteBuffers(@TempDir Path folder) throws Exception {
        // Also loads RocksDB.
        var before = BoundedMemory.usedBytes();
        var open = new ArrayList<AbstractNativeReference>();
        try (var write = new WriteOptions().setDisableWAL(true)) {
            var stores = new ArrayList<RocksDB>();
            for (var number = 0; number < STORES; number++) {
                var store = store(folder.resolve("store-" + number), open);
                stores.add(store);
                put(store, write, 20);
            }

            assertThat(BoundedMemory.usedBytes() - before).as("of quiet stores").isLessThan(20L << 20);

            var busy = stores.getFirst();
            put(busy, write, 50_000);

            // 30 MB in buffers of 8 MB.
            try (var files = Files.list(folder.resolve("store-0"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".sst")))
                        .as("files that were written")
                        .hasSizeLessThan(8);
            }
            assertThat(BoundedMemory.usedBytes()).isLessThan(BoundedMemory.CACHE_BYTES);
        } finally {
            // RocksDB's own close throws nothing.
            open.reversed().forEach(AbstractNativeReference::close);
        }
    }

    private static void put(RocksDB store, WriteOptions write, int count) throws RocksDBException {
        for (var number = 0; number < count; number++) {
            store.put(write, "urn:nasa:pds:%08d".formatted(number).getBytes(StandardCharsets.UTF_8), new byte[SMALL]);
        }
    }

    /** Opened as Kafka Streams opens one. */
    private static RocksDB store(Path path, List<AbstractNativeReference> open) throws RocksDBException {
        var options = new Options().setCreateIfMissing(true);
        open.add(options);
        options.setTableFormatConfig(new BlockBasedTableConfig());
        new BoundedMemory().setConfig("store", options, Map.of());
        var store = RocksDB.open(options, path.toString());
        open.add(store);
        return store;
    }
}
