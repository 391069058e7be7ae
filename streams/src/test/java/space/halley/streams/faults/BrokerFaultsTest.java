package space.halley.streams.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.schemas.Topics;
import space.halley.streams.StreamsService;
import space.halley.testkit.Samples;

/** Three brokers, of which some fail, one in a process of its own each. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class BrokerFaultsTest {
    @TempDir
    private static Path folder;

    private static Installation site;
    private static StreamsService lanes;

    @BeforeAll
    static void open() throws Exception {
        site = Installation.onThreeBrokers(folder);
        lanes = site.start("1");
        await().atMost(Installation.PATIENCE).until(lanes::ready);
    }

    @AfterAll
    static void close() {
        lanes.close();
        site.close();
    }

    /** The leader of what, and whether it may hand over before it ends. */
    private record Failure(Callable<Integer> leader, boolean inOrder) {}

    @Test
    void releasesGoOnWhileLeadersFailAndReturn() throws Exception {
        var failures = Stream.<Callable<Integer>>of(
                        () -> transactionCoordinator(),
                        () -> leaderOf(Topics.PUBLIC),
                        () -> leaderOf(Topics.commands(Samples.NASA)),
                        () -> leaderOf(Topics.changelog(Samples.NASA, Topics.Store.PRODUCTS)))
                .flatMap(leader -> Stream.of(new Failure(leader, false), new Failure(leader, true)))
                .toList();
        // Every broker leads a part of every topic, so two of these say much already.
        var chosen = Installation.rounds(0, 1) == 1 ? failures : List.of(failures.get(0), failures.get(5));
        for (var number = 0; number < chosen.size(); number++) {
            awaitCopies(3);
            var from = Installation.CLOCK.instant().plusSeconds(2);
            var lids = site.announce(Samples.NASA, "leader-" + number, 400, from, Duration.ofSeconds(6));
            site.awaitBegunReleaseOf(lids);

            int broker = chosen.get(number).leader().call();
            if (chosen.get(number).inOrder()) {
                site.kafka().stop(broker);
            } else {
                site.kafka().kill(broker);
            }
            site.kafka().start(broker);

            site.awaitReleaseOf(lids);
        }
    }

    @Test
    void releasesWhatFellDueWhileNoBrokerRan() throws Exception {
        awaitCopies(3);
        var due = Installation.CLOCK.instant().plusSeconds(6);
        var lids = site.announce(Samples.NASA, "all-down", 200, due, Duration.ofSeconds(1));
        site.awaitAnswers();

        for (var broker = 0; broker < 3; broker++) {
            site.kafka().kill(broker);
        }
        await().atMost(Installation.PATIENCE)
                .until(() -> Installation.CLOCK.instant().isAfter(due.plusSeconds(2)));
        site.kafka().start();

        site.awaitReleaseOf(lids);
    }

    @Test
    void acknowledgesAndReleasesNothingThatTooFewBrokersHave() throws Exception {
        awaitCopies(3);
        var due = Installation.CLOCK.instant().plusSeconds(8);
        var lids = site.announce(Samples.NASA, "too-few", 200, due, Duration.ofSeconds(1));
        site.awaitAnswers();

        demandCopies(3);
        site.kafka().kill(2);
        awaitCopies(2);
        var before = site.released();
        var hurried = Map.<String, Object>of(
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000);
        try (var producer = site.newProducer(Samples.NASA, hurried)) {
            var said = IntStream.range(0, 20)
                    .mapToObj(number -> site.send(
                            producer,
                            Samples.NASA,
                            Installation.announcement(Installation.lid(Samples.NASA, "unheard", number), due)))
                    .toList();
            for (var pending : said) {
                assertThatThrownBy(pending::get).hasCauseInstanceOf(RetriableException.class);
            }
        }
        await().atMost(Installation.PATIENCE)
                .until(() -> Installation.CLOCK.instant().isAfter(due.plusSeconds(2)));
        assertThat(site.released()).hasSameSizeAs(before);

        demandCopies(2);
        site.kafka().start(2);

        site.awaitReleaseOf(lids);
    }

    private static int leaderOf(String topic) throws Exception {
        return partitions(topic).getFirst().leader().id();
    }

    /** The broker that keeps the state of the transactions of one of NASA's tasks. */
    private static int transactionCoordinator() throws Exception {
        var admin = site.kafka().admin();
        var id = new AtomicReference<String>();
        // The client fails where it does not know all brokers yet.
        await().atMost(Installation.PATIENCE).ignoreExceptions().untilAsserted(() -> {
            id.set(admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .filter(name -> name.startsWith(Topics.lane(Samples.NASA)))
                    .findFirst()
                    .orElseThrow());
        });
        return admin.describeTransactions(List.of(id.get()))
                .description(id.get())
                .get()
                .coordinatorId();
    }

    private static List<TopicPartitionInfo> partitions(String topic) throws Exception {
        return requireNonNull(site.kafka()
                        .admin()
                        .describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .partitions();
    }

    /** Waits until every partition of what the lane reads and writes is on that many brokers. */
    private static void awaitCopies(int copies) {
        await().atMost(Installation.PATIENCE).ignoreExceptions().untilAsserted(() -> {
            for (var topic : touched()) {
                assertThat(partitions(topic))
                        .allSatisfy(partition -> assertThat(partition.isr()).hasSize(copies));
            }
        });
    }

    private static void demandCopies(int copies) throws Exception {
        var demand = new AlterConfigOp(
                new ConfigEntry("min.insync.replicas", Integer.toString(copies)), AlterConfigOp.OpType.SET);
        for (var topic : touched()) {
            site.kafka()
                    .admin()
                    .incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(demand)))
                    .all()
                    .get();
        }
    }

    private static List<String> touched() {
        return List.of(
                Topics.commands(Samples.NASA),
                Topics.receipts(Samples.NASA),
                Topics.changelog(Samples.NASA, Topics.Store.PRODUCTS),
                Topics.changelog(Samples.NASA, Topics.Store.TIMERS),
                Topics.PUBLIC,
                Topics.JOURNAL,
                Topics.CATALOG);
    }
}
