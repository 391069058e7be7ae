package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import space.halley.schemas.installation.Scan;

/** Reads whole topics, from the first record to the end as it is at that moment. */
public final class LogReader {
    private LogReader() {}

    /** All committed records of a topic, per partition in their order. */
    public static List<ConsumerRecord<byte[], byte[]>> committed(Map<String, String> client, String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        eachCommitted(client, topic, records::add);
        return records;
    }

    /** All records of a topic that are physically there, those of aborted transactions among them. */
    public static List<ConsumerRecord<byte[], byte[]>> physical(Map<String, String> client, String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        eachPhysical(client, topic, records::add);
        return records;
    }

    /** As {@link #committed}, but nothing is kept. */
    static void eachCommitted(
            Map<String, String> client, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        read(client, topic, "read_committed", reader);
    }

    /** As {@link #physical}, but nothing is kept. */
    static void eachPhysical(
            Map<String, String> client, String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        read(client, topic, "read_uncommitted", reader);
    }

    /** How many offsets each partition of a topic spans, markers of transactions among them. */
    static Map<Integer, Long> spans(Map<String, String> client, String topic) {
        try (var consumer = consumer(client, "read_uncommitted")) {
            var partitions = partitions(consumer, topic);
            var begin = consumer.beginningOffsets(partitions);
            return consumer.endOffsets(partitions).entrySet().stream()
                    .collect(Collectors.toMap(
                            end -> end.getKey().partition(),
                            end -> end.getValue() - begin.getOrDefault(end.getKey(), 0L)));
        }
    }

    private static void read(
            Map<String, String> client,
            String topic,
            String isolation,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (var consumer = consumer(client, isolation)) {
            new Scan().read(consumer, partitions(consumer, topic), reader);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, String> client, String isolation) {
        var config = new HashMap<String, Object>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        // At the end of a topic there is nothing to wait for.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }
}
