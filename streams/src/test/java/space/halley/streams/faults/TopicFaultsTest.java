package space.halley.streams.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.Command;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.streams.StreamsService;
import space.halley.testkit.Samples;

/** An operator does to a topic what nobody should, while lanes run. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class TopicFaultsTest {
    private static final int RAISED = Installation.PARTITIONS + 1;

    @TempDir
    private Path folder;

    private Installation site;
    private StreamsService lanes;

    @BeforeEach
    void open() throws Exception {
        site = Installation.onOneBroker(folder);
        lanes = site.start("1");
        await().atMost(Installation.PATIENCE).until(lanes::ready);
    }

    @AfterEach
    void close() {
        lanes.close();
        site.close();
    }

    /** Nothing was public yet: what was would be lost with the topic, whoever had deleted it. */
    @Test
    void nothingIsSkippedWhileThePublicLogIsGone() throws Exception {
        var lids = site.announce(Samples.NASA, "gone", 50, inSeconds(3), Duration.ofSeconds(2));
        site.awaitAnswers();
        site.kafka().admin().deleteTopics(List.of(Topics.PUBLIC)).all().get();

        await().atMost(Installation.PATIENCE)
                .untilAsserted(() -> assertThat(site.health(lanes)).contains("not ready", "problem"));
        assertThat(site.verdicts(lids.getFirst())).containsExactly("HELD");

        site.kafka().install(site.topics());
        site.awaitReleaseOf(lids);
        await().atMost(Installation.PATIENCE).until(lanes::ready);
    }

    @Test
    void aRaisedNumberOfPartitionsIsRefusedAtTheNextStart() throws Exception {
        var lids = site.announce(Samples.NASA, "raised", 600, inSeconds(3), Duration.ofSeconds(1));
        raisePartitions();

        assertThatThrownBy(() -> site.start("2"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("halley.commands.nasa has 5 partitions, not 4");

        // The lanes that run know nothing of it yet, and go on.
        site.awaitReleaseOf(lids);
        assertThat(lanes.ready()).isTrue();
    }

    /** One partition has the order of what is said of a product. A word that comes to another one would be overtaken or overtake. */
    @Test
    void whatClientsSayToAnotherPartitionBecauseThereAreMoreIsRefused() throws Exception {
        var stays = find(hash -> hash % RAISED == hash % Installation.PARTITIONS);
        var goesAstray = find(
                hash -> hash % RAISED != hash % Installation.PARTITIONS && hash % RAISED < Installation.PARTITIONS);
        var due = inSeconds(8);
        site.say(
                Samples.NASA,
                List.of(Installation.announcement(stays, due), Installation.announcement(goesAstray, due)));
        site.awaitAnswers();
        raisePartitions();

        try (var producer = site.newProducer(Samples.NASA, Map.of())) {
            for (var lid : List.of(stays, goesAstray)) {
                Command withdrawal = Samples.withdraw(lid, "1.0");
                var unused = Installation.join(site.send(producer, Samples.NASA, withdrawal));
            }
        }
        assertThat(Installation.CLOCK.instant()).as("said in time").isBefore(due);

        site.awaitReleaseOf(List.of(goesAstray));
        assertThat(site.verdicts(stays)).containsExactly("HELD", "WITHDRAWN");
        assertThat(site.refusals(Samples.NASA)).containsExactly("MISROUTED");
    }

    private void raisePartitions() throws Exception {
        var topic = Topics.commands(Samples.NASA);
        var admin = site.kafka().admin();
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(RAISED)))
                .all()
                .get();
        await().atMost(Installation.PATIENCE)
                .until(() -> requireNonNull(admin.describeTopics(List.of(topic))
                                        .allTopicNames()
                                        .get()
                                        .get(topic))
                                .partitions()
                                .size()
                        == RAISED);
    }

    /** A product whose key has such a hash, from which clients choose the partition. */
    private static String find(IntPredicate hash) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> Installation.lid(Samples.NASA, "more", number))
                .filter(lid -> hash.test(Utils.toPositive(Utils.murmur2(lid.getBytes(StandardCharsets.UTF_8)))))
                .findFirst()
                .orElseThrow();
    }

    private static Instant inSeconds(int seconds) {
        return Installation.CLOCK.instant().plusSeconds(seconds);
    }
}
