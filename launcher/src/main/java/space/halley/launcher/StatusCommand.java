package space.halley.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import space.halley.launcher.data.RunState;
import space.halley.launcher.process.Probes;

/** Shows what runs. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        header = "Show what runs on this machine, and whether it is ready.",
        description = {
            "",
            "Asks each program itself. The exit code is 0 if all of them are ready, 1 if one is not or somebody must see to"
                    + " something, and 3 if Halley is not running.",
            ""
        },
        optionListHeading = "Options%n",
        footerHeading = "%nExamples%n",
        footer = {"  halley status", "  halley status --json"},
        sortOptions = false)
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_RUNNING = 3;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print one JSON object, for scripts.")
    private boolean json;

    /**
     * What is told of one program.
     *
     * @param obstacle what keeps it from being ready; absent if it is
     * @param overdueMillis how long the oldest release that is due has been waiting, where that is known; 0 if none is
     * @param alarms what somebody must see to although it runs
     */
    record Line(
            String name,
            long pid,
            int port,
            long uptimeSeconds,
            int restarts,
            @Nullable String obstacle,
            long overdueMillis,
            List<String> alarms,
            String log) {
        Line {
            alarms = List.copyOf(alarms);
        }

        boolean ready() {
            return obstacle == null;
        }

        boolean fine() {
            return ready() && alarms.isEmpty();
        }
    }

    /** What the streams tell of their lanes beyond whether they are ready. */
    record Lanes(long overdueMillis, List<String> alarms) {
        private static final Lanes UNKNOWN = new Lanes(0, List.of());

        Lanes {
            alarms = List.copyOf(alarms);
        }

        /** @param health what the streams answer; programs without lanes answer nothing of the kind */
        static Lanes of(JsonNode health) {
            var overdue = 0L;
            var alarms = new ArrayList<String>();
            for (var lane : health.path("lanes").properties()) {
                overdue = Math.max(overdue, lane.getValue().path("overdue_ms").asLong());
                var newest = lane.getValue().path("interrupted_policy");
                if (newest.isInt()) {
                    alarms.add(interrupted(
                            lane.getKey(), lane.getValue().path("policy").asInt(), newest.asInt()));
                }
                var split = lane.getValue().path("split_policy");
                // The version that ends a split is the next one, which an interrupted broadcast has taken: first that
                // one.
                if (split.isInt() && !newest.isInt()) {
                    alarms.add(split(lane.getKey(), split.asInt()));
                }
            }
            return new Lanes(overdue, alarms);
        }

        private static String split(String agency, int version) {
            return "version " + version + " of " + agency
                    + "'s policy is not the same document in all partitions; publish the right"
                    + " document as version " + (version + 1) + ", 'halley policy status' tells more";
        }

        private static String interrupted(String agency, int oldest, int newest) {
            return "the broadcast of version " + newest + " of " + agency + "'s policy is interrupted: "
                    + (oldest == 0 ? "some partitions have none" : "some partitions have version " + oldest)
                    + "; 'halley policy publish --agency " + agency + "' resumes it, 'halley policy status' tells more";
        }
    }

    /** What is told as JSON. */
    record Report(
            boolean running,
            String phase,
            String data,
            @Nullable String api,
            @Nullable String registry,
            @Nullable String kafka,
            List<Line> components) {
        Report {
            components = List.copyOf(components);
        }
    }

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        var folder = data.folder();
        var state = RunState.read(folder)
                .filter(found -> found.supervisor().running().isPresent());
        if (state.isEmpty()) {
            var report = new Report(false, "STOPPED", folder.toString(), null, null, null, List.of());
            System.out.println(
                    json ? asJson(report) : "Halley is not running on " + folder + ". Start it with: halley up");
            return NOT_RUNNING;
        }
        var run = state.get();
        var lines = lines(run, InstantSource.system().instant());
        System.out.println(
                json
                        ? asJson(new Report(
                                true,
                                run.phase().name(),
                                folder.toString(),
                                run.api(),
                                run.registry(),
                                run.kafka(),
                                lines))
                        : asText(run, lines));
        return run.phase() == RunState.Phase.READY && lines.stream().allMatch(Line::fine) ? 0 : Halley.FAILED;
    }

    private static List<Line> lines(RunState run, Instant now) throws InterruptedException {
        var lines = new ArrayList<Line>();
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build()) {
            for (var component : run.components()) {
                var lanes = lanes(http, component);
                lines.add(new Line(
                        component.name(),
                        component.pid(),
                        component.port(),
                        Math.max(
                                0,
                                Duration.between(component.process().startedAt(), now)
                                        .toSeconds()),
                        component.restarts(),
                        obstacle(http, component).orElse(null),
                        lanes.overdueMillis(),
                        lanes.alarms(),
                        component.log()));
            }
        }
        return lines;
    }

    private static Optional<String> obstacle(HttpClient http, RunState.Component component)
            throws InterruptedException {
        if (component.process().running().isEmpty()) {
            return Optional.of("its process has ended");
        }
        var health = component.health();
        return (health == null ? Probes.port(component.port()) : Probes.http(http, health)).obstacle();
    }

    private static Lanes lanes(HttpClient http, RunState.Component component) throws InterruptedException {
        var health = component.health();
        if (health == null || component.process().running().isEmpty()) {
            return Lanes.UNKNOWN;
        }
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(health))
                            .timeout(Duration.ofSeconds(2))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return Lanes.of(JsonMapper.builder().build().readTree(answer.body()));
        } catch (IOException e) {
            // What cannot be asked is told as an obstacle.
            return Lanes.UNKNOWN;
        }
    }

    private static String overdue(Line line) {
        return line.overdueMillis() == 0
                ? ""
                : String.format(
                        Locale.ROOT, "; the oldest release due has waited %.1f s", line.overdueMillis() / 1000.0);
    }

    static String asText(RunState run, List<Line> lines) {
        var text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "Halley is %s at %s%n%n", word(run, lines), run.api()));
        text.append(String.format(
                Locale.ROOT, "  %-10s %8s %6s %10s %9s   %s%n", "", "process", "port", "runs for", "restarts", ""));
        for (var line : lines) {
            var obstacle = line.obstacle();
            text.append(String.format(
                    Locale.ROOT,
                    "  %-10s %8d %6d %10s %9d   %s%n",
                    line.name(),
                    line.pid(),
                    line.port(),
                    duration(line.uptimeSeconds()),
                    line.restarts(),
                    obstacle == null ? "ready" + overdue(line) : "not ready: " + obstacle + "; log: " + line.log()));
        }
        for (var line : lines) {
            line.alarms().forEach(alarm -> text.append(String.format(Locale.ROOT, "%nAlarm: %s%n", alarm)));
        }
        return text.toString().stripTrailing();
    }

    private static String word(RunState run, List<Line> lines) {
        return run.phase() == RunState.Phase.READY && !lines.stream().allMatch(Line::ready)
                ? "not ready"
                : run.phase().name().toLowerCase(Locale.ROOT);
    }

    /** Seconds as people say them: 42 s, 3 min 5 s, 2 h 7 min, 3 d 4 h. */
    static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    private static String asJson(Report report) throws JsonProcessingException {
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(report);
    }
}
