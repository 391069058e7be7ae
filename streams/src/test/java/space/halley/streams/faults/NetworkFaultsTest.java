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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    /** What happens to the network, and for how long. */
    enum Fault {
        CUT(SHORT),
        ANSWERS_LATE(SHORT),
        ANSWERS_TOO_LATE(LONG),
        REQUESTS_TOO_LATE(LONG),
        ENDS_OF_TRANSACTIONS_LATE(SHORT),
        ENDS_OF_TRANSACTIONS_TOO_LATE(LONG);

        private final Duration length;

        Fault(Duration length) {
            this.length = length;
        }

        private void begin(Wire wire) {
            switch (this) {
                case CUT -> wire.cut();
                case ANSWERS_LATE, ANSWERS_TOO_LATE -> wire.keepAnswers();
                case REQUESTS_TOO_LATE -> wire.keepRequests();
                case ENDS_OF_TRANSACTIONS_LATE, ENDS_OF_TRANSACTIONS_TOO_LATE -> wire.keepEndsOfTransactions();
            }
        }
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
            for (var fault : Fault.values()) {
                var from = Installation.CLOCK.instant().plusSeconds(2);
                var lids = site.announce(Samples.NASA, fault.name(), PRODUCTS, from, Duration.ofSeconds(4));
                site.awaitBegunReleaseOf(lids);

                during(fault, () -> assertThat(lids)
                        .as("all is released before the network is back")
                        .anyMatch(lid -> !site.released().contains(lid)));

                site.awaitReleaseOf(lids);
            }
            await().atMost(Installation.PATIENCE).until(lanes::ready);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDrainGoesOnWhereTheNetworkLeftIt(Fault fault) throws Exception {
        try (var lanes = site.startOverWire("1")) {
            await().atMost(Installation.PATIENCE).until(lanes::ready);
            try (var drain = Drain.of(site, fault.name(), Installation.DRAIN)) {
                drain.awaitMiddle();

                during(fault, drain::assertInterrupted);

                site.awaitReleaseOf(drain.lids());
            }
            await().atMost(Installation.PATIENCE).until(lanes::ready);
        }
    }

    /** @param interrupted checks that something is left to be done; otherwise nothing happened to the network */
    private void during(Fault fault, Runnable interrupted) {
        fault.begin(wire);
        var end = Installation.CLOCK.instant().plus(fault.length);
        await().atMost(Installation.PATIENCE)
                .until(() -> Installation.CLOCK.instant().isAfter(end));
        interrupted.run();
        wire.mend();
    }
}
