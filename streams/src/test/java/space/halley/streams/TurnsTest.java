package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TurnsTest {
    private final Turns turns = new Turns();

    @Test
    void withoutCommandsRoundFollowsRound() {
        for (var round = 0; round < 3; round++) {
            assertThat(asked(0, 1, 2)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void afterARoundTheCommandsHaveTheTimeUntilTheNextTickOfWhoeverCameFirst() {
        assertThat(asked(0, 1, 2)).containsExactly(0, 1, 2);
        turns.commandCame();

        assertThat(asked(1, 2, 0, 2)).as("ticks that steps had made overdue").isEmpty();
        assertThat(asked(2, 0)).isEmpty();
        assertThat(asked(1, 2, 0)).as("the next round").containsExactly(1, 2, 0);
    }

    @Test
    void whatHasHadItsTimeStopsNoFurtherRound() {
        turns.commandCame();
        assertThat(asked(0)).containsExactly(0);
        assertThat(asked(0)).isEmpty();
        assertThat(asked(0)).containsExactly(0);

        assertThat(asked(0)).as("nothing has come since").containsExactly(0);
    }

    @Test
    void aStepThatNobodyAskedForIsFollowedByTheCommandsTime() {
        turns.steppedAtOnce(0);

        assertThat(asked(0)).isEmpty();
        assertThat(asked(0)).containsExactly(0);
    }

    @Test
    void aPartitionThatHasDrainedOrIsClosedStopsNobody() {
        for (var end : List.<Runnable>of(() -> turns.drains(0, false), () -> turns.closed(0))) {
            turns.drains(0, true);
            turns.drains(1, true);
            assertThat(asked(0, 1)).containsExactly(0, 1);
            turns.commandCame();
            assertThat(asked(0, 1)).isEmpty();

            end.run();

            assertThat(asked(1)).containsExactly(1);
            assertThat(turns.drains(1, false)).isZero();
        }
    }

    @Test
    void nobodyIsOvertakenThatHasNotHadItsStep() {
        turns.drains(0, true);
        turns.drains(1, true);
        assertThat(asked(0)).containsExactly(0);
        turns.commandCame();

        assertThat(asked(0)).isEmpty();
        assertThat(asked(1)).containsExactly(1);
    }

    @Test
    void aPartitionThatNeverAsksStopsNobody() {
        turns.drains(0, true);
        turns.drains(1, true);
        assertThat(asked(0)).containsExactly(0);
        turns.commandCame();

        assertThat(asked(0)).isEmpty();
        assertThat(asked(0)).isEmpty();
        assertThat(asked(0)).containsExactly(0);
    }

    @Test
    void everyPartitionHasItsStepAtEveryFourthTickAtLeast() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var partitions = 1 + random.nextInt(6);
        var refused = new int[partitions];
        IntStream.range(0, partitions).forEach(partition -> turns.drains(partition, true));
        for (var tick = 0; tick < 10_000; tick++) {
            var order = new ArrayList<>(IntStream.range(0, partitions).boxed().toList());
            Collections.shuffle(order, random);
            for (var partition : order) {
                if (random.nextBoolean()) {
                    turns.commandCame();
                }
                refused[partition] = turns.mayStep(partition) ? 0 : refused[partition] + 1;
                assertThat(refused[partition])
                        .as("seed %s, tick %s", seed, tick)
                        .isLessThan(4);
            }
        }
    }

    /** Those of them that may do a step. */
    private List<Integer> asked(int... partitions) {
        return IntStream.of(partitions).filter(turns::mayStep).boxed().toList();
    }
}
