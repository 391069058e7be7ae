package space.halley.streams.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import space.halley.schemas.Topics;
import space.halley.streams.StreamsService;
import space.halley.testkit.Samples;

/** Three brokers, of which some fail, one in a process of its own each. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class BrokerFaultsTest {
    @TempDir
    private Path folder;

    private Installation site;
    private @Nullable StreamsService lanes;

    @BeforeEach
    void open() throws Exception {
        site = Installation.onThreeBrokers(folder);
        var starting = site.start("1");
        lanes = starting;
        await().atMost(Installation.PATIENCE).until(starting::ready);
    }

    @AfterEach
    void close() {
        if (lanes != null) {
            lanes.close();
        }
        site.close();
    }

    /** The leader of what fails, and whether it may hand over before it ends. */
    record Failure(Led led, boolean inOrder) {
        static List<Failure> all() {
            return Stream.of(Led.values())
                    .flatMap(led -> Stream.of(new Failure(led, false), new Failure(led, true)))
                    .toList();
        }
    }

    @Test
    void releasesGoOnWhileLeadersFailAndReturn() throws Exception {
        var failures = Failure.all();
        // Every broker leads a part of every topic, so two of these say much already.
        var chosen = Installation.rounds(0, 1) == 1 ? failures : List.of(failures.get(0), failures.get(5));
        for (var number = 0; number < chosen.size(); number++) {
            awaitCopies(3);
            var from = Installation.CLOCK.instant().plusSeconds(2);
            var lids = site.announce(Samples.NASA, "leader-" + number, 400, from, Duration.ofSeconds(6));
            site.awaitBegunReleaseOf(lids);

            var broker = leaderOf(chosen.get(number).led());
            end(broker, chosen.get(number).inOrder());
            site.kafka().start(broker);

            site.awaitReleaseOf(lids);
        }
    }

    private void end(int broker, boolean inOrder) {
        if (inOrder) {
            site.kafka().stop(broker);
            assertHandedOver(broker);
        } else {
            site.kafka().kill(broker);
        }
    }

    /**
     * A broker that ends in order leads nothing when it has ended, as soon as the others have heard of it; of one that dies they know only
     * when its session ends, which takes three seconds.
     */
    private void assertHandedOver(int broker) {
        await().atMost(Duration.ofMillis(1_500)).ignoreExceptions().untilAsserted(() -> {
            for (var topic : touched()) {
                assertThat(partitions(topic))
                        .as("%s, when broker %d has ended", topic, broker)
                        .noneMatch(partition ->
                                partition.leader() != null && partition.leader().id() == broker);
            }
        });
    }

    /** That of the public log; each in the slow checks. */
    static Stream<Led> again() {
        return Stream.of(Led.values()).filter(led -> led == Led.PUBLIC_LOG || Installation.rounds(0, 1) == 1);
    }

    @ParameterizedTest
    @MethodSource("again")
    void releasesGoOnWhileALeaderGoesAndReturnsAgainAndAgain(Led led) throws Exception {
        awaitCopies(3);
        var rounds = Installation.rounds(2, 5);
        var lids = site.announce(
                Samples.NASA,
                "bounce-" + led,
                400,
                Installation.CLOCK.instant().plusSeconds(2),
                Duration.ofSeconds(10L * rounds));
        site.awaitBegunReleaseOf(lids);
        for (var round = 0; round < rounds; round++) {
            awaitCopies(3);
            var broker = leaderOf(led);
            assertThat(site.released()).as("something is still to be released").hasSizeLessThan(lids.size());
            if (round % 2 == 0) {
                site.kafka().stop(broker);
                assertHandedOver(broker);
            } else {
                site.kafka().kill(broker);
            }
            site.kafka().start(broker);
        }
        site.awaitReleaseOf(lids);
    }

    /** What a broker leads. */
    enum Led {
        TRANSACTIONS,
        PUBLIC_LOG,
        COMMANDS,
        CHANGELOG
    }

    /** Each is killed, and one ends in order; all of them do in the slow checks. */
    static Stream<Failure> inADrain() {
        return Failure.all().stream()
                .filter(failure ->
                        !failure.inOrder() || failure.led() == Led.PUBLIC_LOG || Installation.rounds(0, 1) == 1);
    }

    @ParameterizedTest
    @MethodSource("inADrain")
    void aDrainGoesOnWithoutTheBrokerThatLedAPartOfIt(Failure failure) throws Exception {
        var led = failure.led();
        awaitCopies(3);
        // Its partition of the commands, the public log and the changelogs.
        var first = Set.of(0);
        try (var drain = Drain.of(site, "drain-" + led, Installation.DRAIN)) {
            // Nobody has time to ask for it in the middle.
            var leader = leaderOf(led);
            drain.awaitMiddle(first);
            var before = Installation.CLOCK.instant();
            end(leader, failure.inOrder());
            // It goes on serving for a while when it is asked to end.
            var after = failure.inOrder() ? before : Installation.CLOCK.instant();

            site.awaitAllPublic(drain.lids());
            drain.assertInterrupted(first, before, after);
            site.kafka().start(leader);
            site.awaitReleaseOf(drain.lids());
        }
    }

    @Test
    void aDrainGoesOnWhileOneBrokerAfterTheOtherGoesAndReturns() throws Exception {
        awaitCopies(3);
        try (var drain = Drain.of(site, "rolling", 3 * Installation.DRAIN)) {
            drain.awaitMiddle();
            for (var broker = 0; broker < 3; broker++) {
                drain.assertInterrupted();
                end(broker, broker == 1);
                site.kafka().start(broker);
                // Otherwise there would be too few to go on with the next.
                awaitCopies(3);
            }
            site.awaitReleaseOf(drain.lids());
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
        var away = Duration.ofSeconds(Installation.rounds(8, 60));
        await().atMost(Installation.PATIENCE)
                .until(() -> Installation.CLOCK.instant().isAfter(due.plus(away)));
        site.kafka().start();

        site.awaitReleaseOf(lids);
    }

    /** The way to keep a backup of a cluster that docs/running.md gives. */
    @Test
    void aClusterGoesOnFromCopiesOfWhatItsBrokersKeep() throws Exception {
        var backup = folder.resolve("backup");
        awaitCopies(3);
        var early = announce("early", 100, 1);
        site.awaitReleaseOf(early);
        var later = announce("later", 200, 40);
        site.awaitAnswers();
        endAll();
        Folders.copy(site.kafka().folder(), backup);

        startAll();
        site.awaitReleaseOf(later);
        endAll();

        Folders.delete(site.kafka().folder());
        Folders.copy(backup, site.kafka().folder());
        site.loseStateOf("1");
        site.kafka().start();
        assertThat(site.released()).containsExactlyInAnyOrderElementsOf(early);
        startAll();
        site.awaitReleaseOf(later);
        assertThat(site.released()).hasSize(300);
    }

    private List<String> announce(String series, int count, int seconds) {
        return site.announce(
                Samples.NASA, series, count, Installation.CLOCK.instant().plusSeconds(seconds), Duration.ofSeconds(1));
    }

    private void endAll() {
        requireNonNull(lanes).close();
        lanes = null;
        for (var broker = 0; broker < 3; broker++) {
            site.kafka().kill(broker);
        }
    }

    private void startAll() throws Exception {
        site.kafka().start();
        var starting = site.start("1");
        lanes = starting;
        await().atMost(Installation.PATIENCE).until(starting::ready);
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

    @Test
    void aDrainWaitsWhileTooFewBrokersTakeWhatItWrites() throws Exception {
        awaitCopies(3);
        try (var drain = Drain.of(site, "thin", Installation.DRAIN)) {
            drain.awaitMiddle();
            demandCopies(3);
            site.kafka().kill(2);
            awaitCopies(2);
            var released = site.released();
            assertThat(released).as("the middle").isNotEmpty().hasSizeLessThan(Installation.DRAIN);
            await().during(Duration.ofSeconds(3))
                    .atMost(Installation.PATIENCE)
                    .untilAsserted(() -> assertThat(site.released()).hasSameSizeAs(released));

            demandCopies(2);
            site.kafka().start(2);

            site.awaitReleaseOf(drain.lids());
        }
    }

    private int leaderOf(Led led) throws Exception {
        return switch (led) {
            case TRANSACTIONS -> transactionCoordinator();
            case PUBLIC_LOG -> leaderOf(Topics.PUBLIC);
            case COMMANDS -> leaderOf(Topics.commands(Samples.NASA));
            case CHANGELOG -> leaderOf(Topics.changelog(Samples.NASA, Topics.Store.PRODUCTS));
        };
    }

    private int leaderOf(String topic) throws Exception {
        return partitions(topic).getFirst().leader().id();
    }

    /** The broker that keeps the state of the transactions of one of NASA's tasks. */
    private int transactionCoordinator() throws Exception {
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

    private List<TopicPartitionInfo> partitions(String topic) throws Exception {
        return requireNonNull(site.kafka()
                        .admin()
                        .describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .partitions();
    }

    /** Waits until every partition of what the lane reads and writes is on that many brokers. */
    private void awaitCopies(int copies) {
        await().atMost(Installation.PATIENCE).ignoreExceptions().untilAsserted(() -> {
            for (var topic : touched()) {
                assertThat(partitions(topic))
                        .allSatisfy(partition -> assertThat(partition.isr()).hasSize(copies));
            }
        });
    }

    private void demandCopies(int copies) throws Exception {
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
