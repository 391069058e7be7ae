package space.halley.api.follow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import space.halley.api.index.Position;

/**
 * A connection to the public log: all partitions of the topic, committed records only. Owned by one thread.
 */
final class PublicLog implements AutoCloseable {
    private static final int MAX_POLL_RECORDS = 2_000;
    /** A broker that gives no answer for so long is reported. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private static final int RECONNECT_MS = 500;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final String id;

    private PublicLog(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, String id) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.id = id;
    }

    /**
     * Connects.
     *
     * @param client settings that name the cluster and the credentials
     * @throws ExecutionException if the topic cannot be described, with Kafka's own reason
     */
    static PublicLog connect(Map<String, Object> client, String topic) throws ExecutionException, InterruptedException {
        var settings = new HashMap<>(client);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
        settings.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
        settings.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MS);
        String id;
        var partitions = new ArrayList<TopicPartition>();
        try (var admin = Admin.create(settings)) {
            var description =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            if (description == null) {
                throw new IllegalStateException("Kafka described another topic than " + topic);
            }
            id = description.topicId().toString();
            description.partitions().forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(partitions);
        return new PublicLog(consumer, List.copyOf(partitions), id);
    }

    /** The identity of the topic; a topic that was deleted and made again has another. */
    String id() {
        return id;
    }

    /**
     * The end of what is committed now. Unlike a poll, which waits in silence for a broker that is gone, it fails.
     */
    Position end() {
        return position(consumer.endOffsets(partitions));
    }

    /** Where the next poll goes on. */
    Position position() {
        var offsets = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> offsets.put(partition, consumer.position(partition)));
        return position(offsets);
    }

    /**
     * Goes on from this place.
     *
     * @throws LogLostException if the log does not hold every record from there on
     */
    void seek(Position from) throws LogLostException {
        var first = consumer.beginningOffsets(partitions);
        for (var partition : partitions) {
            var next = from.next(partition.partition());
            var begin = first.getOrDefault(partition, 0L);
            if (begin > next) {
                throw new LogLostException("partition " + partition.partition() + " begins at offset " + begin
                        + ", but the index needs it from " + next
                        + "; the public log must be kept for ever: check its retention and restore it");
            }
            consumer.seek(partition, next);
        }
    }

    /** The next records, of each partition in its order. */
    List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        consumer.poll(atMost).forEach(records::add);
        return records;
    }

    /** How many offsets the position lies behind the committed end that the last answer showed. */
    long lag() {
        return partitions.stream()
                .mapToLong(
                        partition -> Math.max(0, consumer.currentLag(partition).orElse(0L)))
                .sum();
    }

    private static Position position(Map<TopicPartition, Long> offsets) {
        var next = new HashMap<Integer, Long>();
        offsets.forEach((partition, offset) -> next.put(partition.partition(), offset));
        return Position.of(next);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
