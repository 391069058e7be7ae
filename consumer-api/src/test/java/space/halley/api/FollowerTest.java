package space.halley.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static space.halley.api.sample.PublicLogSample.marsImage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.api.catalogue.Json;
import space.halley.api.catalogue.LogRecord;
import space.halley.api.index.IndexDigest;
import space.halley.api.index.PublicIndex;
import space.halley.api.sample.PublicLogSample;
import space.halley.domain.ProductDescription;
import space.halley.domain.PublicEvent;
import space.halley.schemas.Codecs;
import space.halley.schemas.RecordCodec;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.avro.PublicEnvelope;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;
import space.halley.testkit.Samples;

/** The whole service against a real broker. */
final class FollowerTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int PARTITIONS = 2;

    private static EmbeddedKafka kafka;
    private static FakeRegistry registry;
    private static RecordCodec<PublicEvent> codec;

    private final HttpClient client = HttpClient.newHttpClient();
    private final PublicLogSample log = new PublicLogSample(PARTITIONS);
    private KafkaProducer<byte[], byte[]> producer;
    private Path data;
    private Path agencies;
    private ApiService api;

    @BeforeAll
    static void open() throws Exception {
        kafka = EmbeddedKafka.open();
        kafka.admin()
                .createTopics(List.of(new NewTopic(Topics.SCHEMAS, 1, (short) 1)))
                .all()
                .get();
        registry = FakeRegistry.open();
        RegistryClient.deployer(registry.address(), "deployer", "secret")
                .register(PublicEnvelope.getClassSchema().getFullName(), PublicEnvelope.getClassSchema());
        codec = Codecs.over(new RegistrySchemas(RegistryClient.reader(registry.address())))
                .publicEvents();
    }

    @AfterAll
    static void closeAll() {
        registry.close();
        kafka.close();
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        data = folder.resolve("data");
        createTopic();
        var settings = new HashMap<String, Object>(kafka.clientConfig());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test-" + folder.getFileName());
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        agencies = folder.resolve("agencies");
        profile(agencies);
        api = service();
    }

    @AfterEach
    void stop() throws Exception {
        producer.close();
        api.close();
        kafka.admin().deleteTopics(List.of(Topics.PUBLIC)).all().get();
        await().atMost(SOON)
                .until(() -> !kafka.admin().listTopics().names().get().contains(Topics.PUBLIC));
    }

    @Test
    void showsWhatIsCommittedAndNothingElse() throws Exception {
        awaitReady();
        assertThat(json("/v1/products", 200).path("total").asInt()).isZero();

        publish(marsImage("urn:nasa:pds:a:b:one::1.0", "One"), marsImage("urn:nasa:pds:a:b:two::1.0", "Two"));
        abort(marsImage("urn:nasa:pds:a:b:never::1.0", "Never"));
        publish(marsImage("urn:nasa:pds:a:b:three::1.0", "Three"));

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        json("/v1/products?sort=title", 200).path("items").findValuesAsText("title"))
                .containsExactly("One", "Three", "Two"));
        assertThat(json("/health", 200).at("/documents/events").asInt()).isEqualTo(3);
    }

    @Test
    void losesAndRepeatsNothingToASubscriberOverARestart(@TempDir Path folder) throws Exception {
        awaitReady();
        var got = new ArrayList<String>();
        var cursor = "beginning";
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                publish(marsImage("urn:nasa:pds:a:b:r" + round + "_" + i + "::1.0", "Image"));
            }
            try (var subscriber = EventStream.open(client, api.address(), "?target=mars&after=" + cursor)) {
                var take = round == 2 ? 15 - got.size() : 3;
                var events = subscriber.events(take).subList(0, take);
                events.forEach(event -> got.add(event.lidvid()));
                cursor = events.getLast().id();
            }
            if (round == 1) {
                // Another replica, with an index of its own.
                data = folder.resolve("other");
            }
            restart();
        }

        assertThat(got)
                .containsExactlyInAnyOrderElementsOf(log.records().stream()
                        .map(logged -> logged.event().id().toString())
                        .toList());
    }

    @Test
    void buildsTheSameIndexAgainFromZero() throws Exception {
        awaitReady();
        for (int i = 0; i < 20; i++) {
            publish(marsImage("urn:nasa:pds:a:b:p" + i % 7 + "::1." + i / 7, "Image " + i));
        }
        publishRecords(List.of(log.retracted("urn:nasa:pds:a:b:p3::1.0", "wrong")));
        awaitEvents(21);
        api.close();
        var first = digest();
        delete(data.resolve("index"));

        api = service();
        awaitReady();
        api.close();

        assertThat(digest()).isEqualTo(first);
        assertThat(first.events()).isEqualTo(21);
        assertThat(first.products()).isEqualTo(20);
    }

    @Test
    void movesADamagedIndexAsideAndBuildsItAgain() throws Exception {
        awaitReady();
        publish(marsImage("urn:nasa:pds:a:b:one::1.0", "One"));
        awaitEvents(1);
        api.close();
        try (var files = Files.list(data.resolve("index"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".cfs")).toList()) {
                var bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 0x55;
                Files.write(file, bytes);
            }
        }

        api = service();
        awaitReady();

        awaitEvents(1);
        assertThat(data.resolve("index.damaged")).isDirectory();
    }

    @Test
    void waitsBeforeARecordThatItCannotReadAndSaysWhy() throws Exception {
        awaitReady();
        publish(marsImage("urn:nasa:pds:a:b:one::1.0", "One"));
        awaitEvents(1);
        producer.beginTransaction();
        var sent = producer.send(
                new ProducerRecord<>(Topics.PUBLIC, 0, null, "not a record".getBytes(StandardCharsets.UTF_8)));
        producer.commitTransaction();
        sent.get();
        await().atMost(SOON).untilAsserted(() -> {
            var health = json("/health", 503);
            assertThat(health.path("status").asText()).isEqualTo("stalled");
            assertThat(health.path("why").asText()).contains("cannot be read", "partition 0");
        });
        assertThat(json("/v1/products", 200).path("total").asInt()).isEqualTo(1);
        json("/health/ready", 200);
    }

    @Test
    void waitsForARegistryThatIsAway() throws Exception {
        awaitReady();
        restart();
        registry.unavailable(true);
        try {
            publish(marsImage("urn:nasa:pds:a:b:one::1.0", "One"));
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            json("/health", 503).path("status").asText())
                    .isEqualTo("stalled"));
        } finally {
            registry.unavailable(false);
        }
        awaitEvents(1);
        await().atMost(SOON).untilAsserted(() -> json("/health", 200));
    }

    @Test
    void beginsAgainWhenTheLogWasReplaced() throws Exception {
        awaitReady();
        publish(marsImage("urn:nasa:pds:a:b:old::1.0", "Old"));
        awaitEvents(1);
        String cursor;
        try (var subscriber = EventStream.open(client, api.address(), "")) {
            cursor = subscriber.awaitWelcome();
        }
        kafka.admin().deleteTopics(List.of(Topics.PUBLIC)).all().get();
        await().atMost(SOON)
                .until(() -> !kafka.admin().listTopics().names().get().contains(Topics.PUBLIC));
        createTopic();
        restart();
        awaitReady();

        assertThat(json("/v1/products", 200).path("total").asInt()).isZero();
        assertThat(json("/v1/releases/stream?after=" + cursor, 410).path("type").asText())
                .isEqualTo("urn:halley:problem:log-replaced");
    }

    @Test
    void beginsAgainWhenTheLogIsReplacedWhileItRuns() throws Exception {
        awaitReady();
        publish(marsImage("urn:nasa:pds:a:b:old::1.0", "Old"));
        awaitEvents(1);
        kafka.admin().deleteTopics(List.of(Topics.PUBLIC)).all().get();
        await().atMost(SOON)
                .until(() -> !kafka.admin().listTopics().names().get().contains(Topics.PUBLIC));
        createTopic();

        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> json("/v1/products", 200).path("total").asInt() == 0);
        publish(marsImage("urn:nasa:pds:a:b:new::1.0", "New"));
        awaitEvents(1);
        assertThat(json("/v1/products", 200).at("/items/0/title").asText()).isEqualTo("New");
    }

    @Test
    void doesNotLookWellWhileTheBrokerIsAway() throws Exception {
        awaitReady();
        kafka.stop();
        try {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            json("/health", 503).path("status").asText())
                    .isEqualTo("stalled"));
            assertThat(json("/v1/products", 200).path("total").asInt()).isZero();
        } finally {
            kafka.start();
        }
        await().atMost(SOON).untilAsserted(() -> json("/health", 200));
    }

    @Test
    void neverAnswersFromAnIndexThatIsBeingBuiltAgain() throws Exception {
        awaitReady();
        for (var part = 0; part < 5; part++) {
            var number = part * 1_000;
            publish(IntStream.range(number, number + 1_000)
                    .mapToObj(image -> marsImage("urn:nasa:pds:a:b:image_" + image + "::1.0", "One of many"))
                    .toArray(ProductDescription[]::new));
        }
        awaitEvents(5_000);
        kafka.stop();
        try {
            await().atMost(SOON).untilAsserted(() -> json("/health", 503));
            delete(data.resolve("index"));
        } finally {
            kafka.start();
        }

        var totals = new TreeSet<Integer>();
        await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> {
            totals.add(json("/v1/products?limit=1", 200).path("total").asInt());
            return isUpToDate();
        });

        assertThat(totals).containsExactly(5_000);
        assertThat(data.resolve("index")).isNotEmptyDirectory();
    }

    private boolean isUpToDate() throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(api.address().resolve("/health")).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200
                && Json.mapper().readTree(answer.body()).path("lag").asLong(-1) == 0;
    }

    private ApiService service() {
        return ApiService.start(Samples.serviceConfig(
                kafka.clientConfig(),
                Map.of(
                        "halley.registry.url",
                        registry.address().toString(),
                        "halley.agencies.dir",
                        agencies.toString(),
                        "halley.data.dir",
                        data.toString())));
    }

    private void restart() throws Exception {
        api.close();
        api = service();
        awaitReady();
    }

    private void awaitReady() {
        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> json("/health/ready", 200));
    }

    private void awaitEvents(int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        json("/health/ready", 200).at("/documents/events").asInt())
                .isEqualTo(count));
    }

    private JsonNode json(String path, int status) throws IOException, InterruptedException {
        URI address = api.address().resolve(path);
        var response = client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(status);
        return Json.mapper().readTree(response.body());
    }

    private void publish(ProductDescription... products) {
        publishRecords(Arrays.stream(products).map(log::released).toList());
    }

    private void publishRecords(List<LogRecord> records) {
        producer.beginTransaction();
        records.forEach(this::send);
        producer.commitTransaction();
    }

    private void abort(ProductDescription product) {
        var unheard = new PublicLogSample(PARTITIONS);
        producer.beginTransaction();
        send(unheard.released(product));
        producer.flush();
        producer.abortTransaction();
    }

    /** A commit fails if the record was not taken. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(LogRecord logged) {
        producer.send(new ProducerRecord<>(
                Topics.PUBLIC,
                logged.partition(),
                logged.event().id().lid().value().getBytes(StandardCharsets.UTF_8),
                codec.encode(logged.event())));
    }

    private IndexDigest digest() throws IOException {
        return PublicIndex.readCommitted(data.resolve("index"), IndexDigest::of);
    }

    private static void createTopic() throws Exception {
        kafka.admin()
                .createTopics(List.of(new NewTopic(Topics.PUBLIC, PARTITIONS, (short) 1)
                        .configs(Map.of("message.timestamp.type", "LogAppendTime"))))
                .all()
                .get();
    }

    private static void profile(Path agencies) throws IOException {
        Files.createDirectories(agencies.resolve("nasa"));
        Files.writeString(agencies.resolve("nasa").resolve("profile.yaml"), """
                id: nasa
                name: NASA
                namespaces: ["urn:nasa:pds:"]
                """);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
