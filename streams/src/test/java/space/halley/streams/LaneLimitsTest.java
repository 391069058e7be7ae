package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import space.halley.domain.ContentHash;
import space.halley.domain.DataFile;
import space.halley.domain.Existence;
import space.halley.domain.PolicyRegister;
import space.halley.domain.ProductDescription;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Topics;
import space.halley.testkit.Samples;

/** The lane where there is very much of something. */
final class LaneLimitsTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:image-";
    private static final int BUDGET = 10;

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
            var product = large();
            lane.say(Samples.announce(product, Samples.at(LaneHarness.START.plusSeconds(60)), Existence.PUBLIC));
            lane.pass(Duration.ofSeconds(60).plusMillis(50));
            lane.pass(Duration.ofMillis(50));

            var limit = Samples.topics().all().stream()
                    .filter(topic -> topic.name().equals(Topics.PUBLIC))
                    .map(topic -> Integer.parseInt(topic.config().getOrDefault("max.message.bytes", "0")))
                    .findFirst()
                    .orElseThrow();
            assertThat(lane.deadLetters()).isEmpty();
            assertThat(lane.published()).hasSize(2).allSatisfy(event -> assertThat(
                            lane.codecs.publicEvents().encode(event))
                    .hasSizeLessThan(limit));
            assertThat(lane.catalogue()).hasSize(2).allSatisfy(record -> assertThat(
                            lane.codecs.catalogue().encode(record))
                    .hasSizeLessThan(limit));
        }
    }

    /** As large as a command may be, and of bytes that are longest when they are written again. */
    private static ProductDescription large() {
        var some = Samples.aProduct(LID + "large", "1.0");
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
