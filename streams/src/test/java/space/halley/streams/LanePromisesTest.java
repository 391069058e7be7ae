package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import space.halley.audit.Inspection;
import space.halley.audit.Promises;
import space.halley.audit.Recording;
import space.halley.testkit.FakeSchemas;
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
        try (var lane = lane(budget, scanBudget)) {
            var inputs = RandomHistory.ofOneLane(seed, INPUTS, lane.codecs);
            var recording = Recording.builder(lane.codecs);
            for (var input : inputs) {
                lane.broker.set(input.appendTime());
                lane.append(input.key(), input.value());
                if (random.nextInt(3) == 0) {
                    lane.host.set(input.appendTime());
                    lane.elapse(TICK);
                }
            }
            for (int step = 0; step < 3 * INPUTS; step++) {
                lane.elapse(TICK);
            }
            lane.recordInto(recording);

            var agencies = RandomHistory.AGENCIES;
            assertThat(Promises.violations(Promises.all(agencies, 1), recording.build()))
                    .isEmpty();
        }
    }

    @Property(tries = 30)
    void whereverTheLaneIsKilledTheAuditFindsWorkToDoAndNoViolation(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var one = new Budget(1, Duration.ofSeconds(1));
        var inspection = new Inspection(RandomHistory.AGENCIES, 1, Duration.ofMinutes(10));
        var unfinished = false;
        try (var lane = lane(one, one)) {
            var recording = Recording.builder(lane.codecs);
            for (var input : RandomHistory.ofOneLane(seed, INPUTS, lane.codecs)) {
                lane.broker.set(input.appendTime());
                lane.append(input.key(), input.value());
                lane.recordInto(recording);
                if (random.nextInt(8) == 0) {
                    lane.elapse(TICK);
                    lane.recordInto(recording);
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

    /** One that may share with two partners. */
    private static LaneHarness lane(Budget budget, Budget scanBudget) throws IOException {
        return new LaneHarness(
                Files.createTempDirectory("halley-lane-"),
                Samples.nasa(),
                Set.of(Samples.ESA, Samples.JAXA),
                new FakeSchemas(),
                budget,
                scanBudget,
                () -> 0L);
    }
}
