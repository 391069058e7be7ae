package space.halley.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads what is committed to a topic from now on, in a thread of its own, and says when it saw each record. */
final class CommittedReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final InstantSource clock;
    private final Observer observer;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable RuntimeException failure;

    /** Called by the reader's thread. */
    interface Observer {
        void seen(ConsumerRecord<byte[], byte[]> record, Instant at);
    }

    /** Returns when nothing that is committed later can be missed. */
    CommittedReader(Site site, String topic, InstantSource clock, Observer observer) {
        var config = new HashMap<String, Object>(site.kafka().clientConfig());
        config.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000));
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.clock = clock;
        this.observer = observer;
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList());
        consumer.seekToEnd(consumer.assignment());
        // Seeking is done when somebody asks where it led.
        consumer.assignment().forEach(consumer::position);
        this.thread = Thread.ofPlatform().name("reader-of-" + topic).daemon().start(this::read);
    }

    private void read() {
        try {
            while (!closing) {
                var records = consumer.poll(POLL);
                var now = clock.instant();
                for (var record : records) {
                    observer.seen(record, now);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Fails if reading has failed. */
    boolean isUp() {
        var problem = failure;
        if (problem != null) {
            throw new IllegalStateException("the reader died", problem);
        }
        return true;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the reader was to end", e);
        }
        consumer.close();
    }
}
