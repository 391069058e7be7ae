package space.halley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;

/** Folders that come and go with a benchmark. */
final class Folders {
    private Folders() {}

    /** Deletes a folder with all that is in it; does nothing if there is none. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(Objects.requireNonNull(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the benchmark's folder could not be deleted: " + folder, e);
        }
    }
}
