package space.halley.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The benchmarks' command line. */
@Command(
        name = "bench/run",
        description = "Measures Halley beside baselines. See docs/benchmarks.md for what the figures mean.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(labels | lane | searchable | all | punctual | burst | policy | restore | held)")
public final class Bench implements Runnable {
    private static final int DEFAULT_RATE = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say which benchmark");
    }

    /** How results are shown. */
    static final class Showing {
        @Option(names = "--json", description = "Print JSON instead of a table.")
        private boolean json;

        @Option(names = "--quick", description = "Few and small rounds: shows that it works, not how fast it is.")
        private boolean quick;

        boolean quick() {
            return quick;
        }

        Progress progress() {
            return step -> System.err.println(step);
        }

        void show(Report... measured) throws Exception {
            var reports = Stream.of(measured)
                    .map(report -> quick ? report.withoutTargets() : report)
                    .toList();
            if (!json) {
                for (var report : reports) {
                    System.out.println(report.text());
                }
                return;
            }
            var mapper = new ObjectMapper();
            var all = mapper.createArrayNode();
            for (var report : reports) {
                all.add(report.json(mapper));
            }
            System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all));
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "labels",
            description = "Labels read per second of a core, beside a bare StAX pass.")
    int labels(
            @Mixin Showing showing,
            @Parameters(
                            paramLabel = "FOLDER",
                            arity = "0..1",
                            description = "With PDS4 labels (*.xml); else the samples.")
                    @Nullable
                    Path folder,
            @Option(names = "--rounds", description = "Rounds.") @Nullable Integer rounds)
            throws Exception {
        showing.show(measureLabels(showing, folder, rounds));
        return 0;
    }

    private static Report measureLabels(Showing showing, @Nullable Path folder, @Nullable Integer rounds)
            throws Exception {
        var samples = System.getProperty("halley.samples", "samples");
        var plan = new LabelsBenchmark.Plan(
                folder != null ? folder : Path.of(samples),
                rounds != null ? rounds : showing.quick() ? 3 : 9,
                showing.quick() ? Duration.ofMillis(300) : Duration.ofSeconds(2));
        return new LabelsBenchmark(plan, showing.progress()).run();
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "lane",
            description = "Commands through a lane, and releases at one instant.")
    int lane(
            @Mixin Showing showing,
            @Option(names = "--commands", description = "Commands in a round.") @Nullable Integer commands,
            @Option(names = "--rounds", description = "Rounds.") @Nullable Integer rounds,
            @Option(names = "--release", description = "Measure the releases too.") boolean release)
            throws Exception {
        showing.show(measureLane(showing, commands, rounds, release));
        return 0;
    }

    private static Report measureLane(
            Showing showing, @Nullable Integer commands, @Nullable Integer rounds, boolean release) throws Exception {
        var plan = new LaneBenchmark.Plan(
                commands != null ? commands : showing.quick() ? 10_000 : 200_000,
                rounds != null ? rounds : showing.quick() ? 2 : 5,
                !showing.quick(),
                release);
        return new LaneBenchmark(plan, InstantSource.system(), showing.progress()).run();
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "searchable",
            description = "From sending an announcement to finding its product.")
    int searchable(
            @Mixin Showing showing,
            @Option(names = "--rate", description = "Announcements per second.", defaultValue = "" + DEFAULT_RATE)
                    int rate,
            @Option(names = "--seconds", description = "How long one turn takes.") @Nullable Integer seconds,
            @Option(names = "--rounds", description = "Rounds.") @Nullable Integer rounds)
            throws Exception {
        showing.show(measureSearchable(showing, rate, seconds, rounds));
        return 0;
    }

    private static Report measureSearchable(
            Showing showing, int rate, @Nullable Integer seconds, @Nullable Integer rounds) throws Exception {
        var plan = new SearchableBenchmark.Plan(
                rate,
                Duration.ofSeconds(seconds != null ? seconds : showing.quick() ? 1 : 30),
                rounds != null ? rounds : showing.quick() ? 2 : 3);
        return new SearchableBenchmark(plan, InstantSource.system(), showing.progress()).run();
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "punctual",
            description = "Single releases after their instants, beside a raw transaction.")
    int punctual(
            @Mixin Showing showing,
            @Option(names = "--products", description = "Releases in a round.") @Nullable Integer products,
            @Option(names = "--rounds", description = "Rounds.") @Nullable Integer rounds)
            throws Exception {
        var plan = new PunctualBenchmark.Plan(
                products != null ? products : showing.quick() ? 10 : 200,
                rounds != null ? rounds : showing.quick() ? 1 : 3);
        showing.show(new PunctualBenchmark(plan, InstantSource.system(), showing.progress()).run());
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "burst",
            description = "Many products due at one instant, beside the shape without rules.")
    int burst(
            @Mixin Showing showing,
            @Option(names = "--products", description = "Due at the instant.") @Nullable Integer products,
            @Option(names = "--rounds", description = "Rounds.") @Nullable Integer rounds)
            throws Exception {
        var plan = new BurstBenchmark.Plan(
                products != null ? products : showing.quick() ? 5_000 : 1_000_000,
                rounds != null ? rounds : showing.quick() ? 1 : 2,
                !showing.quick());
        showing.show(new BurstBenchmark(plan, InstantSource.system(), showing.progress()).run());
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "held",
            description = "What many held products cost, beside few and beside none.")
    int held(
            @Mixin Showing showing,
            @Option(names = "--products", description = "Held.") @Nullable Integer products,
            @Option(names = "--shuffled", description = "Identifiers in random order; otherwise they ascend.")
                    boolean shuffled,
            @Option(names = "--rounds", description = "Rounds.") @Nullable Integer rounds)
            throws Exception {
        var plan = showing.quick()
                ? new HeldBenchmark.Plan(
                        products != null ? products : 20_000, 2_000, 2_000, shuffled, 1, Duration.ofSeconds(2))
                : new HeldBenchmark.Plan(
                        products != null ? products : 10_000_000,
                        100_000,
                        200_000,
                        shuffled,
                        rounds != null ? rounds : 3,
                        Duration.ofSeconds(30));
        showing.show(new HeldBenchmark(plan, InstantSource.system(), showing.progress()).run());
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "restore",
            description = "From kill -9 until the lane decides again, with and without a standby.")
    int restore(
            @Mixin Showing showing,
            @Option(names = "--products", description = "Held.") @Nullable Integer products,
            @Option(names = "--rounds", description = "Rounds.") @Nullable Integer rounds)
            throws Exception {
        var plan = new RestoreBenchmark.Plan(
                products != null ? products : showing.quick() ? 5_000 : 1_000_000,
                1_000,
                rounds != null ? rounds : showing.quick() ? 1 : 3);
        showing.show(new RestoreBenchmark(plan, InstantSource.system(), showing.progress()).run());
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "policy",
            description = "A policy change that reaches every held product, and releases meanwhile.")
    int policy(
            @Mixin Showing showing,
            @Option(names = "--products", description = "Held under the policy.") @Nullable Integer products,
            @Option(names = "--rounds", description = "Rounds.") @Nullable Integer rounds)
            throws Exception {
        var plan = new PolicyBenchmark.Plan(
                products != null ? products : showing.quick() ? 10_000 : 1_000_000,
                showing.quick() ? 10 : 200,
                rounds != null ? rounds : showing.quick() ? 1 : 2);
        showing.show(new PolicyBenchmark(plan, InstantSource.system(), showing.progress()).run());
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "all",
            description = "Labels, lane and searchable, one after the other.")
    int all(@Mixin Showing showing) throws Exception {
        showing.show(
                measureLabels(showing, null, null),
                measureLane(showing, null, null, true),
                measureSearchable(showing, DEFAULT_RATE, null, null));
        return 0;
    }
}
