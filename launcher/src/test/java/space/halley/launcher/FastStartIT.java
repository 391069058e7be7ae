package space.halley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code halley prepare} runs everything once, and keeps a cache of the classes that each program loaded. */
final class FastStartIT {
    private static final Path TARGET = HalleyScript.ROOT.resolve("launcher/target");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void preparingLeavesACacheForEachProgram() throws IOException, InterruptedException {
        var prepared = HalleyScript.run("prepare");

        var said = Files.readString(TARGET.resolve("halley-training.log"));
        assertThat(said)
                .contains("Halley is ready")
                .contains("samples are public")
                .contains("Halley has stopped");
        assertThat(prepared.code()).as(prepared.text() + said).isZero();
        for (var program : new String[] {"halley", "broker", "registry", "streams", "api"}) {
            assertThat(TARGET.resolve("halley/cds/" + program + ".jsa")).isNotEmptyFile();
        }
    }
}
