package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import space.halley.audit.Promises;
import space.halley.audit.Recording;
import space.halley.testkit.Samples;
import space.halley.testkit.promises.RandomHistory;

/** The real lane keeps every promise over random histories, whatever its budget. */
final class LanePromisesTest {
    private static final int INPUTS = 100;

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
                recording.input(
                        input.at().agency(),
                        input.at().partition(),
                        input.at().offset(),
                        input.appendTime(),
                        input.key(),
                        input.value());
                if (random.nextInt(3) == 0) {
                    lane.host.set(input.appendTime());
                    lane.elapse(Duration.ofMillis(50));
                }
            }
            for (int step = 0; step < 3 * INPUTS; step++) {
                lane.elapse(Duration.ofMillis(50));
            }
            recording
                    .journal(lane.journal())
                    .published(lane.published())
                    .told(lane.shared())
                    .receipts(lane.receipts())
                    .deadLetters(lane.deadLetters())
                    .catalogue(lane.catalogue());

            var agencies = Samples.agencies();
            assertThat(Promises.violations(Promises.all(agencies, 1), recording.build()))
                    .isEmpty();
        }
    }
}
