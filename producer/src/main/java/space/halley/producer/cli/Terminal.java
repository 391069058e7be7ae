package space.halley.producer.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What the standard streams are connected to. */
public final class Terminal {
    private static final int DEFAULT_WIDTH = 80;
    private static final int MIN_WIDTH = 40;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /** Control characters of both sets, and those that change the direction of what follows. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]");

    private Terminal() {}

    /**
     * Foreign text as a terminal may show it, in one line: what labels and agencies say must not move the cursor, change
     * colours, or look like another line.
     */
    public static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ");
    }

    /** Whether a person sees what is written to the standard output. */
    public static boolean isOutput() {
        return isTerminal(STDOUT);
    }

    /** Whether a person sees what is written to the standard error stream. */
    public static boolean isError() {
        return isTerminal(STDERR);
    }

    /** The number of columns; 80 where it cannot be told. */
    public static int width() {
        var columns = System.getenv("COLUMNS");
        if (columns != null && columns.matches("\\d{2,4}")) {
            return Math.max(MIN_WIDTH, Integer.parseInt(columns));
        }
        return isOutput() || isError() ? widthFromSystem() : DEFAULT_WIDTH;
    }

    /** Java tells only whether input and output both are a terminal; Linux tells it of each stream. */
    private static boolean isTerminal(int stream) {
        var link = Path.of("/proc/self/fd/" + stream);
        if (Files.isSymbolicLink(link)) {
            try {
                var target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private static int widthFromSystem() {
        try {
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            stty.waitFor(1, TimeUnit.SECONDS);
            return size.matches("\\d+ [1-9]\\d{1,3}")
                    ? Math.max(MIN_WIDTH, Integer.parseInt(size.substring(size.indexOf(' ') + 1)))
                    : DEFAULT_WIDTH;
        } catch (IOException e) {
            return DEFAULT_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DEFAULT_WIDTH;
        }
    }
}
