package space.halley.producer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One JSON object per line: {@code {"result": "accepted", …}} per product, then {@code {"summary": …}}. */
final class JsonReport implements Report {
    private final PrintWriter out;
    private final boolean trial;
    private final Progress progress;

    /** @param trial whether nothing is sent, so that results say what would happen */
    JsonReport(PrintWriter out, boolean trial, Progress progress) {
        this.out = out;
        this.trial = trial;
        this.progress = progress;
    }

    @Override
    public void result(Result result) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("result", word(result.kind()));
        put(json, "source", result.source());
        if (result.line() != null) {
            json.put("line", result.line());
        }
        put(json, "lidvid", result.id());
        put(json, "status", result.status() == null ? null : result.status().toLowerCase(Locale.ROOT));
        put(json, "release_at", result.releaseAt());
        put(json, "reason", result.reason());
        json.put("explanation", result.explanation());
        put(json, "advice", result.advice());
        put(json, "receipt_id", result.receiptId());
        put(json, "place", result.place());
        print(json);
        progress.step();
    }

    @Override
    public void summary(Tally tally) {
        progress.close();
        var counts = JsonNodeFactory.instance.objectNode();
        counts.put("read", tally.read());
        for (var kind : Result.Kind.values()) {
            counts.put(word(kind), tally.count(kind));
        }
        counts.put("held", tally.held());
        counts.put("public", tally.open());
        counts.put("exit_code", tally.exitCode());
        var json = JsonNodeFactory.instance.objectNode();
        json.set("summary", counts);
        print(json);
    }

    @Override
    public void close() {
        progress.close();
    }

    private void print(ObjectNode json) {
        if (trial) {
            json.put("dry_run", true);
        }
        progress.line(() -> {
            out.println(json);
            out.flush();
        });
    }

    private static String word(Result.Kind kind) {
        return switch (kind) {
            case ACCEPTED -> "accepted";
            case REPEATED -> "repeated";
            case REFUSED_LABEL -> "refused_by_reader";
            case REFUSED -> "refused";
            case SENT -> "sent";
            case UNANSWERED -> "unanswered";
        };
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }
}
