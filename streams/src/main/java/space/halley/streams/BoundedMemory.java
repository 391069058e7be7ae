package space.halley.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompactionStyle;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one limit of write buffers for all stores of the process, so that memory does not grow with lanes; and
 * files in levels, so that work does not grow with what is held.
 *
 * <p>Identifiers of a series ascend. Levels move files of such keys without reading them, where Kafka's default style merges
 * everything with everything again and again beside the stream thread. Of ten million products the indexes of the files are as large as the
 * cache; so they are cut into pieces, which are kept before data is.
 */
public final class BoundedMemory implements RocksDBConfigSetter {
    /** The bound of both: write buffers are counted in the cache. */
    public static final long CACHE_BYTES = 192L << 20;

    private static final long WRITE_BUFFER_BYTES = 96L << 20;
    private static final long ONE_WRITE_BUFFER_BYTES = 8L << 20;
    /**
     * What a store's data takes of the write buffers' limit at a time, from its first record on. RocksDB would take 1 MB, and a hundred
     * stores, most of them of quiet lanes, would leave the busy ones nothing but flushes. The offsets that Kafka
     * Streams keeps in every store come beside it, with options of its own.
     */
    private static final long ARENA_BYTES = 64L << 10;

    private static final long BLOCK_BYTES = 16L << 10;
    private static final long INDEX_PIECE_BYTES = 4L << 10;
    /** Few parts, so that a large block does not fill one of them; 2 to the power of. */
    private static final int CACHE_PARTS = 4;
    /** The share of the cache in which data does not take the place of indexes and filters. */
    private static final double FOR_INDEXES = 0.5;

    static {
        RocksDB.loadLibrary();
    }

    private static final Cache CACHE = new LRUCache(CACHE_BYTES, CACHE_PARTS, false, FOR_INDEXES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    /** What cache and write buffers hold now, in bytes. Any thread may ask. */
    public static long usedBytes() {
        return CACHE.getUsage();
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setBlockSize(BLOCK_BYTES);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        table.setIndexType(IndexType.kTwoLevelIndexSearch);
        table.setPartitionFilters(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setMetadataBlockSize(INDEX_PIECE_BYTES);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(ONE_WRITE_BUFFER_BYTES);
        options.setArenaBlockSize(ARENA_BYTES);
        options.setCompactionStyle(CompactionStyle.LEVEL);
        options.setLevelCompactionDynamicLevelBytes(true);
    }

    @Override
    public void close(String storeName, Options options) {
        // Cache and limit are shared by all stores and live as long as the process.
    }
}
