package space.halley.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics, from the first record to the end as it is at that moment. */
public final class LogReader {
    private static final Duration POLL = Duration.ofMillis(50);

    private LogReader() {}

    /** All committed records of a topic, per partition in their order. */
    public static List<ConsumerRecord<byte[], byte[]>> committed(Map<String, String> client, String topic) {
        return read(client, topic, "read_committed");
    }

    /** All records of a topic that are physically there, those of aborted transactions among them. */
    public static List<ConsumerRecord<byte[], byte[]>> physical(Map<String, String> client, String topic) {
        return read(client, topic, "read_uncommitted");
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            Map<String, String> client, String topic, String isolation) {
        var config = new HashMap<String, Object>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }
}
