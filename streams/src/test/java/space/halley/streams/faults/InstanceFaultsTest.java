package space.halley.streams.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
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

/** Instances of the lanes that start, end, lose their state, are killed or freeze, while releases fall due. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class InstanceFaultsTest {
    private static final int PRODUCTS = 600;
    /** Due at one instant where every build does it: fewer than {@link Installation#DRAIN}, and still several steps. */
    private static final int SOME = 6_000;

    @TempDir
    private Path folder;

    private Installation site;

    @BeforeEach
    void open() throws Exception {
        site = Installation.onOneBroker(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @MethodSource("fewRounds")
    @Tag("faults")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void releasesGoOnWhileOneInstanceAfterTheOtherIsRestarted(int round) throws Exception {
        var instances = new ArrayList<>(List.of(started("1"), started("2")));
        var lids = new ArrayList<String>();
        try {
            awaitMembers("1", "2");
            for (var i = 0; i < instances.size(); i++) {
                var name = Integer.toString(i + 1);
                var its = partitionsOf(name);
                try (var drain = Drain.of(site, "rolling-" + round + "-" + name, Installation.DRAIN)) {
                    lids.addAll(drain.lids());
                    drain.awaitMiddle(its);
                    instances.get(i).close();
                    assertThat(drain.assertInterrupted()).containsAnyElementsOf(its);
                    instances.set(i, started(name));
                }
                awaitMembers("1", "2");
                site.awaitAllPublic(lids);
            }
            site.awaitReleaseOf(lids);
        } finally {
            instances.forEach(StreamsService::close);
        }
    }

    /** In the slow checks as many as come and go in ten minutes if one does so every ten seconds. */
    @Test
    @Tag("faults")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void releasesGoOnWhileInstancesComeAndGo() throws Exception {
        try (var steady = started("1")) {
            var lids = new ArrayList<String>();
            for (var round = 0; round < Installation.rounds(2, 60); round++) {
                var from = Installation.CLOCK.instant().plusSeconds(1);
                var some = site.announce(Samples.NASA, "storm-" + round, 100, from, Duration.ofSeconds(5));
                lids.addAll(some);
                site.awaitBegunReleaseOf(some);
                assertThat(some).as("something is still to be released").anyMatch(lid -> !site.released()
                        .contains(lid));
                // Under a new name each is a new member, and it goes without a word.
                try (var guest = started("guest-" + round)) {
                    assertThat(guest.port()).isPositive();
                }
            }
            site.awaitReleaseOf(lids);
            assertThat(steady.ready()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("fewRounds")
    @Tag("faults")
    void aDrainGoesOnWhileInstancesComeAndGoInItsMiddle(int round) throws Exception {
        try (var steady = started("1")) {
            Drain drain;
            Set<Integer> its;
            try (var first = started("first")) {
                awaitMembers("1", "first");
                its = partitionsOf("first");
                drain = Drain.of(site, "come-and-go-" + round, Installation.DRAIN);
                drain.awaitMiddle(its);
                assertThat(first.ready()).isTrue();
            }
            try (drain) {
                assertThat(drain.assertInterrupted()).containsAnyElementsOf(its);
                // It went without a word, so its part is left as it is until the others miss it.
                try (var second = site.start("second")) {
                    awaitAsMember("second");
                    assertThat(drain.assertInterrupted()).containsAnyElementsOf(its);
                    assertThat(second.port()).isPositive();
                }
                assertThat(drain.assertInterrupted()).containsAnyElementsOf(its);
                // On a slow machine the drain may have ended before this one is a member.
                try (var third = site.start("third")) {
                    awaitAsMember("third");
                    assertThat(third.port()).isPositive();
                }
                awaitMembers("1");
                site.awaitReleaseOf(drain.lids());
                assertThat(steady.ready()).isTrue();
            }
        }
    }

    @Test
    @Tag("faults")
    void releasesWhatFallsDueWhileStateIsRestored() throws Exception {
        List<String> lids;
        var over = Duration.ofSeconds(4);
        Instant due;
        try (var first = started("1")) {
            due = Installation.CLOCK.instant().plusSeconds(25);
            lids = site.announce(Samples.NASA, "restored", PRODUCTS, due, over);
            site.awaitAnswers();
            assertThat(first.ready()).isTrue();
        }
        site.loseStateOf("1");
        // With this the state takes a minute.
        site.quota("streams", "consumer_byte_rate", 5_000.0);
        try (var again = site.start("1")) {
            var store = site.store("1", Topics.Store.PRODUCTS, 0);
            await().atMost(Installation.PATIENCE).until(() -> Files.exists(store));
            assertThat(Installation.CLOCK.instant())
                    .as("it restores before anything is due")
                    .isBefore(due);
            await().atMost(Installation.PATIENCE)
                    .until(() -> Installation.CLOCK.instant().isAfter(due.plus(over)));
            assertThat(again.ready()).as("all is due, and it is ready").isFalse();
            // What is in a partition that is restored does not wait for the others.
            assertThat(site.released()).as("released").hasSizeLessThan(lids.size());
            site.quota("streams", "consumer_byte_rate", null);

            site.awaitReleaseOf(lids);
            assertThat(again.ready()).isTrue();
        }
    }

    @Test
    @Tag("faults")
    void aKillInTheMiddleOfADrainAndAnotherWhileStateIsRestoredLoseNothing() throws Exception {
        // Due while the state is restored.
        var due = Installation.CLOCK.instant().plusSeconds(120);
        var lids = new ArrayList<>(site.announce(Samples.NASA, "meanwhile", PRODUCTS, due, Duration.ofSeconds(1)));
        try (var killed = site.startProcess("1");
                var drain = Drain.of(site, "restored", Installation.DRAIN)) {
            lids.addAll(drain.lids());
            drain.awaitMiddle();
            killed.kill();
            drain.assertInterrupted();
            var released = site.released().size();
            site.loseStateOf("1");
            // Nothing is restored completely before what it had begun is aborted.
            awaitNoTransaction();

            // With this the state takes minutes.
            site.quota("streams", "consumer_byte_rate", 20_000.0);
            try (var restoring = site.startProcess("1")) {
                var store = site.store("1", Topics.Store.PRODUCTS, 0);
                await().atMost(Installation.PATIENCE).until(() -> Files.exists(store));
                assertThat(Installation.CLOCK.instant()).as("restoring").isBefore(due);
                // A part of it is restored by then, and more is due.
                var later = due.plusSeconds(3);
                await().atMost(Installation.PATIENCE)
                        .until(() -> Installation.CLOCK.instant().isAfter(later));
                restoring.kill();
            }
            assertThat(site.released().size())
                    .as("released when it is killed again, before it could go on")
                    .isEqualTo(released);
            drain.assertInterrupted();
            site.quota("streams", "consumer_byte_rate", null);
        }
        try (var instance = site.startProcess("1")) {
            site.awaitReleaseOf(lids);
            assertThat(instance.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("manyRounds")
    void aKilledInstanceDoesNothingTwice(int round) throws Exception {
        var lids = new ArrayList<String>();
        try (var instance = site.startProcess("1");
                var drain = Drain.of(site, "killed-" + round, SOME)) {
            // It is killed while it decides and releases.
            var said = site.talk(Samples.NASA, "meanwhile-" + round, PRODUCTS);
            drain.awaitMiddle();
            instance.kill();
            drain.assertInterrupted();
            lids.addAll(drain.lids());
            lids.addAll(said.get());
        }
        try (var instance = site.startProcess("1")) {
            site.awaitReleaseOf(lids);
            assertThat(instance.isAlive()).isTrue();
        }
    }

    @Test
    @Tag("faults")
    void aStandbyTakesOverInTheMiddleOfADrain() throws Exception {
        try (var killed = site.startProcess("1", 1);
                var standby = site.startProcess("2", 1)) {
            awaitMembers("1", "2");
            var its = partitionsOf("1");
            try (var drain = Drain.of(site, "standby", Installation.DRAIN)) {
                var lids = new ArrayList<>(drain.lids());
                var said = site.talk(Samples.NASA, "meanwhile", PRODUCTS);
                drain.awaitMiddle(its);
                killed.kill();
                assertThat(drain.assertInterrupted()).containsAnyElementsOf(its);
                lids.addAll(said.get());
                awaitMembers("2");
                site.awaitReleaseOf(lids);
            }
            assertThat(standby.isAlive()).isTrue();
        }
    }

    @Test
    void whatAFrozenInstanceHadBegunIsDoneOnceByAnother() throws Exception {
        try (var frozen = site.startProcess("1");
                var drain = Drain.of(site, "frozen", SOME)) {
            var lids = new ArrayList<>(drain.lids());
            var said = site.talk(Samples.NASA, "meanwhile", PRODUCTS);
            drain.awaitMiddle();
            frozen.freeze();
            try (var other = site.start("2")) {
                try {
                    drain.assertInterrupted();
                    lids.addAll(said.get());
                    awaitMembers("2");
                    site.awaitAllPublic(lids);
                } finally {
                    frozen.thaw();
                }
                // It has learned by then that what it had begun is not its own any more.
                awaitMembers("1", "2");
                site.awaitReleaseOf(lids);
                assertThat(other.ready()).isTrue();
            }
        }
    }

    /** Each on a cluster of its own: what is checked at the end must fit into the heap. */
    static IntStream fewRounds() {
        return IntStream.range(0, Installation.rounds(1, 5));
    }

    /** As {@link #fewRounds}. */
    static IntStream manyRounds() {
        return IntStream.range(0, Installation.rounds(1, 10));
    }

    private StreamsService started(String instance) throws Exception {
        var service = site.start(instance);
        await().atMost(Installation.PATIENCE).until(service::ready);
        return service;
    }

    private void awaitNoTransaction() {
        var open = new ListTransactionsOptions()
                .filterStates(List.of(
                        TransactionState.ONGOING, TransactionState.PREPARE_ABORT, TransactionState.PREPARE_COMMIT));
        await().atMost(Installation.PATIENCE).untilAsserted(() -> assertThat(
                        site.kafka().admin().listTransactions(open).all().get())
                .isEmpty());
    }

    /** Waits until the members of NASA's lane are the threads of these instances. */
    private void awaitMembers(String... instances) {
        // There is no group until its first member has come.
        await().atMost(Installation.PATIENCE)
                .ignoreExceptionsMatching(InstanceFaultsTest::isNoGroup)
                .untilAsserted(() -> {
                    var group = group();
                    assertThat(group.groupState()).isEqualTo(GroupState.STABLE);
                    assertThat(group.members())
                            .extracting(InstanceFaultsTest::instance)
                            .containsExactlyInAnyOrder(instances);
                });
    }

    /** Waits until an instance has come, although the group may not have agreed on anything yet. */
    private void awaitAsMember(String instance) {
        await().atMost(Installation.PATIENCE).untilAsserted(() -> assertThat(group().members())
                .extracting(InstanceFaultsTest::instance)
                .contains(instance));
    }

    /** The partitions of NASA's lane that are an instance's work, as soon as it has some. */
    private Set<Integer> partitionsOf(String instance) {
        return await().atMost(Installation.PATIENCE)
                .until(
                        () -> group().members().stream()
                                .filter(member -> instance(member).equals(instance))
                                .flatMap(member -> member.assignment().topicPartitions().stream())
                                .map(TopicPartition::partition)
                                .collect(Collectors.toSet()),
                        partitions -> !partitions.isEmpty());
    }

    private static String instance(MemberDescription member) {
        return member.groupInstanceId().orElse("").replaceFirst("-[0-9]+$", "");
    }

    private ConsumerGroupDescription group() throws ExecutionException, InterruptedException {
        var group = Topics.lane(Samples.NASA);
        return requireNonNull(site.kafka()
                .admin()
                .describeConsumerGroups(List.of(group))
                .all()
                .get()
                .get(group));
    }

    private static boolean isNoGroup(Throwable problem) {
        return problem instanceof ExecutionException && problem.getCause() instanceof GroupIdNotFoundException;
    }
}
