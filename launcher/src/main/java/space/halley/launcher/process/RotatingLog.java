package space.halley.launcher.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A log file that does not grow without bound: when it is full it becomes {@code name.1}, the one before {@code name.2},
 * and the oldest is deleted. Starts a new file when it is opened.
 *
 * <p>Written by one thread at a time.
 */
final class RotatingLog implements AutoCloseable {
    private final Path file;
    private final long limit;
    private final int kept;
    private OutputStream out;
    private long written;
    private boolean failing;

    /**
     * @param limit in bytes, after which a new file is begun at the next chance
     * @param kept how many older files stay
     */
    RotatingLog(Path file, long limit, int kept) throws IOException {
        this.file = file;
        this.limit = limit;
        this.kept = kept;
        shift();
        this.out = begin();
    }

    /**
     * Copies all that comes from a process until its end. What cannot be written, because the disk is full, is dropped:
     * a process that waits for its log to be read would stand still.
     */
    void copy(InputStream in) throws IOException {
        var buffer = new byte[8192];
        for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            try {
                write(buffer, length);
                failing = false;
            } catch (IOException e) {
                if (!failing) {
                    System.err.println("The log " + file + " cannot be written: " + e.getMessage());
                }
                failing = true;
            }
        }
    }

    private void write(byte[] buffer, int length) throws IOException {
        if (written >= limit) {
            out.close();
            shift();
            out = begin();
        }
        out.write(buffer, 0, length);
        written += length;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** The last lines of a log file, or nothing if it cannot be read. */
    static List<String> tail(Path file, int lines) {
        try {
            var all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of("(" + file + " cannot be read: " + e.getMessage() + ")");
        }
    }

    private OutputStream begin() throws IOException {
        written = 0;
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void shift() throws IOException {
        for (var number = kept; number >= 1; number--) {
            var from = number == 1 ? file : numbered(number - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
