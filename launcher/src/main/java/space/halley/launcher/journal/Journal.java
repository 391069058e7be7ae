package space.halley.launcher.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Lid;
import space.halley.domain.RefusalReason;
import space.halley.producer.cli.Complaint;
import space.halley.schemas.Codecs;
import space.halley.schemas.Decoding;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.RecordCodec;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.LedgerSchemas;
import space.halley.schemas.installation.Scan;
import space.halley.schemas.installation.SchemaLedger;

/**
 * The journal of decisions, read from its beginning to what is its end now. The schemas come from the log's own ledger, so
 * no registry is needed. It is scanned as a whole, and only the records that are asked for are decoded.
 */
final class Journal {
    private static final int PATIENCE_MS = 6_000;

    private final Map<String, Object> kafka;

    /** @param kafka the client settings of a user who may read the journal */
    Journal(Map<String, Object> kafka) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ConsumerConfig.CLIENT_ID_CONFIG, "halley-journal");
        this.kafka.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.kafka.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        this.kafka.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        this.kafka.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    }

    /**
     * The decisions about a product, in the order in which they were taken. What was refused because it stood in a wrong place
     * has no key and may be in any partition of the journal, so all are read; it stands where its time puts it.
     *
     * @param warn is told of records without a key that cannot be read, and so may be about this product or not
     */
    List<Written> of(Lid lid, Consumer<String> warn) {
        var key = lid.value().getBytes(StandardCharsets.UTF_8);
        return asked(() -> {
            try (var consumer = consumer()) {
                var entries = new ArrayList<Written>();
                read(consumer, partitions(consumer), (codec, record) -> {
                    if (record.key() == null) {
                        misplaced(codec, record, lid, warn).ifPresent(entries::add);
                    } else if (Arrays.equals(record.key(), key)) {
                        entries.add(written(decode(codec, record), record));
                    }
                });
                return inOrder(entries);
            }
        });
    }

    /** The decision about that product, if the record is one; most records without a key are about policies. */
    static Optional<Written> misplaced(
            RecordCodec<JournalEntry> codec, ConsumerRecord<byte[], byte[]> record, Lid lid, Consumer<String> warn) {
        return switch (codec.decode(record.value())) {
            case Decoding.Decoded<JournalEntry> decoded ->
                Optional.of(decoded.value())
                        .filter(entry -> String.valueOf(entry.lidvid()).startsWith(lid + "::"))
                        .map(entry -> written(known(entry, record), record));
            case Decoding.Undecodable<JournalEntry> bad -> {
                warn.accept(unreadable(record, bad) + "; if it is about this product, it is left out here");
                yield Optional.empty();
            }
        };
    }

    /** The decisions of the product's own partition as they stand, and each misplaced one before the first that is later. */
    static List<Written> inOrder(List<Written> entries) {
        var misplaced = entries.stream()
                .filter(Journal::isMisplaced)
                .sorted(Comparator.comparing(Journal::decidedBy))
                .collect(Collectors.toCollection(ArrayDeque::new));
        var ordered = new ArrayList<Written>();
        for (var entry : entries) {
            if (!isMisplaced(entry)) {
                while (!misplaced.isEmpty() && decidedBy(misplaced.getFirst()).isBefore(decidedBy(entry))) {
                    ordered.add(misplaced.removeFirst());
                }
                ordered.add(entry);
            }
        }
        ordered.addAll(misplaced);
        return ordered;
    }

    private static boolean isMisplaced(Written decision) {
        return RefusalReason.MISROUTED.name().equals(decision.entry().refusal());
    }

    private static Instant decidedBy(Written decision) {
        return decision.entry().causeAppendTime();
    }

    /** What follows from something comes later, even if the clock of the broker that took it is behind. */
    private static Written written(JournalEntry entry, ConsumerRecord<byte[], byte[]> record) {
        var appended = Instant.ofEpochMilli(record.timestamp());
        var cause = entry.causeAppendTime();
        return new Written(entry, appended.isBefore(cause) ? cause : appended);
    }

    /**
     * What is known of all policies.
     *
     * @param partitions of every command topic, as of the journal itself
     * @param entries the decisions that are about no product
     */
    record OfPolicies(int partitions, List<JournalEntry> entries) {}

    /** The decisions about policies. */
    OfPolicies ofPolicies() {
        return asked(() -> {
            try (var consumer = consumer()) {
                var partitions = partitions(consumer);
                var entries = new ArrayList<JournalEntry>();
                read(consumer, partitions, (codec, record) -> {
                    if (record.key() == null) {
                        entries.add(decode(codec, record));
                    }
                });
                return new OfPolicies(partitions, entries);
            }
        });
    }

    private void read(
            KafkaConsumer<byte[], byte[]> consumer,
            int partitions,
            BiConsumer<RecordCodec<JournalEntry>, ConsumerRecord<byte[], byte[]>> reader) {
        var codec =
                Codecs.over(new LedgerSchemas(new SchemaLedger(kafka).read())).journal();
        var all = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(Topics.JOURNAL, number))
                .toList();
        new Scan().read(consumer, all, record -> reader.accept(codec, record));
    }

    private static JournalEntry decode(RecordCodec<JournalEntry> codec, ConsumerRecord<byte[], byte[]> record) {
        return switch (codec.decode(record.value())) {
            case Decoding.Decoded<JournalEntry> decoded -> known(decoded.value(), record);
            case Decoding.Undecodable<JournalEntry> bad -> throw new Complaint(unreadable(record, bad));
        };
    }

    private static String unreadable(ConsumerRecord<byte[], byte[]> record, Decoding.Undecodable<JournalEntry> bad) {
        return "this version cannot read the journal at partition " + record.partition() + ", offset " + record.offset()
                + ": " + bad.reason() + ", " + bad.explanation();
    }

    private static JournalEntry known(JournalEntry entry, ConsumerRecord<byte[], byte[]> record) {
        if (Arrays.stream(Verdict.values()).noneMatch(verdict -> verdict.name().equals(entry.verdict()))) {
            throw new Complaint("this version does not know the decision " + entry.verdict()
                    + " in the journal at partition " + record.partition() + ", offset " + record.offset()
                    + "; ask with the version of Halley that the lanes run");
        }
        return entry;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static int partitions(KafkaConsumer<byte[], byte[]> consumer) {
        var partitions = consumer.partitionsFor(Topics.JOURNAL).size();
        if (partitions == 0) {
            throw new Complaint("there is no topic " + Topics.JOURNAL + "; is this an installation of Halley?");
        }
        return partitions;
    }

    private interface Question<T> {
        T ask();
    }

    private <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (RegistryUnavailableException e) {
            throw new Complaint(String.valueOf(e.getMessage()), e);
        } catch (KafkaException e) {
            throw new Complaint(trouble(e.getCause() instanceof KafkaException cause ? cause : e), e);
        }
    }

    private String trouble(KafkaException e) {
        var where = "Kafka at " + kafka.get("bootstrap.servers");
        return switch (e) {
            case TimeoutException late ->
                where + " gives no answer in time (" + late.getMessage()
                        + "); is Halley running? ./halley up starts it";
            case AuthenticationException denied -> where + " does not accept the credentials";
            case AuthorizationException denied ->
                where + " does not let this user read the journal; only an auditor may: " + denied.getMessage();
            default -> where + " does not do it: " + e.getMessage();
        };
    }
}
