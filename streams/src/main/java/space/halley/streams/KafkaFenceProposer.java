package space.halley.streams;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import space.halley.schemas.Input;
import space.halley.schemas.RecordCodec;
import space.halley.schemas.RegistryUnavailableException;

/**
 * Writes the fences of all lanes of this process with one producer of its own. It is not transactional: a fence must be
 * readable although the lane's transaction is open. A thread of its own sends, because a send may wait for metadata.
 */
final class KafkaFenceProposer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFenceProposer.class);
    private static final int WAITING = 1_000;

    private final Map<String, Object> config;
    private volatile Producer<byte[], byte[]> producer;
    private final RecordCodec<Input> codec;
    private final InstantSource clock;
    private final String name;
    private final ExecutorService sender;

    /** @param name different for every start of every instance */
    KafkaFenceProposer(Map<String, Object> kafka, RecordCodec<Input> codec, InstantSource clock, String name) {
        this.config = new HashMap<>(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "fences-" + name);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        this.producer = producer();
        this.codec = codec;
        this.clock = clock;
        this.name = name;
        // A fence that finds the queue full is dropped: it is proposed again.
        this.sender = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("fences").daemon().factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Begins anew with a client that remembers nothing of a time that has not come: before it, it would connect to no broker again. */
    void reconnect() {
        sender.execute(() -> {
            producer.close(Duration.ZERO);
            producer = producer();
        });
    }

    /** The proposer for one lane's command topic. */
    FenceProposer forTopic(String topic) {
        return new FenceProposer() {
            @Override
            public void propose(int partition, long number) {
                sender.execute(() -> send(topic, partition, number));
            }

            @Override
            public String name() {
                return name;
            }
        };
    }

    private void send(String topic, int partition, long number) {
        try {
            var value = codec.encode(new Input.Fence(clock.instant(), name, number));
            // The callback says what becomes of it.
            var unused = producer.send(new ProducerRecord<>(topic, partition, null, value), (metadata, problem) -> {
                if (problem != null) {
                    lost(topic, partition, problem);
                }
            });
        } catch (KafkaException | RegistryUnavailableException e) {
            lost(topic, partition, e);
        }
    }

    private static void lost(String topic, int partition, Exception problem) {
        LOG.atWarn()
                .addKeyValue("topic", topic)
                .addKeyValue("partition", partition)
                .addKeyValue("problem", problem.toString())
                .log("a fence was not written; it will be proposed again");
    }

    @Override
    public void close() {
        sender.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }
}
