package space.halley.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import space.halley.schemas.Topics;
import space.halley.streams.Turns;

/**
 * A topology of a lane's shape: the same stores with the same changelogs, writes, outputs and sizes under the same settings,
 * and as many reads, but nothing is decoded, decided or encoded. What it writes are pieces of the command, so that it
 * compresses alike.
 */
final class ShapeBaseline implements Contender {
    private final Shape shape;
    private final Reading reading;

    /** How it finds the product of a timer. */
    enum Reading {
        /** By its key, as anybody would. */
        LOOK_UP,
        /** On a walk over the products in their order, as a lane does. */
        WALK
    }

    ShapeBaseline(Shape shape) {
        this(shape, Reading.LOOK_UP);
    }

    ShapeBaseline(Shape shape, Reading reading) {
        this.shape = shape;
        this.reading = reading;
    }

    @Override
    public String name() {
        return reading == Reading.LOOK_UP ? "shape baseline" : "walking shape";
    }

    @Override
    public Running start(Site site, HeldTerms terms) {
        return Contender.run(site, config -> topology(config, terms));
    }

    private Topology topology(TopologyConfig config, HeldTerms terms) {
        var bytes = new ByteArraySerializer();
        var turns = new Turns();
        return new Topology(config)
                .addSource(
                        "commands",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Topics.commands(Site.AGENCY))
                .addProcessor("lane", () -> new ShapeProcessor(shape, reading, terms, turns), "commands")
                .addStateStore(store(Stores.persistentKeyValueStore(Topics.Store.PRODUCTS.storeName())), "lane")
                .addStateStore(store(Stores.persistentKeyValueStore(Topics.Store.TIMERS.storeName())), "lane")
                .addSink(ShapeProcessor.JOURNAL, Topics.JOURNAL, bytes, bytes, "lane")
                .addSink(ShapeProcessor.RECEIPTS, Topics.receipts(Site.AGENCY), bytes, bytes, "lane")
                .addSink(ShapeProcessor.PUBLIC, Topics.PUBLIC, bytes, bytes, "lane")
                .addSink(ShapeProcessor.CATALOG, Topics.CATALOG, bytes, bytes, withoutVersion(), "lane");
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** The catalogue's partitions, which follow the identifier without the version, as a lane has them. */
    private static StreamPartitioner<byte[], byte[]> withoutVersion() {
        return (topic, key, value, partitions) -> {
            var lid = Arrays.copyOf(key, key.length - ShapeProcessor.VERSION.length);
            return Optional.of(Set.of(Topics.partition(lid, partitions)));
        };
    }
}
