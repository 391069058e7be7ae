package space.halley.bench;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import space.halley.schemas.Topics;

/**
 * How many announcements of 1 KB a lane decides per second, and how many held products it releases per second when all
 * are due at one instant; beside its shape without rules, and beside a copy of the commands.
 *
 * <p>Every turn has a new broker with nothing but the backlog of commands in it. The contender starts on the backlog and is
 * timed from the first commit that is seen to the last.
 */
final class LaneBenchmark {
    private static final double TARGET = 0.7;

    private final Plan plan;
    private final InstantSource clock;
    private final Progress progress;

    /**
     * @param warmUp whether every contender has a turn before the first round, which does not count
     * @param release whether the releases are measured too
     */
    record Plan(int commands, int rounds, boolean warmUp, boolean release) {}

    LaneBenchmark(Plan plan, InstantSource clock, Progress progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    /** What one turn of one contender gave. */
    private record Turn(CommitWatch.Stretch ingest, CommitWatch.@Nullable Stretch drain, double storedBytes) {}

    Report run() throws Exception {
        progress.now("lane: calibration");
        var shape = new ShapeBaseline(new Calibration(clock).shape());
        var contenders = List.of(Contender.lane(), shape, new PassThrough());
        for (var contender : plan.warmUp ? contenders : List.<Contender>of()) {
            progress.now("lane: warm-up, " + contender.name());
            turn(contender, plan.commands, drains(contender));
        }
        var turns = new HashMap<String, List<Turn>>();
        for (var round = 1; round <= plan.rounds; round++) {
            // There and back, so that none always works behind the same other one, whose output the disk still writes.
            for (var contender : round % 2 == 1 ? contenders : contenders.reversed()) {
                progress.now("lane: round " + round + " of " + plan.rounds + ", " + contender.name());
                turns.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(turn(contender, plan.commands, drains(contender)));
            }
        }
        return report(contenders, turns);
    }

    private boolean drains(Contender contender) {
        return plan.release && !(contender instanceof PassThrough);
    }

    private Report report(List<Contender> contenders, Map<String, List<Turn>> turns) {
        var figures = new ArrayList<Series>();
        var rates = new ArrayList<Series>();
        var drains = new ArrayList<Series>();
        for (var contender : contenders) {
            rates.add(series(
                    "commands, ", "/s", contender, turns, turn -> turn.ingest().perSecond()));
            if (drains(contender)) {
                drains.add(series("releases, ", "/s", contender, turns, turn -> drain(turn)
                        .perSecond()));
            }
        }
        figures.addAll(rates);
        figures.addAll(drains);
        for (var contender : contenders) {
            figures.add(
                    series("CPU for a command, ", "µs, broker's share included", contender, turns, turn -> turn.ingest()
                            .cpuMicrosEach()));
        }
        for (var contender : contenders) {
            if (drains(contender)) {
                figures.add(series(
                        "CPU for a release, ", "µs, broker's share included", contender, turns, turn -> drain(turn)
                                .cpuMicrosEach()));
            }
        }
        for (var contender : contenders) {
            figures.add(series("stored for a command, ", "bytes, compressed", contender, turns, Turn::storedBytes));
        }
        var ratios = new ArrayList<Report.Ratio>();
        ratios.add(new Report.Ratio(rates.get(0).dividedBy(rates.get(1), "commands, lane / shape baseline"), TARGET));
        ratios.add(new Report.Ratio(rates.get(0).dividedBy(rates.get(2), "commands, lane / pass-through"), null));
        if (plan.release) {
            ratios.add(new Report.Ratio(
                    drains.get(0).dividedBy(drains.get(1), "releases, lane / shape baseline"), TARGET));
        }
        return new Report(
                "lane",
                List.of(
                        plan.commands + " announcements of " + Announcements.BYTES + " bytes, held, in "
                                + Site.PARTITIONS + " partitions; one stream thread, exactly-once, commit every 100 ms",
                        plan.rounds + " rounds in turns " + (plan.warmUp ? "after one to warm up" : "without warm-up")
                                + "; broker in the same process, new in every turn",
                        plan.release ? "then all of them due at one instant, timed from that instant" : "no releases"),
                figures,
                ratios);
    }

    private static CommitWatch.Stretch drain(Turn turn) {
        var drain = turn.drain();
        if (drain == null) {
            throw new IllegalStateException("this contender did not release anything");
        }
        return drain;
    }

    private static Series series(
            String prefix,
            String unit,
            Contender contender,
            Map<String, List<Turn>> turns,
            ToDoubleFunction<Turn> figure) {
        return new Series(
                prefix + contender.name(),
                unit,
                turns.getOrDefault(contender.name(), List.of()).stream()
                        .map(figure::applyAsDouble)
                        .toList());
    }

    private Turn turn(Contender contender, int commands, boolean release) throws Exception {
        try (var site = Site.open()) {
            var terms = new HeldTerms(clock);
            new Feed(site, Site.AGENCY).announce(0, commands, n -> terms.terms(), terms.issuedAt());
            var watch = new CommitWatch(site.kafka().admin());
            try (var running = contender.start(site, terms)) {
                var ingest = watch.commands(commands);
                var stored = storedBytes(site) / commands;
                CommitWatch.Stretch drain = null;
                if (release) {
                    terms.come();
                    drain = watch.releases(commands);
                }
                running.expectUp(contender.name());
                check(site, contender, commands, release);
                return new Turn(ingest, drain, stored);
            }
        }
    }

    /** A figure of something that did not do its work would be worthless. */
    private static void check(Site site, Contender contender, int commands, boolean released) {
        var journal = content(site, Topics.JOURNAL).records();
        expect(contender, "decisions", released ? 2L * commands : commands, journal);
        expect(
                contender,
                "refusals",
                0,
                content(site, Topics.deadLetters(Site.AGENCY)).records());
        if (!(contender instanceof PassThrough)) {
            expect(
                    contender,
                    "receipts",
                    commands,
                    content(site, Topics.receipts(Site.AGENCY)).records());
            expect(
                    contender,
                    "catalogue records",
                    journal,
                    content(site, Topics.CATALOG).records());
            expect(
                    contender,
                    "releases",
                    released ? commands : 0,
                    content(site, Topics.PUBLIC).records());
        }
    }

    private static void expect(Contender contender, String what, long wanted, long found) {
        if (wanted != found) {
            throw new IllegalStateException(
                    "the " + contender.name() + " wrote " + found + " " + what + ", not " + wanted);
        }
    }

    private static TopicContent content(Site site, String topic) {
        return TopicContent.of(site.kafka().clientConfig(), topic);
    }

    /** What the broker has on disk besides the commands themselves. */
    private static double storedBytes(Site site) throws InterruptedException, ExecutionException {
        var commands = Topics.commands(Site.AGENCY);
        return site.kafka().admin().describeLogDirs(List.of(0)).allDescriptions().get().values().stream()
                .flatMap(broker -> broker.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().startsWith("halley"))
                .filter(replica -> !replica.getKey().topic().equals(commands))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }
}
