package space.halley.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import space.halley.launcher.data.DataFolder;
import space.halley.launcher.data.LauncherException;
import space.halley.producer.cli.ExitCode;

/**
 * The agencies' policies of the distribution. They are published at the first start, before the installation is ready, so
 * that nobody's first publication finds none in force. Later versions are published by the agencies themselves.
 */
final class ShippedPolicies {
    private static final String FILE = "policy.yaml";
    private static final Set<String> KNOWN = Set.of("in_force", "repeated", "replaced");

    private final Path profiles;
    private final Path data;

    /**
     * @param profiles with a folder for each agency, in which its policy is
     * @param data the data folder of the installation that is starting
     */
    ShippedPolicies(Path profiles, Path data) {
        this.profiles = profiles;
        this.data = data;
    }

    /**
     * Publishes all of them and waits until they are in force. Doing it again changes nothing.
     *
     * @param log where every answer is kept
     * @return the agencies whose policy is not known everywhere; the log says why
     */
    List<String> publish(Path log) throws InterruptedException, ExecutionException {
        var answers = new ConcurrentSkipListMap<String, OwnCommand.Said>();
        Together.run(agencies().stream()
                .map(agency -> (Together.Step) () -> answers.put(agency, OwnCommand.say(command(agency))))
                .toList());
        var text = answers.values().stream()
                .map(said -> said.answers() + said.complaints())
                .collect(Collectors.joining());
        try {
            Files.writeString(log, text);
        } catch (IOException e) {
            throw DataFolder.unusable(data, e);
        }
        return answers.entrySet().stream()
                .filter(answer -> !isKnown(answer.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether every partition knows the version: it is in force there, or the agency has put a later one in its place. */
    private static boolean isKnown(OwnCommand.Said said) {
        return said.code() == ExitCode.DONE || isKnownByAll(said.answers());
    }

    /** @param answers a line of JSON for each partition, and a summary */
    static boolean isKnownByAll(String answers) {
        var results = answers.lines().flatMap(ShippedPolicies::result).toList();
        return !results.isEmpty() && KNOWN.containsAll(results);
    }

    private static Stream<String> result(String line) {
        try {
            var result = new ObjectMapper().readTree(line).path("result");
            return result.isTextual() ? Stream.of(result.asText()) : Stream.empty();
        } catch (JsonProcessingException e) {
            return Stream.of("unreadable");
        }
    }

    /** The agencies that have a policy. */
    List<String> agencies() {
        try (var entries = Files.list(profiles)) {
            return entries.filter(agency -> Files.isRegularFile(agency.resolve(FILE)))
                    .map(agency -> String.valueOf(agency.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The command line that publishes the policy of that agency. */
    List<String> command(String agency) {
        var command = new ArrayList<>(List.of("policy", "publish", "--json", "--wait", "60s"));
        command.addAll(List.of("--data", data.toString(), "--agency", agency));
        command.addAll(List.of("--reason", "policy of the distribution"));
        command.add(profiles.resolve(agency).resolve(FILE).toString());
        return command;
    }

    private LauncherException unreadable(IOException e) {
        return new LauncherException(
                "The policies in " + profiles + " cannot be read: " + e + ".",
                "Take them from the distribution again.",
                e);
    }
}
