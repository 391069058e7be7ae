package space.halley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each runs, and finds what it looks for, with as few products as can be. How fast it was says nothing here. */
final class ScaleBenchmarksTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Progress SILENT = step -> {};

    @Test
    void burstSeesEveryRelease() throws Exception {
        var report = new BurstBenchmark(new BurstBenchmark.Plan(1_000, 1, false), CLOCK, SILENT).run();

        assertThat(limit(report, "all visible, lane")).isBetween(0.0, 60.0);
        assertThat(limit(report, "rebalances")).isZero();
    }

    @Test
    void punctualSeesNoReleaseBeforeItsInstant() throws Exception {
        var report = new PunctualBenchmark(new PunctualBenchmark.Plan(5, 1), CLOCK, SILENT).run();

        assertThat(limit(report, "release after its instant, p99")).isPositive();
    }

    @Test
    void policyReachesEveryProduct() throws Exception {
        var report = new PolicyBenchmark(new PolicyBenchmark.Plan(2_000, 5, 1), CLOCK, SILENT).run();

        assertThat(figure(report, "evaluated anew")).isPositive();
        assertThat(figure(report, "releases due meanwhile")).isPositive();
    }

    @Test
    void heldMeasuresRatesMemoryAndIdleness() throws Exception {
        var report = new HeldBenchmark(
                        new HeldBenchmark.Plan(2_000, 500, 500, true, 1, Duration.ofMillis(500)), CLOCK, SILENT)
                .run();

        assertThat(figure(report, "commands, 2 000 held")).isPositive();
        assertThat(figure(report, "idle, none held")).isPositive();
        assertThat(limit(report, "stores' cache at its most")).isPositive();
    }

    @Test
    void tooLittleRoomOnTheDiskIsSaidBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> DiskSpace.require(Long.MAX_VALUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this needs 9223372036.9 GB")
                .hasMessageContaining("are free");
    }

    private static double figure(Report report, String name) {
        return report.figures().stream()
                .filter(series -> series.name().equals(name))
                .mapToDouble(Series::median)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no figure " + name));
    }

    private static double limit(Report report, String name) {
        return report.limits().stream()
                .filter(limit -> Objects.equals(limit.series().name(), name))
                .mapToDouble(limit -> limit.series().median())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no limit " + name));
    }
}
