package space.halley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Starts everything for real with the {@code halley} command: broker, registry, streams and API as processes, samples
 * published, stopped in order. As the run is also the one in which each program records the classes it loads, a build
 * leaves a distribution that starts fast.
 */
final class FastStartIT {
    private static final Path ROOT =
            Path.of(System.getProperty("halley.root", ".")).toAbsolutePath();
    private static final Path TARGET = ROOT.resolve("launcher/target");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everythingStartsPublishesItsSamplesAndStops() throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", ROOT.resolve("halley").toString(), "prepare").inheritIO();
        builder.environment().put("HALLEY_BUILD", "never");

        var code = builder.start().waitFor();

        var said = Files.readString(TARGET.resolve("halley-training.log"));
        assertThat(said)
                .contains("Halley is ready")
                .contains("samples are public")
                .contains("Halley has stopped");
        assertThat(code).as(said).isZero();
        for (var program : new String[] {"halley", "broker", "registry", "streams", "api"}) {
            assertThat(TARGET.resolve("halley/aot/" + program + ".aot")).isNotEmptyFile();
        }
    }
}
