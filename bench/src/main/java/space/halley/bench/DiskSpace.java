package space.halley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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
        var bytes = new AtomicLong();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                    return goOn(problem);
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
                        throws IOException {
                    return problem == null ? FileVisitResult.CONTINUE : goOn(problem);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the files in " + folder + " cannot be seen", e);
        }
        return bytes.get();
    }

    private static FileVisitResult goOn(IOException problem) throws IOException {
        if (problem instanceof NoSuchFileException) {
            // It went between the look at its folder and the look at itself.
            return FileVisitResult.CONTINUE;
        }
        throw problem;
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
