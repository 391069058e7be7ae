package space.halley.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import space.halley.schemas.Topics;

/**
 * Many held products due at one instant, as a reader of committed records sees it; beside the same of the shape without rules,
 * which finds each product by its key, or walks over them as the lane does. All are in the same company: both agencies go on
 * announcing, and another agency's products are due one by one in the same minute, in a real lane of its own in the same process.
 */
final class BurstBenchmark {
    private static final double TARGET = 0.7;
    private static final double ALL_WITHIN_SECONDS = 60;
    private static final double FIRST_WITHIN_MILLIS = 1_000;
    private static final double OTHERS_WITHIN_MILLIS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LEAD = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SINGLES_EVERY = Duration.ofMillis(497);
    private static final Duration INGEST_EVERY = Duration.ofMillis(5);
    /** What one product takes on disk, held and released; as much as was seen, and a third. */
    private static final long BYTES_EACH = 3_600;

    private static final long BYTES_FREE = 2L << 30;
    private static final int WARM_UP = 100_000;

    private final Plan plan;
    private final InstantSource clock;
    private final Progress progress;

    /** @param products due at the instant */
    record Plan(int products, int rounds, boolean warmUp) {}

    /**
     * What one turn gave.
     *
     * @param others how late the other agency's releases were, in milliseconds
     * @param ingest commands per second that the lane and its neighbour went on to decide during the drain
     */
    private record Turn(
            double firstMillis,
            double allSeconds,
            double perSecond,
            List<Double> others,
            List<Double> ingest,
            double rebalances,
            double diskBytes) {}

    /** What a reader has seen of the products that are due together. Written by the reader's thread alone. */
    private static final class Drain {
        private static final byte[] PREFIX = Site.NAMESPACE.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        private volatile @Nullable Instant first;
        private volatile @Nullable Instant last;
        private volatile long seen;

        boolean takes(ConsumerRecord<byte[], byte[]> record, Instant at) {
            var key = record.key();
            if (java.util.Arrays.mismatch(key, PREFIX) != PREFIX.length) {
                return false;
            }
            first = first == null ? at : first;
            last = at;
            var before = seen;
            seen = before + 1;
            return true;
        }

        static Duration since(Instant begin, @Nullable Instant end) {
            if (end == null) {
                throw new IllegalStateException("no release was seen");
            }
            return Duration.between(begin, end);
        }
    }

