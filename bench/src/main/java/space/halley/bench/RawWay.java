package space.halley.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kafka alone: messages of the same size, committed as often as a lane commits, read as the follower reads. */
final class RawWay implements SearchableBenchmark.Way {
    private static final String TOPIC = "raw";
    /** A lane's commit interval. */
    private static final Duration COMMIT = Duration.ofMillis(100);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] PADDING = new byte[Announcements.BYTES];

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private int sent;

    private RawWay(KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    static RawWay open(Site site) throws InterruptedException, ExecutionException {
        site.kafka()
                .admin()
                .createTopics(List.of(new NewTopic(TOPIC, Site.PARTITIONS, (short) 1)))
                .all()
                .get();
        var deployer = site.kafka().clientConfig();
        var config = new HashMap<String, Object>(deployer);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, Site.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        var producer = site.producer(
                "deployer", Map.of(ProducerConfig.LINGER_MS_CONFIG, 0, ProducerConfig.TRANSACTIONAL_ID_CONFIG, "raw"));
        producer.initTransactions();
        return new RawWay(producer, consumer);
    }

    @Override
    public List<Double> carry(int messages, Duration interval) throws Exception {
        var latencies = new Latencies();
        var sender = Thread.ofPlatform().name("sender").daemon().start(() -> send(latencies, messages, interval));
        var deadline = System.nanoTime()
                + interval.multipliedBy(messages).plus(PATIENCE).toNanos();
        while (latencies.millis().size() < messages) {
            for (var message : consumer.poll(POLL)) {
                latencies.seen(new String(message.key(), StandardCharsets.UTF_8));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "only " + latencies.millis().size() + " of " + messages + " raw messages arrived");
            }
        }
        sender.join();
        return latencies.millis();
    }

    private void send(Latencies latencies, int messages, Duration interval) {
        try {
            var begin = System.nanoTime();
            var commitAt = begin + COMMIT.toNanos();
            var open = false;
            for (var n = 0; n < messages || open; ) {
                var sendAt = n < messages ? begin + n * interval.toNanos() : Long.MAX_VALUE;
                if (sendAt <= commitAt) {
                    Pace.until(sendAt);
                    if (!open) {
                        producer.beginTransaction();
                        open = true;
                    }
                    var id = "raw-" + sent++;
                    latencies.sent(id);
                    // Committing fails if a message did.
                    var unused =
                            producer.send(new ProducerRecord<>(TOPIC, id.getBytes(StandardCharsets.UTF_8), PADDING));
                    n++;
                } else {
                    Pace.until(commitAt);
                    if (open) {
                        producer.commitTransaction();
                        open = false;
                    }
                    commitAt = System.nanoTime() + COMMIT.toNanos();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
