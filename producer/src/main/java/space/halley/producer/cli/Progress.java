package space.halley.producer.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar in the last line of the terminal, above which lines can be printed; or nothing, where nobody would see
 * it. The bar is drawn by a thread of its library, so drawing and printing take turns.
 * Apart from that thread, it belongs to one.
 */
final class Progress implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Object turn = new Object();
    private final @Nullable PrintStream terminal;
    private @Nullable ProgressBar bar;

    private Progress(@Nullable PrintStream terminal, String task, int total) {
        this.terminal = terminal;
        this.bar = terminal == null
                ? null
                : ProgressBar.builder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                        .setUpdateIntervalMillis(100)
                        .setConsumer(new LastLine(terminal, Terminal.width()))
                        .build();
    }

    static Progress none() {
        return new Progress(null, "", 0);
    }

    static Progress on(PrintStream terminal, String task, int total) {
        return new Progress(terminal, task, total);
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    /** Prints a line above the bar. */
    void line(Runnable print) {
        synchronized (turn) {
            if (terminal != null && bar != null) {
                terminal.print(CLEAR_LINE);
                terminal.flush();
            }
            print.run();
        }
    }

    /** Takes the bar away; what is printed afterwards is printed as it is. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private final class LastLine implements ProgressBarConsumer {
        private final PrintStream to;
        private final int width;

        LastLine(PrintStream to, int width) {
            this.to = to;
            this.width = width;
        }

        @Override
        public int getMaxRenderedLength() {
            return width - 1;
        }

        @Override
        public void accept(String rendered) {
            synchronized (turn) {
                to.print(CLEAR_LINE + rendered);
                to.flush();
            }
        }

        @Override
        public void close() {
            synchronized (turn) {
                to.print(CLEAR_LINE);
                to.flush();
            }
        }
    }
}
