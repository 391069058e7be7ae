package space.halley.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed content of a topic, counted.
 *
 * @param valueBytes of all values together, before compression
 */
record TopicContent(long records, long valueBytes) {
    private static final Duration POLL = Duration.ofMillis(100);

    static TopicContent of(Map<String, String> client, String topic) {
        var config = new HashMap<String, Object>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            long records = 0;
            long bytes = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var logged : consumer.poll(POLL)) {
                    records++;
                    bytes += logged.value() == null ? 0 : logged.value().length;
                }
            }
            return new TopicContent(records, bytes);
        }
    }

    TopicContent minus(TopicContent earlier) {
        return new TopicContent(records - earlier.records, valueBytes - earlier.valueBytes);
    }

    int averageValue() {
        return Math.toIntExact(Math.round((double) valueBytes / records));
    }
}
