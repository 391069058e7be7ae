package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.testkit.Samples;
import space.halley.testkit.Wire;

/** A network between lanes and broker that breaks, or loses one direction, while releases fall due. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class NetworkFaultsTest {
    private static final int PRODUCTS = 400;
    /** Shorter than a transaction may last. */
    private static final Duration SHORT = Duration.ofSeconds(5);
    /** Longer: the broker aborts what the lane has begun. */
    private static final Duration LONG = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    private Installation site;
    private Wire wire;

    /** What happens to the network. */
    private interface Fault {
        void begin();
    }

    @BeforeEach
    void open() throws Exception {
        site = Installation.onOneBroker(folder);
        wire = site.kafka().wire();
    }

    @AfterEach
    void close() {
        wire.close();
        site.close();
    }

    @Test
    void releasesOnceWhateverTheNetworkDoes() throws Exception {
        try (var lanes = site.startOverWire("1")) {
            await().atMost(Installation.PATIENCE).until(lanes::ready);
            during("cut", wire::cut, SHORT);
            during("answers-late", wire::keepAnswers, SHORT);
            during("answers-too-late", wire::keepAnswers, LONG);
            during("requests-too-late", wire::keepRequests, LONG);
            await().atMost(Installation.PATIENCE).until(lanes::ready);
        }
    }

    private void during(String name, Fault fault, Duration length) {
        var from = Installation.CLOCK.instant().plusSeconds(2);
        var lids = site.announce(Samples.NASA, name, PRODUCTS, from, Duration.ofSeconds(4));
        site.awaitBegunReleaseOf(lids);

        fault.begin();
        var end = Installation.CLOCK.instant().plus(length);
        await().atMost(Installation.PATIENCE)
                .until(() -> Installation.CLOCK.instant().isAfter(end));
        // Otherwise nothing happened to the network.
        assertThat(lids).as("all is released before the network is back").anyMatch(lid -> !site.released()
                .contains(lid));
        wire.mend();

        site.awaitReleaseOf(lids);
    }
}
