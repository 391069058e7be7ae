package space.halley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Room on the disk of the temporary folders, where the benchmarks have everything. */
final class DiskSpace {
    private DiskSpace() {}

    /**
     * Checks that there is enough room before anything is written.
     *
     * @throws IllegalStateException saying what is needed and what is there
     */
    static void require(long bytes) {
        var folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            var free = Files.getFileStore(folder).getUsableSpace();
            if (free < bytes) {
                throw new IllegalStateException("this needs " + gigabytes(bytes) + " in " + folder + ", and "
                        + gigabytes(free) + " are free; take fewer products, or another folder with"
                        + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the free space in " + folder + " cannot be seen", e);
        }
    }

    /** What the files in a folder hold, in bytes. Files may come and go meanwhile. */
    static long used(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.mapToLong(file -> {
                        var plain = file.toFile();
                        return plain.isFile() ? plain.length() : 0;
                    })
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("the files in " + folder + " cannot be seen", e);
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
