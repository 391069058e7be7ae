package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.Command;
import space.halley.streams.StreamsService;
import space.halley.testkit.Generators;
import space.halley.testkit.RandomPolicy;
import space.halley.testkit.Samples;

/** Nothing is left of an installation but what agencies said: other lanes, on another broker, decide all of it again. */
@Tag("faults")
final class RebuildFaultsTest {
    private static final long SEED = 2061;
    private static final int ROUNDS = 40;
    private static final int COMMANDS = 15;
    private static final int PRODUCTS = 30;
    /** Shows what is due long ago, so lanes propose no fence: those in the log must do. */
    private static final InstantSource STANDING = InstantSource.fixed(Instant.EPOCH);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void otherLanesDecideTheSame(@TempDir Path folder, @TempDir Path otherFolder) throws Exception {
        try (var live = Installation.onOneBroker(folder)) {
            speakAndRelease(live);
            try (var again = live.ofWhatWasSaid(otherFolder);
                    var lanes = again.start("1", STANDING)) {
                await().atMost(Installation.PATIENCE).until(lanes::ready);
                again.awaitAnswers();
                await().atMost(Installation.PATIENCE).untilAsserted(() -> assertThat(again.released())
                        .containsExactlyInAnyOrderElementsOf(live.released()));

                assertThat(differences(live.decided(), again.decided()))
                        .as("seed %s", SEED)
                        .isEmpty();
            }
        }
    }

    /** Agencies say anything, under policies that change, while the lanes end and start again; some of it falls due meanwhile. */
    private static void speakAndRelease(Installation live) throws Exception {
        var random = new Random(SEED);
        var generators = new Generators(random);
        var policies = new RandomPolicy(random);
        var due = new ArrayList<String>();
        for (var round = 1; round <= ROUNDS; round++) {
            try (var lanes = round % 10 == 1 ? started(live) : null) {
                var now = Installation.CLOCK.instant();
                if (round % 8 == 1) {
                    var version = 1 + round / 8;
                    live.say(Samples.NASA, version, policies.document(Samples.NASA, version, Samples.ESA, now));
                }
                var commands = new ArrayList<Command>();
                for (var i = 0; i < COMMANDS; i++) {
                    commands.add(generators.command(PRODUCTS, now));
                }
                live.say(round % 7 == 0 ? Samples.ESA : Samples.NASA, commands);
                if (lanes != null) {
                    due.addAll(live.announce(
                            Samples.NASA, "round-" + round, 50, now.plusMillis(200), Duration.ofSeconds(2)));
                    live.awaitReleaseOf(due);
                }
            }
        }
        try (var lanes = started(live)) {
            live.awaitReleaseOf(due);
            assertThat(lanes.ready()).isTrue();
        }
        assertThat(live.refusals(Samples.ESA)).contains("NOT_YOUR_NAMESPACE");
        assertThat(live.released()).hasSizeGreaterThan(due.size());
    }

    private static List<String> differences(
            Map<String, Map<String, List<String>>> live, Map<String, Map<String, List<String>>> again) {
        var differences = new ArrayList<String>();
        live.forEach((topic, values) -> {
            var others = again.getOrDefault(topic, Map.of());
            var keys = new TreeSet<>(values.keySet());
            keys.addAll(others.keySet());
            for (var key : keys) {
                var here = values.getOrDefault(key, List.of());
                var there = others.getOrDefault(key, List.of());
                if (!here.equals(there)) {
                    differences.add(topic + ", key " + key + ": " + here + " and " + there);
                }
            }
        });
        return differences;
    }

    private static StreamsService started(Installation site) throws Exception {
        var service = site.start("1");
        await().atMost(Installation.PATIENCE).until(service::ready);
        return service;
    }
}
