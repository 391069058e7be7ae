package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import space.halley.audit.Appended;
import space.halley.audit.Inspection;
import space.halley.audit.Promises;
import space.halley.audit.Recording;
import space.halley.testkit.Samples;
import space.halley.testkit.promises.RandomHistory;

/** The real lane keeps every promise over random histories, whatever its budget. */
final class LanePromisesTest {
    private static final int INPUTS = 100;
    private static final Duration TICK = Duration.ofMillis(50);

    @Property(tries = 30)
    void theLaneKeepsEveryPromise(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var budget =
                random.nextBoolean() ? LaneSettings.BUDGET : new Budget(1 + random.nextInt(2), Duration.ofSeconds(1));
        var scanBudget = new Budget(1 + random.nextInt(3), Duration.ofSeconds(1));
        try (var lane = new LaneHarness(Files.createTempDirectory("halley-lane-"), budget, scanBudget, () -> 0L)) {
            var inputs = RandomHistory.ofOneLane(seed, INPUTS, lane.codecs);
            var recording = Recording.builder(lane.codecs);
            for (var input : inputs) {
                lane.broker.set(input.appendTime());
                lane.append(input.key(), input.value());
                record(recording, input);
                if (random.nextInt(3) == 0) {
                    lane.host.set(input.appendTime());
                    lane.elapse(TICK);
                }
            }
            for (int step = 0; step < 3 * INPUTS; step++) {
                lane.elapse(TICK);
            }
            recordOutputs(lane, recording);

            var agencies = Samples.agencies();
            assertThat(Promises.violations(Promises.all(agencies, 1), recording.build()))
                    .isEmpty();
        }
    }

    @Property(tries = 30)
    void whereverTheLaneIsKilledTheAuditFindsWorkToDoAndNoViolation(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var one = new Budget(1, Duration.ofSeconds(1));
        var inspection = new Inspection(Samples.agencies(), 1, Duration.ofMinutes(10));
        var unfinished = false;
        try (var lane = new LaneHarness(Files.createTempDirectory("halley-lane-"), one, one, () -> 0L)) {
            var recording = Recording.builder(lane.codecs);
            for (var input : RandomHistory.ofOneLane(seed, INPUTS, lane.codecs)) {
                lane.broker.set(input.appendTime());
                lane.append(input.key(), input.value());
                record(recording, input);
                recordOutputs(lane, recording);
                if (random.nextInt(8) == 0) {
                    lane.elapse(TICK);
                    recordOutputs(lane, recording);
                }
                if (random.nextInt(4) == 0) {
                    var report = inspection.of(recording.build());
                    assertThat(report.violations().values())
                            .allSatisfy(found -> assertThat(found).isEmpty());
                    unfinished |= report.unfinished() > 0;
                }
            }
        }
        Statistics.label("found in the middle of a drain or scan")
                .collect(unfinished)
                .coverage(checker -> checker.check(true).count(count -> count > 0));
    }

    private static void record(Recording.Builder recording, Appended input) {
        recording.input(
                input.at().agency(),
                input.at().partition(),
                input.at().offset(),
                input.appendTime(),
                input.key(),
                input.value());
    }

    /** What the lane has written since the last time. */
    private static void recordOutputs(LaneHarness lane, Recording.Builder recording) {
        recording
                .journal(lane.journal())
                .published(lane.published())
                .told(lane.shared())
                .receipts(lane.receipts())
                .deadLetters(lane.deadLetters())
                .catalogue(lane.catalogue());
    }
}
