package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.audit.LogReader;
import space.halley.domain.Command;
import space.halley.domain.Existence;
import space.halley.domain.PublicEvent;
import space.halley.domain.ReleaseTerms;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.SchemaInstaller;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;
import space.halley.testkit.Samples;

/** The lanes against a real broker with real access rights. */
@SuppressWarnings("NullAway.Init")
final class StreamsServiceTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final InstantSource CLOCK = InstantSource.system();

    private static final Topics TOPICS = Samples.topics();

    private static EmbeddedKafka kafka;
    private static FakeRegistry registry;
    private static Codecs codecs;
    private static int ids;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws Exception {
        kafka = EmbeddedKafka.secured(TOPICS).install(TOPICS);
        registry = FakeRegistry.open();
        new SchemaInstaller(RegistryClient.deployer(registry.address(), "deployer", "any"), TOPICS).install();
        codecs = Codecs.over(new RegistrySchemas(RegistryClient.reader(registry.address())));
    }

    @AfterAll
    static void close() {
        registry.close();
        kafka.close();
    }

    @Test
    void releasesWhatIsDueAndKeepsWhatIsNot() throws Exception {
        try (var service = start("1", 2)) {
            var due = CLOCK.instant().plusSeconds(2);
            say(announce(LID + "due", Samples.at(due)));
            say(announce(LID + "kept", Samples.at(due.plusSeconds(3600))));
            say(announce(LID + "open", Samples.atOnce()));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(released(LID + "due")).hasSize(1));

            assertThat(released(LID + "open")).hasSize(1);
            assertThat(released(LID + "kept")).isEmpty();
            var record = physical(LID + "due").getFirst();
            assertThat(Instant.ofEpochMilli(record.timestamp())).isAfterOrEqualTo(due.minusMillis(1));
            assertThat(service.ready()).isTrue();
        }
    }

    @Test
    void honoursAWithdrawalThatStandsInTheBacklogAtTheInstant() throws Exception {
        Instant due;
        try (var service = start("1", 2)) {
            due = CLOCK.instant().plusSeconds(3);
            say(announce(LID + "taken-back", Samples.at(due)));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(verdicts(LID + "taken-back"))
                    .containsExactly("HELD"));
            assertThat(service.ready()).isTrue();
        }
        // Nobody decides while the withdrawal is appended and the instant passes.
        say(Samples.withdraw(LID + "taken-back", "1.0"));
        await().atMost(PATIENCE).until(() -> CLOCK.instant().isAfter(due.plusMillis(200)));

        try (var again = start("1", 2)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(verdicts(LID + "taken-back"))
                    .containsExactly("HELD", "WITHDRAWN"));
            assertThat(physical(LID + "taken-back")).isEmpty();
            assertThat(again.ready()).isTrue();
        }
    }

    @Test
    void goesOnAfterARestartWithWhatItHeld() throws Exception {
        var due = CLOCK.instant().plusSeconds(4);
        try (var service = start("1", 2)) {
            say(announce(LID + "over-restart", Samples.at(due)));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(verdicts(LID + "over-restart"))
                    .containsExactly("HELD"));
            assertThat(service.port()).isPositive();
        }
        try (var again = start("1", 2)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(released(LID + "over-restart"))
                    .hasSize(1));
            assertThat(verdicts(LID + "over-restart")).containsExactly("HELD", "RELEASED");
            assertThat(again.port()).isPositive();
        }
    }

    @Test
    void answersEveryCommandOnce() throws Exception {
        try (var service = start("1", 2)) {
            for (var i = 0; i < 50; i++) {
                say(announce(LID + "many-" + i, Samples.atOnce()));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receipts(LID + "many-")).hasSize(50));
            assertThat(service.ready()).isTrue();
        }
    }

    @Test
    void refusesAClusterWithAnotherNumberOfPartitions() {
        assertThatThrownBy(() -> start("1", 3))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("halley.public has 2 partitions, not 3");
    }

    @Test
    void refusesAClusterWithoutTheLedgerOfSchemas() throws Exception {
        kafka.admin().deleteTopics(List.of(Topics.SCHEMAS)).all().get();
        await().atMost(PATIENCE)
                .until(() -> !kafka.admin().listTopics().names().get().contains(Topics.SCHEMAS));
        try {
            assertThatThrownBy(() -> start("1", 2))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("topic halley.schemas is missing");
        } finally {
            kafka.install(TOPICS);
        }
    }

    @Test
    void refusesAClusterWhoseTransactionsAreOfAnEarlierVersion() throws Exception {
        transactions(1, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
        try {
            assertThatThrownBy(() -> start("1", 2))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("transaction.version is 1 instead of 2; raise it with");
        } finally {
            transactions(2, FeatureUpdate.UpgradeType.UPGRADE);
        }
    }

    private static void transactions(int version, FeatureUpdate.UpgradeType type) throws Exception {
        kafka.admin()
                .updateFeatures(
                        Map.of("transaction.version", new FeatureUpdate((short) version, type)),
                        new UpdateFeaturesOptions())
                .all()
                .get();
    }

    private StreamsService start(String instance, int partitions) throws Exception {
        var config = TestConfig.of(kafka, registry, folder, instance, partitions);
        var service = StreamsService.start(config, Samples.agencies(), CLOCK);
        await().atMost(PATIENCE).until(service::ready);
        return service;
    }

    private static void say(Command command) throws Exception {
        var lid = command.id().lid();
        try (var producer = producer(kafka.clientConfig("nasa"))) {
            producer.send(new ProducerRecord<>(
                            Topics.commands(Samples.NASA),
                            lid.value().getBytes(StandardCharsets.UTF_8),
                            codecs.commands().encode(new Input.Said(lid, CLOCK.instant(), command))))
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, String> client) {
        var config = new HashMap<String, Object>(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Command.Announce announce(String lid, ReleaseTerms terms) {
        return new Command.Announce(
                Samples.statement("c" + ids++), Samples.aProduct(lid, "1.0"), terms, Existence.HIDDEN, null);
    }

    private static List<PublicEvent> released(String lid) {
        return LogReader.committed(kafka.clientConfig("public-reader"), Topics.PUBLIC).stream()
                .map(record -> codecs.publicEvents().decodeOwn(record.value()))
                .filter(event -> event.id().lid().value().equals(lid))
                .filter(event -> event.news() instanceof PublicEvent.Released)
                .toList();
    }

    private static List<org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>> physical(String lid) {
        return LogReader.physical(kafka.clientConfig(), Topics.PUBLIC).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(lid))
                .toList();
    }

    private static List<String> verdicts(String lid) {
        return LogReader.committed(kafka.clientConfig(), Topics.JOURNAL).stream()
                .map(record -> codecs.journal().decodeOwn(record.value()))
                .filter(entry -> (lid + "::1.0").equals(entry.lidvid()))
                .map(JournalEntry::verdict)
                .toList();
    }

    private static List<Receipt> receipts(String prefix) {
        return LogReader.committed(kafka.clientConfig("nasa"), Topics.receipts(Samples.NASA)).stream()
                .map(record -> codecs.receipts().decodeOwn(record.value()))
                .filter(receipt -> String.valueOf(receipt.lidvid()).startsWith(prefix))
                .toList();
    }
}
