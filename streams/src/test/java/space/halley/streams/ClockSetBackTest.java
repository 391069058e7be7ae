package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.audit.LogReader;
import space.halley.domain.Existence;
import space.halley.domain.PublicEvent;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.SchemaInstaller;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;
import space.halley.testkit.Samples;

/** The clock by which Kafka Streams works is set back while a lane runs. */
final class ClockSetBackTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:";
    private static final Topics TOPICS = Samples.topics();
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void releasesAreNotLateByAsMuch() throws Exception {
        var time = new HostTime();
        try (var kafka = EmbeddedKafka.secured(TOPICS).install(TOPICS);
                var registry = FakeRegistry.open()) {
            new SchemaInstaller(RegistryClient.deployer(registry.address(), "deployer", "any"), TOPICS).install();
            var codecs = Codecs.over(new RegistrySchemas(RegistryClient.reader(registry.address())));
            var config = TestConfig.of(kafka, registry, folder, "1", 2);
            try (var proposer = new KafkaFenceProposer(config.kafkaClient(), codecs.commands(), CLOCK, "test");
                    var lane = new Lane(
                            config,
                            new LaneSettings(
                                    Samples.nasa(),
                                    codecs,
                                    2,
                                    CLOCK,
                                    System::nanoTime,
                                    proposer.forTopic(Topics.commands(Samples.NASA)),
                                    LaneSettings.BUDGET,
                                    LaneSettings.SCAN_BUDGET,
                                    Set.of(Samples.ESA),
                                    new LaneGauges(),
                                    new Turns()),
                            time);
                    var watch = new ClockWatch(time, back -> {
                        proposer.reconnect();
                        lane.clockSetBack(back);
                    })) {
                assertThat(watch).isNotNull();
                lane.start();
                await().atMost(PATIENCE)
                        .until(() -> lane.health(CLOCK.instant()).ready());
                announce(kafka, codecs, "first", CLOCK.instant().plusSeconds(1));
                await().atMost(PATIENCE).until(() -> released(kafka, codecs).contains(LID + "first"));

                time.step(Duration.ofHours(-1));
                announce(kafka, codecs, "second", CLOCK.instant().plusSeconds(1));

                await().atMost(PATIENCE).until(() -> released(kafka, codecs).contains(LID + "second"));
                await().atMost(PATIENCE)
                        .until(() -> lane.health(CLOCK.instant()).ready());
                assertThat(lane.health(CLOCK.instant()).deaths())
                        .as("it started again, once")
                        .isEqualTo(1);

                time.step(Duration.ofHours(1));
                time.step(Duration.ofSeconds(-2));
                announce(kafka, codecs, "third", CLOCK.instant().plusSeconds(1));
                await().atMost(PATIENCE).until(() -> released(kafka, codecs).contains(LID + "third"));
                assertThat(lane.health(CLOCK.instant()).deaths())
                        .as("neither for a step ahead nor for a short one back")
                        .isEqualTo(1);
            }
        }
    }

    private static void announce(EmbeddedKafka kafka, Codecs codecs, String name, Instant at) throws Exception {
        var command = Samples.announce(Samples.aProduct(LID + name, "1.0"), Samples.at(at), Existence.HIDDEN);
        var lid = command.id().lid();
        try (var producer = new KafkaProducer<>(
                new HashMap<String, Object>(kafka.clientConfig("nasa")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.commands(Samples.NASA),
                            lid.value().getBytes(StandardCharsets.UTF_8),
                            codecs.commands().encode(new Input.Said(lid, CLOCK.instant(), command))))
                    .get();
        }
    }

    private static List<String> released(EmbeddedKafka kafka, Codecs codecs) {
        return LogReader.committed(kafka.clientConfig("public-reader"), Topics.PUBLIC).stream()
                .map(record -> codecs.publicEvents().decodeOwn(record.value()))
                .filter(event -> event.news() instanceof PublicEvent.Released)
                .map(event -> event.id().lid().value())
                .toList();
    }

    /** The system's, except that it can be set. */
    private static final class HostTime implements Time {
        private final AtomicLong ahead = new AtomicLong();

        void step(Duration by) {
            ahead.addAndGet(by.toMillis());
        }

        @Override
        public long milliseconds() {
            return SYSTEM.milliseconds() + ahead.get();
        }

        @Override
        public long nanoseconds() {
            return SYSTEM.nanoseconds();
        }

        @Override
        public void sleep(long millis) {
            SYSTEM.sleep(millis);
        }

        @Override
        public void waitObject(Object object, Supplier<Boolean> condition, long deadline) throws InterruptedException {
            SYSTEM.waitObject(object, condition, deadline - ahead.get());
        }
    }
}