    BurstBenchmark(Plan plan, InstantSource clock, Progress progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    Report run() throws Exception {
        DiskSpace.require(plan.products * BYTES_EACH + BYTES_FREE);
        progress.now("burst: calibration");
        var shape = new Calibration(clock).shape();
        var contenders = List.of(
                Contender.lane(), new ShapeBaseline(shape), new ShapeBaseline(shape, ShapeBaseline.Reading.WALK));
        if (plan.warmUp) {
            for (var contender : contenders) {
                progress.now("burst: warm-up, " + contender.name());
                turn(contender, Math.min(WARM_UP, plan.products), LEAD);
            }
        }
        var turns = new HashMap<String, List<Turn>>();
        for (var round = 1; round <= plan.rounds; round++) {
            for (var contender : round % 2 == 1 ? contenders : contenders.reversed()) {
                progress.now("burst: round " + round + " of " + plan.rounds + ", " + contender.name());
                turns.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(turn(contender, plan.products, plan.warmUp ? MINUTE : LEAD));
            }
        }
        return report(
                turns.getOrDefault("lane", List.of()),
                turns.getOrDefault("shape baseline", List.of()),
                turns.getOrDefault("walking shape", List.of()));
    }

    private Turn turn(Contender contender, int products, Duration singles) throws Exception {
        try (var site = Site.openForTwo()) {
            var terms = new HeldTerms(clock);
            var drain = new Drain();
            var feed = new Feed(site, Site.AGENCY);
            var neighbour = new Feed(site, Site.NEIGHBOUR);
            var others = new SingleReleases(neighbour);
            var watch = new CommitWatch(site.kafka().admin());
            try (var running = contender.start(site, terms);
                    // The lane's service has the neighbour's lane in it; beside the shape it runs alone.
                    var beside = contender instanceof RealLane
                            ? running
                            : RealLane.start(site, Site.neighbourAlone(), terms);
                    var reader = new CommittedReader(site, Topics.PUBLIC, clock, (record, at) -> {
                        if (!drain.takes(record, at)) {
                            others.seen(record, at);
                        }
                    })) {
                feed.announce(0, products, n -> terms.terms(), terms.issuedAt());
                watch.commands(products);
                running.expectUp(contender.name());
                var instant = clock.instant().plus(LEAD).truncatedTo(ChronoUnit.MILLIS);
                var count = Math.toIntExact(singles.dividedBy(SINGLES_EVERY));
                others.announce(0, count, instant.plusMillis(SINGLES_EVERY.toMillis()), SINGLES_EVERY, clock.instant());
                var load = List.of(
                        new Trickle(feed, products, INGEST_EVERY, clock),
                        new Trickle(neighbour, products, INGEST_EVERY, clock));
                try {
                    Pace.until(System.nanoTime() + clock.instant().until(instant, ChronoUnit.NANOS));
                    var rebalances = Metrics.rebalances();
                    if (rebalances < 1) {
                        throw new IllegalStateException("not even the start's rebalance can be seen");
                    }
                    var consumers = Metrics.consumers();
                    var before = decided(watch, site);
                    terms.come();
                    Pace.until("all are public", () -> reader.isUp() && drain.seen >= products, PATIENCE);
                    var seconds = Drain.since(instant, drain.last).toNanos() / 1e9;
                    var ingest = perSecond(before, decided(watch, site), seconds);
                    Pace.until("the others are public", () -> reader.isUp() && others.allSeen(), PATIENCE);
                    running.expectUp(contender.name());
                    beside.expectUp("neighbour's lane");
                    if (!Metrics.consumers().equals(consumers)) {
                        throw new IllegalStateException("a lane died during the drain and started again");
                    }
                    return new Turn(
                            Drain.since(instant, drain.first).toNanos() / 1e6,
                            seconds,
                            products / seconds,
                            others.lateMillis(),
                            ingest,
                            Metrics.rebalances() - rebalances,
                            site.diskBytes());
                } finally {
                    load.forEach(Trickle::close);
                }
            }
        }
    }

    private static List<Double> decided(CommitWatch watch, Site site) throws InterruptedException, ExecutionException {
        var all = new ArrayList<Double>();
        for (var agency : site.agencies().all()) {
            all.add((double) watch.committedCommands(agency.id()));
        }
        return all;
    }

    private static List<Double> perSecond(List<Double> before, List<Double> after, double seconds) {
        var all = new ArrayList<Double>();
        for (var i = 0; i < before.size(); i++) {
            all.add((after.get(i) - before.get(i)) / seconds);
        }
        return all;
    }

    private Report report(List<Turn> lane, List<Turn> shape, List<Turn> walking) {
        var rate = series("releases, lane", "/s", lane, Turn::perSecond);
        var shapeRate = series("releases, shape baseline", "/s", shape, Turn::perSecond);
        var walkingRate = series("releases, walking shape", "/s", walking, Turn::perSecond);
        return new Report(
                "burst",
                List.of(
                        plan.products + " held products of " + Announcements.BYTES + " bytes due at one instant, in "
                                + Site.PARTITIONS + " partitions; times until a reader of committed records sees them",
                        "beside both: another agency's lane with a release every " + SINGLES_EVERY.toMillis()
                                + " ms, and new commands for both agencies, one every " + INGEST_EVERY.toMillis()
                                + " ms each",
                        plan.rounds + " rounds in turns "
                                + (plan.warmUp ? "after a smaller one to warm up" : "without warm-up")
                                + "; broker, lanes and reader in one process, new in every turn"),
                List.of(
                        rate,
                        shapeRate,
                        walkingRate,
                        series("all visible, shape baseline", "s", shape, Turn::allSeconds),
                        series("first visible, shape baseline", "ms", shape, Turn::firstMillis),
                        series("the other agency's, p50", "ms", lane, turn -> Quantiles.of(turn.others(), 0.5)),
                        series("ingest during the drain, the lane", "/s", lane, turn -> turn.ingest()
                                .getFirst()),
                        series("ingest during the drain, its neighbour", "/s", lane, turn -> turn.ingest()
                                .getLast()),
                        series("ingest during the drain, shape baseline", "/s", shape, turn -> turn.ingest()
                                .getFirst()),
                        series("disk, lane", "MB", lane, turn -> turn.diskBytes() / 1e6)),
                List.of(
                        new Report.Ratio(rate.dividedBy(shapeRate, "releases, lane / shape baseline"), TARGET),
                        new Report.Ratio(rate.dividedBy(walkingRate, "releases, lane / walking shape"), null)),
                List.of(
                        new Report.Limit(series("all visible, lane", "s", lane, Turn::allSeconds), ALL_WITHIN_SECONDS),
                        new Report.Limit(
                                series("first visible, lane", "ms", lane, Turn::firstMillis), FIRST_WITHIN_MILLIS),
                        new Report.Limit(
                                series(
                                        "the other agency's, the latest",
                                        "ms",
                                        lane,
                                        turn -> Quantiles.of(turn.others(), 1)),
                                OTHERS_WITHIN_MILLIS),
                        new Report.Limit(series("rebalances", "", lane, Turn::rebalances), 0.0)));
    }

    private static Series series(String name, String unit, List<Turn> turns, ToDoubleFunction<Turn> figure) {
        return new Series(name, unit, turns.stream().map(figure::applyAsDouble).toList());
    }
}
