package space.halley.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agency;
import space.halley.domain.Cause;
import space.halley.domain.Effect;
import space.halley.domain.Embargo;
import space.halley.domain.Lid;
import space.halley.domain.Policy;
import space.halley.domain.PolicyRegister;
import space.halley.domain.Product;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.PolicyDocument;

/**
 * Answers an agency's commands by the rules, keeps all state in memory, releases nothing later and evaluates nothing anew. It
 * reads the command topic from its beginning, in a thread of its own.
 */
public final class FakeLane implements AutoCloseable {
    private final Agency agency;
    private final Codecs codecs;
    private final Embargo embargo;
    private final Map<Lid, Product> products = new HashMap<>();
    private final Map<Integer, PolicyRegister> registers = new HashMap<>();
    private final Map<Integer, Policy> policies = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread;

    private FakeLane(Agency agency, Codecs codecs, Map<String, String> streams) {
        this.agency = agency;
        this.codecs = codecs;
        this.embargo = new Embargo(agency);
        var reading = new HashMap<String, Object>(streams);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                new HashMap<String, Object>(streams), new ByteArraySerializer(), new ByteArraySerializer());
        var topic = Topics.commands(agency.id());
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList());
        this.thread = Thread.ofPlatform().name("fake-lane").unstarted(this::run);
    }

    /** A lane that answers everything that is in the topic and everything that comes. */
    public static FakeLane open(Agency agency, Codecs codecs, Map<String, String> streams) {
        var lane = new FakeLane(agency, codecs, streams);
        lane.thread.start();
        return lane;
    }

    private void run() {
        try (consumer;
                producer) {
            while (!Thread.currentThread().isInterrupted()) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    answer(record);
                }
                producer.flush();
            }
        } catch (WakeupException e) {
            // The test is over.
        }
    }

    private void answer(ConsumerRecord<byte[], byte[]> record) {
        switch (codecs.commands().decodeOwn(record.value())) {
            case Input.Said said -> answer(record, said);
            case Input.PolicyVersion version ->
                send(record, version.statement().commandId(), null, answer(version, record));
            case Input other -> throw new IllegalStateException("nobody else writes here: " + other);
        }
    }

    private void answer(ConsumerRecord<byte[], byte[]> record, Input.Said said) {
        // The broker's clock is the machine's; time passes as the test's clock says.
        var cause = new Cause(record.partition(), record.offset(), said.carriedClock(), said.carriedClock());
        var decision = embargo.decide(
                products.getOrDefault(said.lid(), Product.unknown(said.lid())),
                said.command(),
                cause,
                Optional.ofNullable(policies.get(record.partition())));
        products.put(said.lid(), decision.after());
        var command = said.command();
        send(
                record,
                command.statement().commandId(),
                command.id().toString(),
                answer(decision.effects(), record.partition()));
    }

    private Receipt.Answer answer(Input.PolicyVersion version, ConsumerRecord<byte[], byte[]> record) {
        var policy = PolicyDocument.read(version.document());
        var register = registers.getOrDefault(record.partition(), PolicyRegister.EMPTY);
        return switch (register.say(policy.number(), policy.hash())) {
            case PolicyRegister.Refused refused -> new Receipt.Refused(refused.reason(), refused.explanation());
            case PolicyRegister.Repeated repeated ->
                accepted(record, true, policy.number() == register.number() ? Receipt.IN_FORCE : Receipt.REPLACED);
            case PolicyRegister.Applied applied -> {
                registers.put(record.partition(), applied.after());
                policies.put(record.partition(), policy);
                yield accepted(record, false, Receipt.IN_FORCE);
            }
        };
    }

    private static Receipt.Answer accepted(ConsumerRecord<byte[], byte[]> record, boolean repeated, String status) {
        return new Receipt.Accepted(record.partition() + "-" + record.offset(), repeated, status, null, "said");
    }

    private void send(
            ConsumerRecord<byte[], byte[]> record, String commandId, @Nullable String lidvid, Receipt.Answer answer) {
        var receipt = new Receipt(agency.id(), record.partition(), record.offset(), commandId, lidvid, answer);
        var unusedAsFlushFollows = producer.send(new ProducerRecord<>(
                Topics.receipts(agency.id()), record.key(), codecs.receipts().encode(receipt)));
    }

    private static Receipt.Answer answer(List<Effect> effects, int partition) {
        var answers = new ArrayList<Receipt.Answer>();
        for (var effect : effects) {
            if (effect instanceof Effect.Accept accept) {
                answers.add(new Receipt.Accepted(
                        partition + "-" + accept.firstOffset(),
                        accept.repeated(),
                        accept.status().name(),
                        accept.releaseAt(),
                        accept.explanation()));
            }
            if (effect instanceof Effect.Refuse refuse) {
                answers.add(new Receipt.Refused(refuse.reason(), refuse.explanation()));
            }
        }
        return answers.getFirst();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
