package space.halley.launcher.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import space.halley.launcher.client.ServerSentEvents.Event;
import space.halley.producer.cli.CliCommand;
import space.halley.producer.cli.Complaint;
import space.halley.producer.cli.ExitCode;
import space.halley.producer.cli.Terminal;

/** {@code halley watch}: public events as they happen. */
@Command(
        name = "watch",
        header = "Hear of releases, announcements and retractions as they happen.",
        description = {
            "Goes on until Ctrl-C, which prints the cursor from which to continue. After a break in the connection it"
                    + " continues by itself; nothing is lost or told twice.",
            "All options must fit; several values of one option are alternatives."
        },
        exitCodeList = {"0:as many events as asked for were told", "2:wrong command line, or no answer", "130:Ctrl-C"},
        footer = {
            "  halley watch --target Mars",
            "  halley watch --kind released --agency esa --json",
            "  halley watch --after beginning --count 10",
            "      the first ten events of all"
        })
public final class WatchCommand extends CliCommand {
    private static final int TIME_START = "2026-11-23T".length();
    private static final int TIME_END = "2026-11-23T12:00:00".length();

    @Mixin
    private final FacetOptions facets = new FacetOptions();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "announced, cancelled, released or retracted. Default: all.")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "Begin behind this cursor, or with 'beginning' at the first event. Default: from now on.")
    private @Nullable String after;

    @Option(names = "--count", paramLabel = "N", description = "End after so many events. Default: never.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print one JSON object per event, with the cursor behind it.")
    private boolean json;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    private final Subscription.Pace pace;
    private final ObjectMapper mapper = new ObjectMapper();
    private long told;

    WatchCommand() {
        this(Subscription.Pace.NORMAL);
    }

    WatchCommand(Subscription.Pace pace) {
        this.pace = pace;
    }

    @Override
    protected int run() {
        if (count < 1) {
            throw new ParameterException(spec().commandLine(), "--count must be at least 1");
        }
        var question = facets.question()
                .with(
                        "kind",
                        kinds.stream()
                                .map(kind -> kind.toLowerCase(Locale.ROOT))
                                .toList())
                .with("after", after);
        try (var connection = api.connect()) {
            var subscription = new Subscription(connection, question, pace, new Notes());
            var goodbye = new Thread(() -> goodbye(subscription.cursor()), "goodbye");
            Runtime.getRuntime().addShutdownHook(goodbye);
            try {
                subscription.follow(this::tell);
            } finally {
                Runtime.getRuntime().removeShutdownHook(goodbye);
            }
            return ExitCode.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("interrupted", e);
        }
    }

    private boolean tell(Event event) {
        JsonNode data;
        try {
            data = mapper.readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new Complaint("the server sends events that are not JSON; is the address that of Halley's API?", e);
        }
        if (json) {
            var object = data instanceof ObjectNode node ? node : mapper.createObjectNode();
            out().println(object.put("cursor", event.id()));
        } else {
            out().println(line(data));
        }
        out().flush();
        told++;
        return told < count;
    }

    private String line(JsonNode event) {
        var kind = event.path("kind").asText();
        var product = event.path("product");
        var published = event.path("published_at").asText();
        var text = new StringBuilder()
                .append(published.length() >= TIME_END ? published.substring(TIME_START, TIME_END) : published)
                .append("  ")
                .append(ansi().string(
                                "@|" + colour(kind) + " " + kind + " ".repeat(Math.max(1, 11 - kind.length())) + "|@"))
                .append(event.path("lidvid").asText());
        switch (kind) {
            case "announced" ->
                text.append("  planned for ")
                        .append(product.path("planned_release_at").asText());
            case "retracted" ->
                text.append("  ").append(Terminal.printable(event.path("reason").asText()));
            default -> {
                // The title says the rest.
            }
        }
        var title = product.path("title").asText("");
        if (!title.isEmpty()) {
            text.append("  ").append(Terminal.printable(title));
        }
        return text.toString();
    }

    private static String colour(String kind) {
        return switch (kind) {
            case "released" -> "green";
            case "announced" -> "cyan";
            case "retracted" -> "red";
            default -> "yellow";
        };
    }

    private void goodbye(@Nullable String cursor) {
        if (cursor != null) {
            err().println();
            err().println("to continue, add --after " + cursor);
            err().flush();
        }
    }

    private final class Notes implements Subscription.Listener {
        @Override
        public void connected(boolean again) {
            if (again) {
                note("connected again");
            } else if (Terminal.isError()) {
                note("watching; Ctrl-C ends");
            }
        }

        @Override
        public void interrupted(String why) {
            note(why + "; trying again");
        }

        private void note(String text) {
            err().println(spec().qualifiedName() + ": " + text);
            err().flush();
        }
    }
}
