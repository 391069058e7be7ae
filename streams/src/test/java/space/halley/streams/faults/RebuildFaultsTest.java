package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.Command;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.PolicyDocument;
import space.halley.streams.StreamsService;
import space.halley.testkit.Generators;
import space.halley.testkit.RandomPolicy;
import space.halley.testkit.Samples;

/** Nothing is left of an installation but what agencies said: other lanes, on another broker, decide all of it again. */
@Tag("faults")
final class RebuildFaultsTest {
    private static final long SEED = 2062;
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
            // What was under way comes to its end, and no fence comes any more.
            try (var last = started(live, STANDING)) {
                live.awaitDecided();
                assertThat(last.ready()).isTrue();
            }
            assertThat(live.verdicts()).as("seed %s", SEED).containsKeys("POLICY", "REEVALUATED", "SHARED", "RELEASED");

            try (var again = live.ofWhatWasSaid(otherFolder);
                    var lanes = started(again, STANDING)) {
                again.awaitDecided();
                // The end of a transaction comes to one partition after the other.
                await().atMost(Installation.PATIENCE)
                        .untilAsserted(() -> assertThat(differences(live.decided(), again.decided()))
                                .as("seed %s", SEED)
                                .isEmpty());
                assertThat(lanes.ready()).isTrue();
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
            try (var lanes = round % 10 == 1 ? started(live, Installation.CLOCK) : null) {
                // No policy names an instant more exactly.
                var now = Installation.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
                if (round % 8 == 1) {
                    var version = 1 + round / 8;
                    live.say(Samples.NASA, version, document(policies, version, now));
                    // Neither of these is about a product, so nothing that follows from them has a key.
                    live.say(Samples.NASA, version + 1, "no policy");
                    live.say(Samples.ESA, new byte[] {1, 2, 3});
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
        try (var lanes = started(live, Installation.CLOCK)) {
            live.awaitReleaseOf(due);
            assertThat(lanes.ready()).isTrue();
        }
        assertThat(live.refusals(Samples.ESA)).contains("NOT_YOUR_NAMESPACE", "UNDECODABLE");
        assertThat(live.refusals(Samples.NASA)).contains("POLICY_INVALID");
        assertThat(live.released()).hasSizeGreaterThan(due.size());
    }

    /** The next document that is a policy; not all are. */
    private static String document(RandomPolicy policies, int version, Instant now) {
        return Stream.generate(() -> policies.document(Samples.NASA, version, List.of(Samples.ESA), now))
                .filter(RebuildFaultsTest::isPolicy)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isPolicy(String document) {
        try {
            return PolicyDocument.read(document).number() > 0;
        } catch (InvalidConfigurationException e) {
            return false;
        }
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

    private static StreamsService started(Installation site, InstantSource clock) throws Exception {
        var service = site.start("1", clock);
        await().atMost(Installation.PATIENCE).until(service::ready);
        return service;
    }
}
