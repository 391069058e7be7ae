package space.halley.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import space.halley.launcher.data.LauncherException;
import space.halley.producer.cli.ExitCode;

/**
 * The shipped samples: one folder of labels for each agency, public at once, and a table of labels that are
 * held for a while or by their agency's policy, so that a release can be watched and asked about. They are published with
 * the same commands that an agency uses.
 */
final class Samples {
    private static final int AT_THE_SAME_TIME = 3;
    private static final String HELD = "held";
    /** In the table the word for a sample that is held by its agency's policy. */
    private static final String BY_POLICY = "policy";

    private final Path folder;
    private final Path data;
    private final boolean few;

    /**
     * @param folder with the samples
     * @param data the data folder of the running installation
     * @param few publish only what is held and what one agency has
     */
    Samples(Path folder, Path data, boolean few) {
        this.folder = folder;
        this.data = data;
        this.few = few;
    }

    /**
     * What became of the samples.
     *
     * @param open how many are public now
     * @param held how many will be later
     * @param refused how many were refused, which trying again would not change
     * @param missing how many have no answer, or how many times the command could do nothing at all
     */
    record Outcome(int open, int held, int refused, int missing) {
        Outcome plus(Outcome other) {
            return new Outcome(open + other.open, held + other.held, refused + other.refused, missing + other.missing);
        }
    }

    /** Command lines that are given one after the other. */
    record Turn(List<List<String>> commands) {
        Turn {
            commands = List.copyOf(commands);
        }
    }

    /**
     * Publishes all samples. Doing it again changes nothing.
     *
     * @param log where every answer is kept
     */
    Outcome publish(Path log) throws InterruptedException, ExecutionException {
        try (var agencies = Executors.newFixedThreadPool(AT_THE_SAME_TIME)) {
            var outcomes = new ArrayList<Future<Said>>();
            for (var turn : turns()) {
                outcomes.add(agencies.submit(() -> say(turn)));
            }
            var total = new Outcome(0, 0, 0, 0);
            var answers = new StringBuilder();
            for (var outcome : outcomes) {
                answers.append(outcome.get().answers());
                total = total.plus(outcome.get().outcome());
            }
            try {
                Files.writeString(log, answers);
            } catch (IOException e) {
                throw new LauncherException(
                        "The answers to the samples cannot be kept in " + log + ": " + e + ".",
                        "Make room or get the right to write there, then start again; nothing is published twice.",
                        e);
            }
            return total;
        }
    }

    /**
     * What is said in which order: first what is held, whose time runs from then on, and then what is public at once.
     */
    List<Turn> turns() {
        try {
            var first = new TreeMap<String, List<List<String>>>();
            for (var row : table(folder.resolve("held.tsv"))) {
                var agency = row.getOrDefault("agency", "");
                first.computeIfAbsent(agency, id -> new ArrayList<>()).add(holding(agency, row));
            }
            var turns = new ArrayList<Turn>();
            first.values().forEach(commands -> turns.add(new Turn(commands)));
            for (var agency : agencies()) {
                var paths = new ArrayList<>(List.of(agency));
                paths.addAll(tables(agency));
                turns.add(new Turn(List.of(command(String.valueOf(agency.getFileName()), List.of("--now"), paths))));
            }
            return turns;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private List<String> holding(String agency, Map<String, String> row) {
        var terms = new ArrayList<>(List.of("--existence", row.getOrDefault("existence", "public")));
        var release = row.getOrDefault("release", "");
        if (!release.equals(BY_POLICY)) {
            terms.addAll(List.of("--release-at", "+" + release + "s"));
        }
        return command(agency, terms, List.of(folder.resolve(row.getOrDefault("label", ""))));
    }

    private List<String> command(String agency, List<String> terms, List<Path> paths) {
        var command = new ArrayList<>(List.of("publish", "--json", "--wait", "60s", "--data", data.toString()));
        command.addAll(List.of("--agency", agency, "--reason", "sample of the distribution"));
        command.addAll(terms);
        paths.forEach(path -> command.add(path.toString()));
        return command;
    }

    private List<Path> agencies() throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.endsWith(HELD))
                    .sorted()
                    .limit(few ? 1 : Integer.MAX_VALUE)
                    .toList();
        }
    }

    private static List<Path> tables(Path agency) throws IOException {
        try (var entries = Files.list(agency)) {
            return entries.filter(entry -> entry.toString().endsWith(".tsv"))
                    .sorted()
                    .toList();
        }
    }

    /** The rows of a table of values between tabs, by the names in its first line. */
    private static List<Map<String, String>> table(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        var lines = Files.readAllLines(file);
        var names = lines.getFirst().split("\t", -1);
        var rows = new ArrayList<Map<String, String>>();
        for (var line : lines.subList(1, lines.size())) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var values = line.split("\t", -1);
            var row = new TreeMap<String, String>();
            for (var column = 0; column < Math.min(names.length, values.length); column++) {
                row.put(names[column].strip(), values[column].strip());
            }
            rows.add(row);
        }
        return rows;
    }

    private record Said(Outcome outcome, String answers) {}

    private static Said say(Turn turn) throws JsonProcessingException {
        var outcome = new Outcome(0, 0, 0, 0);
        var answers = new StringBuilder();
        for (var command : turn.commands()) {
            var said = say(command);
            outcome = outcome.plus(said.outcome());
            answers.append(said.answers());
        }
        return new Said(outcome, answers.toString());
    }

    private static Said say(List<String> command) throws JsonProcessingException {
        var said = OwnCommand.say(command);
        var lines = said.answers().lines().toList();
        var summary = lines.isEmpty()
                ? JsonMapper.builder().build().createObjectNode()
                : JsonMapper.builder().build().readTree(lines.getLast()).path("summary");
        return new Said(outcome(said.code(), summary), said.answers() + said.complaints());
    }

    private static Outcome outcome(int code, JsonNode summary) {
        return new Outcome(
                summary.path("public").asInt(),
                summary.path("held").asInt(),
                summary.path("refused").asInt()
                        + summary.path("refused_by_reader").asInt(),
                code == ExitCode.UNABLE ? 1 : summary.path("unanswered").asInt());
    }

    private LauncherException unreadable(IOException e) {
        return new LauncherException(
                "The samples in " + folder + " cannot be read: " + e + ".",
                "Take them from the distribution again, or start with --no-samples.",
                e);
    }
}
