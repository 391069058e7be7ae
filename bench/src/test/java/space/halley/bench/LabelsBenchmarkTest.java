package space.halley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelsBenchmarkTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void readsTheSamples() throws Exception {
        var samples = Path.of(Objects.requireNonNull(System.getProperty("halley.root")), "samples");

        var report = over(samples).run();

        assertThat(report.figures()).hasSize(3).allSatisfy(figure -> assertThat(figure.median())
                .isPositive());
        assertThat(report.ratios()).hasSize(1);
    }

    @Test
    void saysThatAFolderHasNoLabels() throws Exception {
        Files.writeString(folder.resolve("other.xml"), "<other/>");

        assertThatThrownBy(() -> over(folder).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no label");
    }

    private static LabelsBenchmark over(Path folder) {
        return new LabelsBenchmark(new LabelsBenchmark.Plan(folder, 1, Duration.ofMillis(1)), step -> {});
    }
}
