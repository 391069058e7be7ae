package space.halley.schemas.installation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import space.halley.schemas.Topics;

/**
 * The registry's ids with their schemas, kept in the log itself ({@link Topics#SCHEMAS}): a registry that was lost, or put
 * back from an old copy, must not make the log unreadable, nor give an id of the log to another schema.
 */
public final class SchemaLedger {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SCHEMAS, 0);

    private final Map<String, Object> kafka;

    /** @param kafka the deployer's client settings */
    public SchemaLedger(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /**
     * What the log holds, by id.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException if nothing more comes for {@link Scan#PATIENCE}
     */
    public Map<Integer, Schema> read() {
        var config = new HashMap<>(kafka);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var ledger = new TreeMap<Integer, Schema>();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            new Scan()
                    .read(
                            consumer,
                            List.of(PARTITION),
                            entry -> ledger.put(
                                    ByteBuffer.wrap(entry.key()).getInt(),
                                    new Schema.Parser().parse(new String(entry.value(), StandardCharsets.UTF_8))));
        }
        return ledger;
    }

    /** Adds what the ledger does not hold yet. */
    public void add(Map<Integer, Schema> registered, Map<Integer, Schema> ledger)
            throws InterruptedException, ExecutionException {
        var config = new HashMap<>(kafka);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var schema : registered.entrySet()) {
                if (!ledger.containsKey(schema.getKey())) {
                    var key = ByteBuffer.allocate(Integer.BYTES)
                            .putInt(schema.getKey())
                            .array();
                    var value = schema.getValue().toString().getBytes(StandardCharsets.UTF_8);
                    producer.send(new ProducerRecord<>(Topics.SCHEMAS, key, value))
                            .get();
                }
            }
        }
    }
}
