package space.halley.streams;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many simulations. {@code -Dhalley.simulation.seeds=5000} runs that many instead of 200, {@code -Dhalley.simulation.seed=7}
 * runs one. A seed that failed once goes into {@code seeds.txt} and runs for ever.
 */
final class LaneSimulationTest {
    private static final int SEEDS = Integer.getInteger("halley.simulation.seeds", 200);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void everyPromiseIsKeptWhateverHappens() {
        var one = Long.getLong("halley.simulation.seed");
        if (one != null) {
            simulate(one);
            return;
        }
        // New seeds every time; the first one tells them all.
        var first = new Random().nextLong();
        System.out.println("simulation: " + SEEDS + " seeds, drawn from " + first);
        new Random(first).longs(SEEDS).forEach(this::simulate);
    }

    @Test
    void whatFailedOnceDoesNotFailAgain() throws IOException {
        try (var file = LaneSimulationTest.class.getResourceAsStream("/seeds.txt")) {
            var seeds = new ArrayList<Long>();
            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> seeds.add(Long.parseLong(line)));
            LongStream.concat(seeds.stream().mapToLong(Long::longValue), LongStream.range(0, 10))
                    .forEach(this::simulate);
        }
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (var seed = 0; seed < 5; seed++) {
            Assertions.assertEquals(story(seed), story(seed));
        }
    }

    /** A fault that the scheduler no longer draws would be missed by nobody. */
    @Test
    void everyFaultHappensWithinAFewSeeds() {
        var stories = LongStream.range(0, 40).mapToObj(this::story).collect(Collectors.joining());
        for (var fault : List.of(
                "in the middle of a step",
                "between two steps",
                "while it restores",
                "before it has done anything",
                "after its first look",
                "ends in order",
                "with work begun",
                "a fence is lost",
                "wrong by PT87672H",
                "wrong by PT-87672H")) {
            Assertions.assertTrue(stories.contains(fault), fault);
        }
    }

    /** Otherwise a state that is wrong for a while could hide behind what comes later. */
    @Test
    void aRecordThatIsMissingIsFoundLongBeforeTheEnd() {
        for (var sink : Outputs.Sink.values()) {
            for (var seed = 0; seed < 3; seed++) {
                var count = new AtomicInteger();
                var simulation = new LaneSimulation(
                        seed, folder, written -> written.equals(sink.sinkName()) && count.incrementAndGet() % 3 == 0);
                Assertions.assertThrows(AssertionError.class, simulation::run, sink + " in seed " + seed);
                Assertions.assertFalse(simulation.story().contains("the faults stop"), sink + " in seed " + seed);
            }
        }
    }

    private String story(long seed) {
        var simulation = new LaneSimulation(seed, folder);
        var violations = simulation.run();
        return violations + simulation.story();
    }

    private void simulate(long seed) {
        LaneSimulation simulation;
        try {
            simulation = new LaneSimulation(seed, folder);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ", before its first step: " + e.getMessage(), e);
        }
        try {
            var violations = simulation.run();
            if (!violations.isEmpty()) {
                Assertions.fail("seed " + seed + " breaks promises at the end:\n  " + String.join("\n  ", violations)
                        + "\n\n  " + simulation.story());
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n\n  " + simulation.story(), e);
        }
    }
}
