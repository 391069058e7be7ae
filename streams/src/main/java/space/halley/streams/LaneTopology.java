package space.halley.streams;

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
import space.halley.domain.AgencyId;
import space.halley.schemas.Topics;

/** The topology of a lane: one source, one processor with its stores, one sink for every topic it writes. */
final class LaneTopology {
    private static final String SOURCE = "commands";
    private static final String PROCESSOR = "lane";

    private LaneTopology() {}

    static Topology build(TopologyConfig config, LaneSettings settings) {
        var agency = settings.agency().id();
        var topology = new Topology(config)
                .addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.commands(agency))
                .addProcessor(PROCESSOR, () -> new LaneProcessor(settings), SOURCE)
                .addStateStore(store(Stores.persistentKeyValueStore(Topics.Store.PRODUCTS.storeName())), PROCESSOR)
                .addStateStore(store(Stores.persistentKeyValueStore(Topics.Store.TIMERS.storeName())), PROCESSOR)
                .addStateStore(store(Stores.inMemoryKeyValueStore(Topics.Store.AGENDA.storeName())), PROCESSOR);
        for (var sink : Outputs.Sink.values()) {
            var topic = topic(sink, agency);
            if (sink == Outputs.Sink.CATALOG) {
                topology.addSink(
                        sink.sinkName(),
                        topic,
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        byLogicalIdentifier(),
                        PROCESSOR);
            } else {
                topology.addSink(
                        sink.sinkName(), topic, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
            }
        }
        for (var partner : settings.partners()) {
            topology.addSink(
                    Outputs.sinkTo(partner),
                    Topics.partners(partner),
                    new ByteArraySerializer(),
                    new ByteArraySerializer(),
                    PROCESSOR);
        }
        return topology;
    }

    static String topic(Outputs.Sink sink, AgencyId agency) {
        return switch (sink) {
            case RECEIPTS -> Topics.receipts(agency);
            case DEAD_LETTERS -> Topics.deadLetters(agency);
            case PUBLIC -> Topics.PUBLIC;
            case JOURNAL -> Topics.JOURNAL;
            case CATALOG -> Topics.CATALOG;
        };
    }

    /** The record cache is off: timers live long, so it would only cost memory. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** All versions of a product in one partition, although the catalogue's key has the version at its end. */
    private static StreamPartitioner<byte[], byte[]> byLogicalIdentifier() {
        return (topic, key, value, partitions) -> {
            var end = key.length;
            for (var i = key.length - 2; i >= 0; i--) {
                if (key[i] == ':' && key[i + 1] == ':') {
                    end = i;
                    break;
                }
            }
            var lid = java.util.Arrays.copyOf(key, end);
            return Optional.of(Set.of(Topics.partition(lid, partitions)));
        };
    }
}
