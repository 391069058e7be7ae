package space.halley.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Shows what is being waited for. On a terminal one line tells what is not ready yet and for how long; each step that
 * ends leaves a line. Elsewhere only those lines appear. Safe for use by several threads.
 */
final class Progress {
    private static final int NAME = 10;
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private final Instant start;
    private final Set<String> open = new LinkedHashSet<>();

    Progress(PrintStream out, boolean terminal, InstantSource clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** A step has begun. */
    synchronized void begin(String step) {
        open.add(step);
        showOpen();
    }

    /** A step has ended well. */
    synchronized void end(String step, String what) {
        open.remove(step);
        erase();
        out.printf(Locale.ROOT, "  %-" + NAME + "s %6.1f s   %s%n", step, seconds(), what);
        showOpen();
    }

    /** Prints a line of text. */
    synchronized void line(String text) {
        erase();
        out.println(text);
        showOpen();
    }

    /** Nothing is waited for any more, however it ended. */
    synchronized void close() {
        open.clear();
        erase();
        out.flush();
    }

    /** Shows the time that has passed; called a few times a second. */
    synchronized void tick() {
        showOpen();
    }

    /** Since the beginning. */
    double seconds() {
        return Duration.between(start, clock.instant()).toMillis() / 1000.0;
    }

    private void erase() {
        if (terminal) {
            out.print(ERASE_LINE);
        }
    }

    private void showOpen() {
        if (terminal && !open.isEmpty()) {
            out.printf(Locale.ROOT, "%s  waiting for %s  %.1f s", ERASE_LINE, String.join(", ", open), seconds());
            out.flush();
        }
    }
}
