package space.halley.streams.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.streams.StreamsService;
import space.halley.testkit.Samples;

/** Instances of the lanes that start, end, lose their state, are killed or freeze, while releases fall due. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class InstanceFaultsTest {
    private static final int PRODUCTS = 600;

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

    @Test
    @Tag("faults")
    void releasesGoOnWhileOneInstanceAfterTheOtherIsRestarted() throws Exception {
        var instances = new ArrayList<>(List.of(started("1"), started("2")));
        try {
            var lids = announce("rolling", Duration.ofSeconds(5));
            site.awaitBegunReleaseOf(lids);
            for (var round = 0; round < Installation.rounds(1, 5); round++) {
                for (var i = 0; i < instances.size(); i++) {
                    instances.get(i).close();
                    instances.set(i, started(Integer.toString(i + 1)));
                }
            }
            site.awaitReleaseOf(lids);
        } finally {
            instances.forEach(StreamsService::close);
        }
    }

    @Test
    @Tag("faults")
    void releasesGoOnWhileInstancesComeAndGo() throws Exception {
        try (var steady = started("1")) {
            var lids = announce("storm", Duration.ofSeconds(5));
            site.awaitBegunReleaseOf(lids);
            for (var round = 0; round < Installation.rounds(2, 20); round++) {
                // Under a new name each is a new member, and it goes without a word.
                try (var guest = started("guest-" + round)) {
                    assertThat(guest.port()).isPositive();
                }
            }
            site.awaitReleaseOf(lids);
            assertThat(steady.ready()).isTrue();
        }
    }

    @Test
    @Tag("faults")
    void releasesWhatFallsDueWhileStateIsRestored() throws Exception {
        List<String> lids;
        try (var first = started("1")) {
            lids = announce("restored", Duration.ofSeconds(6));
            site.awaitAnswers();
            assertThat(first.ready()).isTrue();
        }
        site.loseStateOf("1");
        try (var again = started("1")) {
            site.awaitReleaseOf(lids);
            assertThat(again.ready()).isTrue();
        }
    }

    @Test
    void aKilledInstanceDoesNothingTwice() throws Exception {
        var lids = new ArrayList<>(announce("killed", Duration.ofSeconds(6)));
        for (var round = 0; round < Installation.rounds(2, 20); round++) {
            try (var instance = site.startProcess("1")) {
                // It is killed while it decides and releases.
                var said = site.talk(Samples.NASA, "meanwhile-" + round, PRODUCTS);
                site.awaitBegunReleaseOf(site.lids(Samples.NASA, "meanwhile-" + round, PRODUCTS));
                instance.kill();
                lids.addAll(said.get());
            }
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
            var lids = new ArrayList<>(announce("standby", Duration.ofSeconds(4)));
            var said = site.talk(Samples.NASA, "meanwhile", PRODUCTS);
            site.awaitBegunReleaseOf(site.lids(Samples.NASA, "meanwhile", PRODUCTS));
            killed.kill();
            lids.addAll(said.get());
            awaitMembers("2");
            site.awaitReleaseOf(lids);
            assertThat(standby.isAlive()).isTrue();
        }
    }

    @Test
    void whatAFrozenInstanceHadBegunIsDoneOnceByAnother() throws Exception {
        try (var frozen = site.startProcess("1");
                var other = started("2")) {
            awaitMembers("1", "2");
            var lids = new ArrayList<>(announce("frozen", Duration.ofSeconds(4)));
            var said = site.talk(Samples.NASA, "meanwhile", PRODUCTS);
            site.awaitBegunReleaseOf(site.lids(Samples.NASA, "meanwhile", PRODUCTS));
            frozen.freeze();
            try {
                lids.addAll(said.get());
                awaitMembers("2");
                site.awaitReleaseOf(lids);
            } finally {
                frozen.thaw();
            }
            awaitMembers("1", "2");
            site.awaitReleaseOf(announce("thawed", Duration.ofSeconds(1)));
            assertThat(other.ready()).isTrue();
        }
    }

    @Test
    @Tag("faults")
    void aRaisedNumberOfPartitionsIsRefusedAtTheNextStart() throws Exception {
        try (var lanes = started("1")) {
            var lids = announce("raised", Duration.ofSeconds(1));
            site.kafka()
                    .admin()
                    .createPartitions(Map.of(Topics.commands(Samples.NASA), NewPartitions.increaseTo(5)))
                    .all()
                    .get();

            assertThatThrownBy(() -> site.start("2"))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("halley.commands.nasa has 5 partitions, not 4");

            // The lanes that run know nothing of it yet, and go on.
            site.awaitReleaseOf(lids);
            assertThat(lanes.ready()).isTrue();
        }
    }

    private List<String> announce(String series, Duration over) {
        return site.announce(
                Samples.NASA, series, PRODUCTS, Installation.CLOCK.instant().plusSeconds(3), over);
    }

    private StreamsService started(String instance) throws Exception {
        var service = site.start(instance);
        await().atMost(Installation.PATIENCE).until(service::ready);
        return service;
    }

    /** Waits until the members of NASA's lane are the threads of these instances, and all of them have their work. */
    private void awaitMembers(String... instances) {
        var group = Topics.lane(Samples.NASA);
        // There is no group until its first member has come.
        await().atMost(Installation.PATIENCE)
                .ignoreExceptionsMatching(InstanceFaultsTest::isNoGroup)
                .untilAsserted(() -> {
                    var description = requireNonNull(site.kafka()
                            .admin()
                            .describeConsumerGroups(List.of(group))
                            .all()
                            .get()
                            .get(group));
                    assertThat(description.groupState()).isEqualTo(GroupState.STABLE);
                    assertThat(description.members())
                            .extracting(member ->
                                    member.groupInstanceId().orElse("").replaceFirst("-[0-9]+$", ""))
                            .containsExactlyInAnyOrder(instances);
                });
    }

    private static boolean isNoGroup(Throwable problem) {
        return problem instanceof ExecutionException && problem.getCause() instanceof GroupIdNotFoundException;
    }
}
