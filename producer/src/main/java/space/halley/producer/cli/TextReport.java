package space.halley.producer.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import space.halley.producer.cli.Result.Kind;

/** A line per product of which there is something to say, and a summary; refusals on the error stream. */
final class TextReport implements Report {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Ansi ansi;
    private final Detail detail;
    private final boolean trial;
    private final Progress progress;

    /** Which products get a line. */
    enum Detail {
        /** Only those that need someone's attention. */
        QUIET,
        /** Also those that are held. */
        HELD,
        /** All. */
        ALL
    }

    /** @param trial whether nothing is sent, so that results say what would happen */
    TextReport(PrintWriter out, PrintWriter err, Ansi ansi, Detail detail, boolean trial, Progress progress) {
        this.out = out;
        this.err = err;
        this.ansi = ansi;
        this.detail = detail;
        this.trial = trial;
        this.progress = progress;
    }

    @Override
    public void result(Result result) {
        switch (result.kind()) {
            case REFUSED, REFUSED_LABEL -> print(err, "red", "refused", refusal(result));
            case UNANSWERED -> print(err, "yellow", "unanswered", unanswered(result));
            case SENT -> {
                if (detail == Detail.ALL) {
                    print(out, "green", "sent", result.id() + " (" + result.place() + ")");
                }
            }
            case ACCEPTED, REPEATED -> accepted(result);
        }
        progress.step();
    }

    private void accepted(Result result) {
        var status = String.valueOf(result.status()).toLowerCase(Locale.ROOT);
        var held = status.equals("held") || status.equals("partners");
        if (detail == Detail.QUIET || (!held && detail != Detail.ALL)) {
            return;
        }
        var text = new StringBuilder().append(result.id());
        if (held) {
            // Without an instant, the explanation says what must become known first.
            text.append(result.releaseAt() == null ? "" : " until " + result.releaseAt())
                    .append(": ")
                    .append(result.explanation());
        } else if (result.releaseAt() != null) {
            text.append(" since ").append(result.releaseAt());
        }
        if (result.kind() == Kind.REPEATED) {
            text.append(" (said before)");
        }
        print(out, held ? "cyan" : "green", status, text.toString());
    }

    private static String refusal(Result result) {
        var text = new StringBuilder();
        if (result.source() != null) {
            text.append(result.source());
            if (result.line() != null) {
                text.append(':').append(result.line());
            }
        }
        if (result.id() != null) {
            text.append(text.isEmpty() ? "" : " ").append(result.id());
        }
        text.append(": ").append(result.reason()).append(": ").append(result.explanation());
        if (result.advice() != null) {
            text.append("; ").append(result.advice());
        }
        return text.toString();
    }

    private static String unanswered(Result result) {
        return result.id() + " (" + result.place() + "): " + result.explanation() + "; " + result.advice();
    }

    @Override
    public void summary(Tally tally) {
        progress.close();
        if (detail == Detail.QUIET) {
            return;
        }
        var parts = new ArrayList<String>();
        parts.add(tally.read() + (tally.read() == 1 ? " product" : " products"));
        parts.add(tally.count(Kind.ACCEPTED)
                + (trial ? " would be accepted" : " accepted")
                + (tally.open() + tally.held() == 0
                        ? ""
                        : " (" + tally.open() + " public, " + tally.held() + " held)"));
        add(parts, tally.count(Kind.SENT), "sent");
        add(parts, tally.count(Kind.REPEATED), "said before");
        add(parts, tally.count(Kind.REFUSED_LABEL), "refused by the label reader");
        add(parts, tally.count(Kind.REFUSED), trial ? "would be refused by the rules" : "refused by the lane");
        add(parts, tally.count(Kind.UNANSWERED), "not answered yet");
        progress.line(() -> {
            out.println(String.join(", ", parts));
            out.flush();
        });
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    @Override
    public void close() {
        progress.close();
    }

    private void print(PrintWriter to, String colour, String word, String text) {
        var padded = word + " ".repeat(Math.max(1, 11 - word.length()));
        progress.line(() -> {
            to.println(ansi.string("@|" + colour + " " + padded + "|@") + text);
            to.flush();
        });
    }
}
