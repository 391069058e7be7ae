package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.AgencyId;
import space.halley.domain.Command;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;
import space.halley.streams.StreamsService;
import space.halley.testkit.Samples;

/** What comes to the lanes, or what they may do, is not as it should be. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class InputFaultsTest {
    private static final int HOT = 10_000;

    @TempDir
    private static Path folder;

    private static Installation site;
    private static StreamsService lanes;

    @BeforeAll
    static void open() throws Exception {
        site = Installation.onOneBroker(folder);
        lanes = site.start("1");
        await().atMost(Installation.PATIENCE).until(lanes::ready);
    }

    @AfterAll
    static void close() {
        lanes.close();
        site.close();
    }

    @Test
    void aLaneThatMayNotWriteSaysSoAndReleasesLater() throws Exception {
        var rights = takeRightToWrite(Topics.PUBLIC);
        var lids = site.announce(Samples.NASA, "forbidden", 50, inSeconds(2), Duration.ofSeconds(2));

        await().atMost(Installation.PATIENCE).untilAsserted(() -> assertThat(site.health(lanes))
                .contains("TopicAuthorizationException", "not ready"));
        assertThat(site.verdicts(lids.getFirst())).containsExactly("HELD");
        assertThat(site.physicallyPublic(lids.getFirst())).isEmpty();

        site.kafka().admin().createAcls(rights).all().get();
        site.awaitReleaseOf(lids);
        await().atMost(Installation.PATIENCE).until(lanes::ready);
    }

    @Test
    void aLaneWhoseFencesReachNobodySaysHowLateItIsAndReleasesLater() throws Exception {
        var rights = takeRightToWrite(Topics.commands(Samples.NASA));
        var lids = site.announce(Samples.NASA, "no-fence", 50, inSeconds(2), Duration.ofSeconds(1));

        await().atMost(Installation.PATIENCE)
                .untilAsserted(() -> assertThat(overdueMillis(Samples.NASA)).isGreaterThan(5_000));
        // Nothing else is wrong: only how late it is tells.
        assertThat(lanes.ready()).isTrue();
        assertThat(overdueMillis(Samples.ESA)).isZero();
        assertThat(site.physicallyPublic(lids.getFirst())).isEmpty();

        site.kafka().admin().createAcls(rights).all().get();
        site.awaitReleaseOf(lids);
        await().atMost(Installation.PATIENCE)
                .untilAsserted(() -> assertThat(overdueMillis(Samples.NASA)).isZero());
    }

    /** What an operator's alarm looks at. */
    private static long overdueMillis(AgencyId agency) throws Exception {
        return new ObjectMapper()
                .readTree(site.health(lanes))
                .path("lanes")
                .path(agency.value())
                .required("overdue_ms")
                .asLong();
    }

    /** Takes away the lanes' right to write to a topic, and returns what has to be granted to give it back. */
    private static List<AclBinding> takeRightToWrite(String topic) throws Exception {
        var rights = site.topics().acls().stream()
                .filter(right -> right.pattern().name().equals(topic))
                .filter(right -> right.entry().principal().equals("User:streams"))
                .filter(right -> right.entry().operation() == AclOperation.WRITE)
                .toList();
        assertThat(rights).isNotEmpty();
        site.kafka()
                .admin()
                .deleteAcls(rights.stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
        return rights;
    }

    /** What fits in fits out, unless somebody lowers a topic's limit. */
    @Test
    void aReleaseThatIsTooLargeForThePublicLogIsNotSkipped() throws Exception {
        var lids = site.announce(Samples.NASA, "too-large", 50, inSeconds(3), Duration.ofSeconds(1));
        site.awaitAnswers();
        site.configure(Topics.PUBLIC, Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "200"));

        await().atMost(Installation.PATIENCE)
                .untilAsserted(() -> assertThat(site.health(lanes)).contains("RecordTooLargeException", "not ready"));
        assertThat(site.verdicts(lids.getFirst())).containsExactly("HELD");

        site.configure(
                Topics.PUBLIC,
                Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(4 * Topics.MAX_COMMAND_BYTES)));
        site.awaitReleaseOf(lids);
        await().atMost(Installation.PATIENCE).until(lanes::ready);
    }

    @Test
    void aDayThatIsSaidAgainFromAnotherSiteChangesNothing() throws Exception {
        var due = inSeconds(3);
        var lids = site.lids(Samples.NASA, "again", 300);
        var day = lids.stream()
                .map(lid -> (Command) Installation.announcement(lid, due))
                .toList();
        site.say(Samples.NASA, day);
        site.awaitReleaseOf(lids);
        var records = site.physicallyPublic(lids.getFirst()).size();

        try (var other = site.newProducer(Samples.NASA, Map.of())) {
            var pending = day.stream()
                    .map(command -> site.send(other, Samples.NASA, command))
                    .toList();
            site.say(Samples.NASA, day);
            pending.forEach(Installation::join);
        }
        site.checkPromises();

        assertThat(site.physicallyPublic(lids.getFirst())).hasSize(records);
        assertThat(site.verdicts(lids.getFirst()))
                .filteredOn("RELEASED"::equals)
                .hasSize(1);
        assertThat(site.receipts(Samples.NASA))
                .filteredOn(receipt -> String.valueOf(receipt.lidvid()).startsWith(lids.getFirst() + "::"))
                .extracting(Receipt::answer)
                .hasSize(3)
                .hasOnlyElementsOfType(Receipt.Accepted.class)
                .filteredOn(answer -> ((Receipt.Accepted) answer).repeated())
                .hasSize(2);
    }

    @Test
    void tenThousandCommandsOnOneProductKeepNothingElseWaiting() throws Exception {
        var hot = Installation.lid(Samples.NASA, "hot", 0);
        var later = inSeconds(3_600);
        site.say(Samples.NASA, List.of(Installation.announcement(hot, later)));
        var neighbours = site.announce(Samples.NASA, "beside", 40, inSeconds(2), Duration.ofSeconds(2));
        var others = site.announce(Samples.ESA, "elsewhere", 40, inSeconds(2), Duration.ofSeconds(2));
        site.say(
                Samples.NASA,
                IntStream.rangeClosed(1, HOT)
                        .mapToObj(number ->
                                (Command) Samples.reschedule(hot, "1.0", Samples.at(later.plusMillis(number))))
                        .toList());

        site.awaitReleaseOf(neighbours);
        site.awaitReleaseOf(others);
        site.say(Samples.NASA, List.of(Samples.reschedule(hot, "1.0", Samples.at(inSeconds(1)))));
        site.awaitReleaseOf(List.of(hot));
        assertThat(site.verdicts(hot))
                .startsWith("HELD", "RESCHEDULED")
                .endsWith("RESCHEDULED", "RELEASED")
                .hasSize(HOT + 3);
    }

    @Test
    void aWithdrawalIsNotOvertakenThoughTheLaneIsBehindAtTheInstant() throws Exception {
        var due = inSeconds(8);
        var lid = Installation.lid(Samples.NASA, "taken-back", 0);
        site.say(Samples.NASA, List.of(Installation.announcement(lid, due)));
        site.awaitAnswers();
        // The lane needs half a minute to read the backlog.
        site.quota("streams", "consumer_byte_rate", 20_000.0);
        var backlog = site.announce(Samples.NASA, "backlog", 1_000, due.minusSeconds(3600), Duration.ofSeconds(1));
        site.say(Samples.NASA, List.of(Samples.withdraw(lid, "1.0")));
        assertThat(Installation.CLOCK.instant()).as("said in time").isBefore(due);
        awaitInstant(due.plusMillis(500));
        assertThat(site.verdicts(lid)).as("the lane is behind").containsExactly("HELD");
        site.quota("streams", "consumer_byte_rate", null);

        site.awaitReleaseOf(backlog);
        assertThat(site.verdicts(lid)).containsExactly("HELD", "WITHDRAWN");
        assertThat(site.physicallyPublic(lid)).isEmpty();
    }

    @Test
    void anAgencyThatIsThrottledDelaysNoOther() throws Exception {
        site.quota("nasa", "producer_byte_rate", 5_000.0);
        var much = IntStream.range(0, 500)
                .mapToObj(number -> site.send(
                        site.producer(Samples.NASA),
                        Samples.NASA,
                        Installation.announcement(Installation.lid(Samples.NASA, "throttled", number), inSeconds(3))))
                .toList();
        var punctual = inSeconds(4);
        var lids = site.announce(Samples.ESA, "free", 100, punctual, Duration.ofMillis(1));

        awaitInstant(punctual.plusSeconds(3));
        assertThat(site.released()).containsAll(lids);
        assertThat(much).as("the other is throttled").anyMatch(pending -> !pending.isDone());

        site.quota("nasa", "producer_byte_rate", null);
        much.forEach(Installation::join);
        site.awaitReleaseOf(site.lids(Samples.NASA, "throttled", much.size()));
    }

    @Test
    void poisonIsRefusedAndItsNeighboursAreReleased() throws Exception {
        var before = site.health(lanes);
        var good = encoded("poison", 0);
        var unknownSchema = good.clone();
        unknownSchema[1] = 0x7f;
        var random = "no Avro at all".getBytes(StandardCharsets.UTF_8);
        var key = Installation.lid(Samples.NASA, "poison", 0);
        var neighbours = site.announce(Samples.NASA, "before", 20, inSeconds(3), Duration.ofSeconds(1));

        raw(0, key, random);
        raw(1, key, unknownSchema);
        raw(2, key, Arrays.copyOf(good, good.length / 2));
        raw(3, key, new byte[0]);
        raw(0, key, null);
        raw(1, null, good);
        // The right key, but in every partition: one of them is right.
        for (var partition = 0; partition < 4; partition++) {
            raw(partition, key, good);
        }
        raw(2, "another key", good);
        assertThatThrownBy(() -> raw(3, key, new byte[2 << 20])).hasRootCauseInstanceOf(RecordTooLargeException.class);

        var more = site.announce(Samples.NASA, "after", 20, inSeconds(3), Duration.ofSeconds(1));
        site.awaitReleaseOf(neighbours);
        site.awaitReleaseOf(more);
        assertThat(site.refusals(Samples.NASA)).hasSize(10);
        assertThat(site.health(lanes)).isEqualTo(before);
    }

    private static Instant inSeconds(int seconds) {
        return Installation.CLOCK.instant().plusSeconds(seconds);
    }

    private static void awaitInstant(Instant instant) {
        await().atMost(Installation.PATIENCE)
                .until(() -> Installation.CLOCK.instant().isAfter(instant));
    }

    private static byte[] encoded(String series, int number) {
        Command command = Installation.announcement(Installation.lid(Samples.NASA, series, number), inSeconds(3));
        return site.encode(command);
    }

    /** Writes to NASA's commands what its publisher would never write. */
    private static void raw(int partition, @Nullable String key, byte @Nullable [] value) throws Exception {
        var any = Map.<String, Object>of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 << 20);
        try (var producer = site.newProducer(Samples.NASA, any)) {
            producer.send(new ProducerRecord<>(
                            Topics.commands(Samples.NASA),
                            partition,
                            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                            value))
                    .get();
        }
    }
}
