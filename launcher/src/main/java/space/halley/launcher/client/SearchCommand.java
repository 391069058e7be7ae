package space.halley.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import space.halley.producer.cli.CliCommand;
import space.halley.producer.cli.ExitCode;
import space.halley.producer.cli.Terminal;

/** {@code halley search}: finds public products. */
@Command(
        name = "search",
        header = "Find public products.",
        description = {
            "Words are searched in titles, descriptions, keywords, names and identifiers; all of them must be found.",
            "All options must fit; several values of one option are alternatives."
        },
        exitCodeList = {"0:something was found", "1:nothing was found", "2:wrong command line, or no answer"},
        footer = {
            "  halley search mars --mission insight",
            "  halley search --target moon --target mars --class observational --limit 100",
            "  halley search --agency esa --from 2015-01-01 --to 2016-09-30 comet",
            "  halley search --released-from 2026-11-01 --all-pages --json | jq -r .lidvid"
        })
public final class SearchCommand extends CliCommand {
    private static final int PAGE = 200;
    private static final int DAY = "2019-05-24".length();

    @Parameters(arity = "0..*", paramLabel = "TEXT", description = "Words to look for.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private final FacetOptions facets = new FacetOptions();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Observed at or after this day (2019-05-24) or instant (2019-05-24T12:00:00Z).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Observed at or before it.")
    private @Nullable String to;

    @Option(names = "--released-from", paramLabel = "TIME", description = "Public since then or later.")
    private @Nullable String releasedFrom;

    @Option(names = "--released-to", paramLabel = "TIME", description = "Public since then or earlier.")
    private @Nullable String releasedTo;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "released, announced or retracted. Default: released.")
    private @Nullable String state;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            description = "relevance, release_date, start_time, title or lid; with a minus before it descending."
                    + " Default: relevance with a TEXT, otherwise -release_date.")
    private @Nullable String sort;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "25",
            description = "Show at most so many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--all-pages", description = "Show all, however many.")
    private boolean allPages;

    @Option(names = "--json", description = "Print one JSON object per line: one per product, then a summary.")
    private boolean json;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Override
    protected int run() {
        if (limit < 1) {
            throw new ParameterException(spec().commandLine(), "--limit must be at least 1");
        }
        try (var connection = api.connect()) {
            return json ? printJson(connection) : printTable(connection);
        }
    }

    /** Page by page, so that any number of products takes little memory. */
    private int printJson(HalleyApi connection) {
        var pages = new Pages(connection, question(), allPages ? Long.MAX_VALUE : limit);
        while (pages.hasNext()) {
            pages.next().forEach(out()::println);
            out().flush();
        }
        var summary = JsonNodeFactory.instance.objectNode();
        summary.putObject("summary").put("shown", pages.shown()).put("total", pages.total());
        out().println(summary);
        out().flush();
        return pages.total() > 0 ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private int printTable(HalleyApi connection) {
        var width = Terminal.isOutput() ? Terminal.width() : 0;
        var pages = new Pages(connection, question(), allPages ? Long.MAX_VALUE : limit);
        while (pages.hasNext()) {
            var first = pages.shown() == 0;
            var rows = pages.next().stream().map(SearchCommand::row).toList();
            Table.lines(rows, width, first).stream().map(Terminal::printable).forEach(out()::println);
            out().flush();
        }
        if (pages.total() == 0) {
            err().println("Nothing public fits. What is held is not shown before its release.");
            err().flush();
            return ExitCode.REFUSED;
        }
        if (!out().checkError()) {
            err().println(pages.shown() + " of " + pages.total()
                    + (pages.shown() < pages.total() ? "; --limit or --all-pages shows more" : ""));
            err().flush();
        }
        return ExitCode.DONE;
    }

    private Question question() {
        return facets.question()
                .with("q", words.isEmpty() ? null : String.join(" ", words))
                .with("from", from)
                .with("to", to)
                .with("released_from", releasedFrom)
                .with("released_to", releasedTo)
                .with("state", state == null ? null : state.toLowerCase(Locale.ROOT))
                .with("sort", sort);
    }

    private static Table.Row row(JsonNode product) {
        var date = product.hasNonNull("release_date")
                ? product.path("release_date").asText()
                : product.path("planned_release_at").asText();
        return new Table.Row(
                date.substring(0, Math.min(DAY, date.length())),
                product.path("agency").asText(),
                first(product.path("mission_name")),
                first(product.path("target_name")),
                product.path("title").asText(),
                product.path("lidvid").asText());
    }

    private static String first(JsonNode names) {
        return names.size() > 1
                ? names.path(0).asText() + " +" + (names.size() - 1)
                : names.path(0).asText("");
    }

    /** The pages of a result, each asked for when it is needed. */
    private static final class Pages {
        private final HalleyApi api;
        private final Question question;
        private final long wanted;
        private long shown;
        private long total;
        private boolean more = true;
        private @Nullable String cursor;

        Pages(HalleyApi api, Question question, long wanted) {
            this.api = api;
            this.question = question;
            this.wanted = wanted;
        }

        boolean hasNext() {
            return more && shown < wanted;
        }

        List<JsonNode> next() {
            var page = api.get(
                    "/v1/products",
                    question.copy()
                            .with("limit", Long.toString(Math.min(PAGE, wanted - shown)))
                            .with("cursor", cursor));
            var items = new ArrayList<JsonNode>();
            page.path("items").forEach(items::add);
            total = page.path("total").asLong();
            shown += items.size();
            cursor = page.path("next_cursor").asText(null);
            more = cursor != null && !items.isEmpty();
            return items;
        }

        long shown() {
            return shown;
        }

        long total() {
            return total;
        }
    }
}
