package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.testkit.Samples;

/** What a lane knows, where it goes on and whom it may speak to no longer fit together, so it must not go on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class LostStateTest {
    @TempDir
    private Path folder;

    private Installation site;
    private List<String> held;

    @BeforeEach
    void open() throws Exception {
        site = Installation.onOneBroker(folder);
        try (var lanes = site.start("1")) {
            held = site.announce(
                    Samples.NASA, "held", 20, Installation.CLOCK.instant().plusSeconds(3_600), Duration.ofSeconds(1));
            site.announce(
                    Samples.ESA, "others", 4, Installation.CLOCK.instant().plusSeconds(3_600), Duration.ofSeconds(1));
            var open = site.announce(
                    Samples.NASA, "open", 4, Installation.CLOCK.instant().plusSeconds(1), Duration.ofMillis(10));
            site.awaitAnswers();
            site.awaitReleaseOf(open);
            await().atMost(Installation.PATIENCE).until(lanes::ready);
        }
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** A broker forgets where a group was that nobody is in for long enough. */
    @Test
    void whatWasDecidedIsNotDecidedAgainWhenThePlaceIsForgotten() throws Exception {
        var lane = Topics.lane(Samples.NASA);
        var places = site.kafka()
                .admin()
                .listConsumerGroupOffsets(lane)
                .partitionsToOffsetAndMetadata()
                .get();
        nobodyIsIn(lane);
        site.kafka()
                .admin()
                .deleteConsumerGroupOffsets(lane, places.keySet())
                .all()
                .get();

        try (var lanes = site.start("1")) {
            await().atMost(Installation.PATIENCE).untilAsserted(() -> assertThat(site.health(lanes))
                    .contains("\"DOWN\"", "would go on at offset 0, which was decided before"));
            assertThat(site.verdicts(held.getFirst())).containsExactly("HELD");
        }

        nobodyIsIn(lane);
        site.kafka()
                .admin()
                .alterConsumerGroupOffsets(lane, behindTheReceipts())
                .all()
                .get();
        goesOn();
    }

    @Test
    void aLaneWhoseChangelogsAreLostStaysDownAndTheOthersRun() throws Exception {
        var changelogs = Stream.of(Topics.Store.values())
                .map(store -> Topics.changelog(Samples.NASA, store))
                .toList();
        site.kafka().admin().deleteTopics(changelogs).all().get();
        await().atMost(Installation.PATIENCE).until(() -> site.kafka().admin().listTopics().names().get().stream()
                .noneMatch(changelogs::contains));
        site.kafka().install(site.topics());

        try (var lanes = site.start("1")) {
            var health = site.health(lanes);
            assertThat(health)
                    .contains("something has been decided, and all changelogs are empty")
                    .doesNotContain(held.getFirst());
            var open = site.talk(Samples.ESA, "open", 1).get();
            site.awaitReleaseOf(open);
            assertThat(site.health(lanes)).contains("\"DOWN\"");
        }
    }

    @Test
    void anAgencyThatWasToldSomethingKeepsItsProfile() throws Exception {
        var left = "halley.partners.gone";
        site.kafka()
                .admin()
                .createTopics(List.of(new NewTopic(left, 2, (short) 1)))
                .all()
                .get();
        site.start("1").close();

        var client = new HashMap<String, Object>(site.kafka().clientConfig());
        try (var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(left, 1, null, "told".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }

        site.kafka()
                .admin()
                .createAcls(site.topics().acls().stream()
                        .filter(right -> right.pattern().name().equals(Topics.partners(Samples.ESA)))
                        .map(right -> new AclBinding(
                                new ResourcePattern(
                                        right.pattern().resourceType(),
                                        left,
                                        right.pattern().patternType()),
                                right.entry()))
                        .toList())
                .all()
                .get();
        assertThatThrownBy(() -> site.start("1"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("topic halley.partners.gone has records for a partner that has no profile here");
    }

    /** As the message says. Where a fence stands behind the last receipt, it is decided again, and opens nothing. */
    private Map<TopicPartition, OffsetAndMetadata> behindTheReceipts() {
        var places = new HashMap<TopicPartition, OffsetAndMetadata>();
        site.receipts(Samples.NASA)
                .forEach(receipt -> places.merge(
                        new TopicPartition(Topics.commands(Samples.NASA), receipt.commandPartition()),
                        new OffsetAndMetadata(receipt.commandOffset() + 1),
                        (one, other) -> one.offset() < other.offset() ? other : one));
        return places;
    }

    /** An instance that ends does not leave the group, so that it can come back as the same member. */
    private void nobodyIsIn(String lane) throws Exception {
        site.kafka()
                .admin()
                .removeMembersFromConsumerGroup(lane, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
    }

    /** What is held is withdrawn: the lane knows it. */
    private void goesOn() throws Exception {
        try (var lanes = site.start("1")) {
            site.say(Samples.NASA, List.of(Samples.withdraw(held.getFirst(), "1.0")));
            site.awaitAnswers();
            assertThat(site.verdicts(held.getFirst())).containsExactly("HELD", "WITHDRAWN");
            assertThat(lanes.ready()).isTrue();
        }
    }
}
