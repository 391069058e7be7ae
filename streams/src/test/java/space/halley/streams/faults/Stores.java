package space.halley.streams.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import space.halley.schemas.Topics;

/** What an instance that does not run has in the stores of NASA's lane, read from its disk. */
final class Stores {
    private static final HexFormat HEX = HexFormat.of();

    private Stores() {}

    /** By the store's name: values by partition and key, both in hexadecimal digits. */
    static Map<String, Map<String, String>> of(Installation site, String instance) throws IOException {
        var all = new HashMap<String, Map<String, String>>();
        for (var store : Topics.Store.values()) {
            var content = new TreeMap<String, String>();
            for (int partition = 0; partition < Installation.PARTITIONS; partition++) {
                var folder = site.store(instance, store, partition);
                if (Files.exists(folder)) {
                    read(folder, partition, content);
                }
            }
            all.put(store.storeName(), content);
        }
        return all;
    }

    private static void read(Path folder, int partition, Map<String, String> into) {
        try (var options = new Options();
                var store = RocksDB.openReadOnly(options, folder.toString());
                var entries = store.newIterator()) {
            for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                into.put(partition + " " + HEX.formatHex(entries.key()), HEX.formatHex(entries.value()));
            }
            entries.status();
        } catch (RocksDBException e) {
            throw new IllegalStateException(folder + " cannot be read", e);
        }
    }
}
