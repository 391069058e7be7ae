package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.audit.Inspection;
import space.halley.audit.LogReader;
import space.halley.audit.Recording;
import space.halley.domain.Existence;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.SchemaInstaller;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;
import space.halley.testkit.Samples;

/** A policy version that has reached one and two of three partitions of a real lane, and is said again everywhere. */
@SuppressWarnings("NullAway.Init")
final class InterruptedPolicyTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int PARTITIONS = 3;
    private static final Topics TOPICS = new Topics(Samples.agencies(), PARTITIONS, (short) 1);

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static FakeRegistry registry;
    private static Codecs codecs;

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
    void eachPartitionDecidesUnderWhatItHasAndTheLaneSaysSoUntilAllHaveIt() throws Exception {
        var held = new ArrayList<String>();
        var config = TestConfig.of(kafka, registry, folder, "1", PARTITIONS);
        try (var service = StreamsService.start(config, Samples.agencies(), CLOCK)) {
            await().atMost(PATIENCE).until(service::ready);
            publish(1, PARTITIONS);
            held.addAll(announce("first"));
            awaitPolicies(service, 1, 1);

            for (var reached = 1; reached < PARTITIONS; reached++) {
                var version = reached + 1;
                publish(version, reached);
                awaitPolicies(service, version - 1, version);
                assertThat(policiesOf(service)).isEqualTo(versions(reached, version, version - 1));
                var meanwhile = announce("meanwhile-" + reached);
                awaitLast(meanwhile, "HELD");
                assertThat(policiesOf(meanwhile)).isEqualTo(versions(reached, version, version - 1));
                awaitLast(held.subList(0, 1), "REEVALUATED");
                assertThat(policiesOf(held)).as("held before").contains(version, version - 1);

                publish(version, PARTITIONS);
                awaitPolicies(service, version, version);
                held.addAll(meanwhile);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(policiesOf(held)).containsOnly(version));
            }
        }

        var report = new Inspection(Samples.agencies(), PARTITIONS, Duration.ZERO)
                .of(Recording.of(kafka.clientConfig(), Samples.agencies(), codecs));
        assertThat(report.violations().values())
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(report.inputs()).isGreaterThanOrEqualTo(3 * PARTITIONS + PARTITIONS + 3 * PARTITIONS);
    }

    /** The alarm of an operator: the number behind it is there as long as partitions differ. */
    private static void awaitPolicies(StreamsService service, int oldest, int newest) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var health = health(service);
            assertThat(health.path("policy").asInt()).isEqualTo(oldest);
            assertThat(health.has("interrupted_policy")).isEqualTo(oldest != newest);
            assertThat(health.path("interrupted_policy").asInt(newest)).isEqualTo(newest);
        });
    }

    /** The policy version that health shows of every partition, each with its document's hash. */
    private static List<Integer> policiesOf(StreamsService service) throws IOException, InterruptedException {
        var policies = health(service).path("policies");
        assertThat(policies.findValuesAsText("hash")).hasSize(PARTITIONS).allMatch(hash -> hash.length() == 64);
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition ->
                        policies.path(String.valueOf(partition)).path("version").asInt())
                .toList();
    }

    private static JsonNode health(StreamsService service) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/health"))
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper().readTree(answer.body()).path("lanes").path("nasa");
        }
    }

    private static void awaitLast(List<String> lids, String verdict) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(last(lids))
                .hasSameSizeAs(lids)
                .extracting(JournalEntry::verdict)
                .containsOnly(verdict));
    }

    /** The policy version under which each of these was decided last. */
    private static List<Integer> policiesOf(List<String> lids) {
        return last(lids).stream().map(entry -> entry.grounds().policy()).toList();
    }

    private static List<Integer> versions(int reached, int newer, int older) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> partition < reached ? newer : older)
                .toList();
    }

    private static List<JournalEntry> last(List<String> lids) {
        var last = new HashMap<String, JournalEntry>();
        for (var record : LogReader.committed(kafka.clientConfig(), Topics.JOURNAL)) {
            var entry = codecs.journal().decodeOwn(record.value());
            last.put(String.valueOf(entry.lidvid()), entry);
        }
        return lids.stream()
                .map(lid -> lid + "::1.0")
                .filter(last::containsKey)
                .map(last::get)
                .toList();
    }

    /** One product by policy in each partition, in the order of the partitions. */
    private static List<String> announce(String name) throws Exception {
        var lids = new ArrayList<String>();
        try (var producer = producer()) {
            for (var partition = 0; partition < PARTITIONS; partition++) {
                var lid = in(partition, name);
                var command = Samples.announce(Samples.aProduct(lid, "1.0"), Samples.byPolicy(), Existence.HIDDEN);
                producer.send(new ProducerRecord<>(
                                Topics.commands(Samples.NASA),
                                lid.getBytes(StandardCharsets.UTF_8),
                                codecs.commands().encode(Samples.said(command, CLOCK.instant()))))
                        .get();
                lids.add(lid);
            }
        }
        return lids;
    }

    private static String in(int partition, String name) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> LID + name + "-" + number)
                .filter(lid -> Topics.partition(lid.getBytes(StandardCharsets.UTF_8), PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** Says the version in the first partitions, as many as the publisher comes to. */
    private static void publish(int version, int reached) throws Exception {
        var document = """
                agency: nasa
                version: %d
                rules:
                  - id: general
                    owner: NASA
                    release: {on: %d-01-01}
                    source: a test
                    confidence: assumed
                """.formatted(version, 2090 + version);
        try (var producer = producer()) {
            for (var partition = 0; partition < reached; partition++) {
                var input = new Input.PolicyVersion(
                        CLOCK.instant(), Samples.statement("policy-" + version), version, document);
                producer.send(new ProducerRecord<>(
                                Topics.commands(Samples.NASA),
                                partition,
                                null,
                                codecs.commands().encode(input)))
                        .get();
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                new HashMap<String, Object>(kafka.clientConfig("nasa")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
