package space.halley.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import space.halley.producer.cli.Installation;

/** The choice of the data folder, the same for all commands. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "The data folder. Without it: HALLEY_DATA, or .halley beside the halley command.")
    private @Nullable Path folder;

    Path folder() {
        return Installation.of(folder).data().toAbsolutePath().normalize();
    }
}
