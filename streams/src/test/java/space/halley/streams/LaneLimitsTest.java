package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import space.halley.domain.AgencyId;
import space.halley.domain.ContentHash;
import space.halley.domain.DataFile;
import space.halley.domain.Embargo;
import space.halley.domain.Existence;
import space.halley.domain.PolicyRegister;
import space.halley.domain.ProductDescription;
import space.halley.domain.RefusalReason;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Topics;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;

/** The lane where there is very much of something. */
final class LaneLimitsTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:image-";
    private static final int BUDGET = 10;
    /** How long a rule's, an agreement's or an event's name may be. */
    private static final int NAME = 100;

    private static final int PARTNERS = 50;
    private static final int AGREEMENTS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BUDGET, BUDGET + 1, 2_000})
    void releasesWhatIsDueAtOneInstantInStepsOfTheBudget(int products) {
        try (var lane = new LaneHarness(folder, new Budget(BUDGET, Duration.ofHours(1)), () -> 0L)) {
            var instant = LaneHarness.START.plusSeconds(60);
            for (var i = 0; i < products; i++) {
                lane.say(Samples.announce(Samples.aProduct(LID + i, "1.0"), Samples.at(instant), Existence.HIDDEN));
            }
            assertThat(lane.timers()).as("one for each that is held").isEqualTo(products);
            lane.elapse(Duration.ofSeconds(60));
            lane.deliverFences();
            var steps = new ArrayList<Integer>(List.of(lane.published().size()));
            for (var step = 0; step <= products / BUDGET + 1; step++) {
                lane.pass(Duration.ofMillis(50));
                steps.add(lane.published().size());
                assertThat(lane.timers())
                        .as("one for each that is still held")
                        .isEqualTo(products
                                - steps.stream().mapToInt(Integer::intValue).sum());
            }

            assertThat(steps).allSatisfy(released -> assertThat(released).isLessThanOrEqualTo(BUDGET));
            assertThat(steps.stream().mapToInt(Integer::intValue).sum()).isEqualTo(products);
            lane.elapse(Duration.ofDays(1));
            assertThat(lane.proposals).as("nothing is due any more").isEmpty();
        }
    }

    /** A thread does a step of every task before it looks at what is due; those that have nothing to drain take no time. */
    @ParameterizedTest
    @CsvSource({"20, 2", "0, 10"})
    void theDrainsOfAThreadShareTheBudget(int others, int step) {
        try (var lane = new LaneHarness(folder, new Budget(BUDGET, Duration.ofHours(1)), () -> 0L)) {
            var instant = LaneHarness.START.plusSeconds(60);
            for (var i = 0; i < 100; i++) {
                lane.say(Samples.announce(Samples.aProduct(LID + i, "1.0"), Samples.at(instant), Existence.HIDDEN));
            }
            for (var partition = 1; partition < 20; partition++) {
                lane.gauges.policies(partition, PolicyRegister.EMPTY);
                lane.turns.drains(partition, partition < others);
            }
            lane.elapse(Duration.ofSeconds(60));
            lane.deliverFences();
            var steps = new ArrayList<Integer>();
            while (lane.timers() > 0) {
                steps.add(lane.published().size());
                // One more where the tick belongs to the commands.
                lane.pass(Duration.ofMillis(50));
            }
            assertThat(steps).filteredOn(released -> released > 0).containsOnly(step);
            assertThat(lane.turns.drains(1, false)).as("this one is over").isEqualTo(Math.max(0, others - 2));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1000, 100", "4, 1000, 100", "5, 800, 80", "24, 166, 16", "1000, 4, 0", "100000, 1, 0"})
    void aRoundOfAllTasksTakesNoLongerThanOneOfFour(int tasks, int count, long millis) {
        var share = new Budget(1_000, Duration.ofMillis(100)).shared(tasks);

        assertThat(share.count()).isEqualTo(count);
        assertThat(share.time().toMillis()).isEqualTo(millis);
    }

    @Test
    void aStepGetsSomewhereHoweverLittleTimeItHas() {
        var meter = new Budget(2, Duration.ZERO).start(() -> 0L);

        assertThat(meter.spend()).isTrue();
        assertThat(meter.spend()).isFalse();
    }

    @Test
    void takesTenThousandCommandsOnOneProductAndKeepsOneTimer() {
        try (var lane = new LaneHarness(folder)) {
            var instant = LaneHarness.START.plusSeconds(1_000_000);
            lane.say(Samples.announce(Samples.aProduct(LID, "1.0"), Samples.at(instant), Existence.HIDDEN));
            for (var i = 1; i < 10_000; i++) {
                lane.say(Samples.reschedule(LID, "1.0", Samples.at(instant.minusSeconds(i))));
            }
            assertThat(lane.journal())
                    .hasSize(10_000)
                    .last()
                    .extracting(JournalEntry::schedule)
                    .isEqualTo(10_000);
            assertThat(lane.timers()).isOne();

            lane.pass(Duration.ofSeconds(1_000_000 - 9_999).minusMillis(1));
            assertThat(lane.published()).isEmpty();
            lane.pass(Duration.ofMillis(50));
            assertThat(lane.published()).hasSize(1);
            assertThat(lane.timers()).isZero();
            lane.elapse(Duration.ofSeconds(20_000));
            assertThat(lane.published()).isEmpty();
            assertThat(lane.proposals).isEmpty();
        }
    }

    @Test
    void whatIsAcceptedFitsIntoEveryTopicAtItsRelease() {
        try (var lane = new LaneHarness(folder)) {
            var product = large("1.0");
            lane.say(Samples.announce(product, Samples.at(LaneHarness.START.plusSeconds(60)), Existence.PUBLIC));
            lane.pass(Duration.ofSeconds(60).plusMillis(50));
            lane.pass(Duration.ofMillis(50));

            assertThat(lane.deadLetters()).isEmpty();
            assertThat(lane.published()).hasSize(2).allSatisfy(event -> assertThat(
                            lane.codecs.publicEvents().encode(event))
                    .hasSizeLessThan(limit(Topics.PUBLIC)));
            assertThat(lane.catalogue()).hasSize(2).allSatisfy(record -> assertThat(
                            lane.codecs.catalogue().encode(record))
                    .hasSizeLessThan(limit(Topics.CATALOG)));
        }
    }

    /** A thousand versions, the largest of them held, and as many turns of partners as a policy may give. */
    @Test
    void whatAProductMayBeFitsIntoItsChangelogAndIntoTheJournal() {
        var partners = IntStream.range(0, PARTNERS)
                .mapToObj(i -> new AgencyId(String.format("agency-with-a-long-name-%07d", i)))
                .toList();
        try (var lane = new LaneHarness(
                folder,
                Samples.nasa(),
                Set.copyOf(partners),
                new FakeSchemas(),
                LaneSettings.BUDGET,
                LaneSettings.SCAN_BUDGET,
                System::nanoTime)) {
            for (var version = 1; version < Embargo.MAX_VERSIONS; version++) {
                lane.say(Samples.announce(
                        Samples.aProduct(LID + "large", version + ".999999999"), Samples.atOnce(), Existence.HIDDEN));
            }
            lane.say(1, waitingPolicy(partners));
            lane.say(Samples.announce(large("1000.0"), Samples.byPolicy(), Existence.HIDDEN));
            lane.say(Samples.announce(Samples.aProduct(LID + "large", "1001.0"), Samples.atOnce(), Existence.HIDDEN));

            var entry = lane.journal().stream()
                    .filter(decision -> (LID + "large::1000.0").equals(decision.lidvid()))
                    .findFirst()
                    .orElseThrow();
            assertThat(entry.waiting()).hasSize(PARTNERS * AGREEMENTS);
            assertThat(lane.deadLetters())
                    .extracting(DeadLetter::reason)
                    .containsExactly(RefusalReason.TOO_MANY_VERSIONS);
            assertThat(lane.codecs.journal().encode(entry)).hasSizeLessThan(limit(Topics.JOURNAL));
            assertThat(lane.stateBytes(LID + "large"))
                    .isGreaterThan(Topics.MAX_COMMAND_BYTES)
                    .isLessThan(limit(Topics.changelog(Samples.NASA, Topics.Store.PRODUCTS)));
        }
    }

    private static String waitingPolicy(List<AgencyId> partners) {
        var policy = new StringBuilder("""
                agency: nasa
                version: 1
                rules:
                  - id: general
                    owner: NASA
                    release: {exclusive: P1Y, from: event, event: %s}
                    source: a test
                    confidence: assumed
                agreements:
                """.formatted("e".repeat(NAME)));
        for (var agreement = 0; agreement < AGREEMENTS; agreement++) {
            policy.append("""
                      - id: %s
                        match: {mission: mission.mars2020}
                        with: %s
                        share: {exclusive: P1M, from: event, event: %s}
                        source: a test
                    """.formatted("a".repeat(NAME - 2) + (10 + agreement), partners, "e".repeat(NAME)));
        }
        return policy.toString();
    }

    private static int limit(String topic) {
        return Samples.topics().all().stream()
                .filter(spec -> spec.name().equals(topic))
                .map(spec -> Integer.parseInt(spec.config().getOrDefault("max.message.bytes", "0")))
                .findFirst()
                .orElseThrow();
    }

    /** As large as a command may be, and of bytes that are longest when they are written again. */
    private static ProductDescription large(String version) {
        var some = Samples.aProduct(LID + "large", version);
        var files = IntStream.range(0, 1_600)
                .mapToObj(i -> new DataFile(i + "\u0000火".repeat(160), 1L, null))
                .toList();
        return new ProductDescription(
                some.id(),
                some.productClass(),
                some.title(),
                some.modelVersion(),
                some.description(),
                some.processingLevel(),
                some.startTime(),
                some.stopTime(),
                some.context(),
                some.keywords(),
                some.doi(),
                new ProductDescription.Label("label.xml", 1, ContentHash.of("label")),
                files);
    }
}
