package space.halley.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import space.halley.producer.cli.CliCommand;
import space.halley.producer.cli.ExitCode;
import space.halley.producer.cli.Terminal;

/** {@code halley show}: everything public of one product. */
@Command(
        name = "show",
        header = "Show everything that is public of a product.",
        description = "An identifier without version means the newest public version.",
        exitCodeList = {
            "0:the product is public",
            "1:no such product is public; whether it is held or absent is not told",
            "2:wrong command line, or no answer"
        },
        footer = {
            "  halley show urn:nasa:pds:insight_seis:data:elyse_2019_100::1.0",
            "  halley show urn:nasa:pds:insight_seis:data:elyse_2019_100 --json"
        })
public final class ShowCommand extends CliCommand {
    private static final int LABEL = 14;
    private static final int MAX_FILES = 20;

    /** What is shown in one line each, in this order: the API's names and those for people. */
    private static final List<Map.Entry<String, String>> FIELDS = List.of(
            Map.entry("lidvid", "lidvid"),
            Map.entry("agency", "agency"),
            Map.entry("state", "state"),
            Map.entry("planned_release_at", "planned for"),
            Map.entry("released_at", "released"),
            Map.entry("archive_release_date", "in archive"),
            Map.entry("explanation", "held by"),
            Map.entry("retracted_at", "retracted"),
            Map.entry("retraction_reason", "because"),
            Map.entry("product_class", "class"),
            Map.entry("processing_level", "level"),
            Map.entry("start_time", "observed from"),
            Map.entry("stop_time", "to"),
            Map.entry("doi", "doi"));

    private static final List<Map.Entry<String, String>> ROLES = List.of(
            Map.entry("investigation", "mission"),
            Map.entry("host", "host"),
            Map.entry("instrument", "instrument"),
            Map.entry("target", "target"),
            Map.entry("other", "also"));

    @Parameters(paramLabel = "LIDVID", description = "<logical_identifier>::<version_id>, or without version.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--json", description = "Print the API's answer.")
    private boolean json;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Override
    protected int run() {
        try (var connection = api.connect()) {
            var product = connection.find("/v1/products/" + Question.encoded(id));
            if (product.isEmpty()) {
                err().println(id + " is not public: it does not exist, or it is held.");
                err().flush();
                return ExitCode.REFUSED;
            }
            if (json) {
                out().println(product.get());
            } else {
                print(product.get());
            }
            out().flush();
            return ExitCode.DONE;
        }
    }

    private void print(JsonNode product) {
        var out = out();
        var width = Terminal.isOutput() ? Terminal.width() : 0;
        wrapped(Terminal.printable(product.path("title").asText("(no title)")), width)
                .forEach(out::println);
        out.println();
        for (var field : FIELDS) {
            var value = product.path(field.getKey()).asText("");
            if (!value.isEmpty()) {
                line(out, field.getValue(), value);
            }
        }
        for (var role : ROLES) {
            elements(product.path("references")).stream()
                    .filter(reference -> reference.path("role").asText().equals(role.getKey()))
                    .forEach(reference -> line(out, role.getValue(), named(reference)));
        }
        var keywords = elements(product.path("keywords")).stream()
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        if (!keywords.isEmpty()) {
            line(out, "keywords", keywords);
        }
        var description = Terminal.printable(product.path("description").asText(""));
        if (!description.isEmpty()) {
            out.println();
            wrapped(description, width).forEach(out::println);
        }
        printFiles(out, product);
        var versions = elements(product.path("versions"));
        if (versions.size() > 1) {
            out.println();
            out.println("versions");
            versions.forEach(version -> line(
                    out,
                    "  " + version.path("vid").asText(),
                    version.path("state").asText() + " "
                            + version.path("release_date").asText("")));
        }
    }

    private static void printFiles(PrintWriter out, JsonNode product) {
        var files = elements(product.path("files"));
        if (files.isEmpty()) {
            return;
        }
        out.println();
        out.println(files.size() == 1 ? "1 file" : files.size() + " files");
        for (var file : files.subList(0, Math.min(MAX_FILES, files.size()))) {
            var size = file.hasNonNull("size") ? file.path("size").asText() + " bytes" : "";
            var md5 = file.hasNonNull("md5") ? "md5 " + file.path("md5").asText() : "";
            out.println(Terminal.printable("  " + file.path("name").asText() + "  " + size + "  " + md5)
                    .stripTrailing());
        }
        if (files.size() > MAX_FILES) {
            out.println("  … and " + (files.size() - MAX_FILES) + " more; --json shows all");
        }
    }

    private static String named(JsonNode reference) {
        var lid = reference.path("lid").asText("");
        return reference.path("name").asText() + (lid.isEmpty() ? "" : "  (" + lid + ")");
    }

    private static void line(PrintWriter out, String label, String value) {
        out.println(label + " ".repeat(Math.max(1, LABEL - label.length())) + Terminal.printable(value));
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** The text in lines of at most that width, broken between words; as it is if the width is 0. */
    static List<String> wrapped(String text, int width) {
        if (width == 0) {
            return List.of(text);
        }
        var lines = new java.util.ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
