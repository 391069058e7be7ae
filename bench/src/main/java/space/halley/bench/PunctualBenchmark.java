package space.halley.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import space.halley.schemas.Topics;

/**
 * How punctual single releases are: held products, each due at an instant of its own by the real clock, and when a reader
 * of committed records sees each in the public log. Beside it a message that is produced at such an instant, in a
 * transaction that is committed as often as a lane's. One that is seen before its instant ends the benchmark.
 */
final class PunctualBenchmark {
    /** Not in step with commits, ticks and seconds. */
    static final Duration INTERVAL = Duration.ofMillis(137);
    /** Until the first is due: long enough for all to be held. */
    static final Duration LEAD = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double TARGET_MILLIS = 500;

    private final Plan plan;
    private final InstantSource clock;
    private final Progress progress;

    /** @param products in a round */
    record Plan(int products, int rounds) {}

    PunctualBenchmark(Plan plan, InstantSource clock, Progress progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    Report run() throws Exception {
        var halley = new ArrayList<List<Double>>();
        var raw = new ArrayList<List<Double>>();
        progress.now("punctual: start");
        try (var site = Site.open();
                var lane = Contender.lane().start(site, clock);
                var throughKafka = RawWay.open(site)) {
            Pace.until("the lane runs", lane::isUp, PATIENCE);
            progress.now("punctual: warm-up");
            release(site, 0);
            throughKafka.carry(plan.products, INTERVAL);
            for (var round = 1; round <= plan.rounds; round++) {
                progress.now("punctual: round " + round + " of " + plan.rounds);
                halley.add(release(site, round * plan.products));
                raw.add(throughKafka.carry(plan.products, INTERVAL));
            }
            lane.expectUp("lane");
        }
        var median = Series.quantile("release after its instant, p50", halley, 0.5);
        var tail = Series.quantile("release after its instant, p99", halley, 0.99);
        var rawMedian = Series.quantile("produce, commit, consume, p50", raw, 0.5);
        var rawTail = Series.quantile("produce, commit, consume, p99", raw, 0.99);
        return new Report(
                "punctual",
                List.of(
                        plan.products + " held products in a round, one due every " + INTERVAL.toMillis()
                                + " ms by the real clock; none was seen before its instant",
                        plan.rounds + " rounds in turns after one to warm up; commit every 100 ms; broker, lane and"
                                + " reader in one process; less is better"),
                List.of(median, rawMedian, rawTail),
                List.of(
                        new Report.Ratio(median.dividedBy(rawMedian, "p50, release / raw"), null),
                        new Report.Ratio(tail.dividedBy(rawTail, "p99, release / raw"), null)),
                List.of(new Report.Limit(tail, TARGET_MILLIS)));
    }

    private List<Double> release(Site site, int from) throws InterruptedException {
        var releases = new SingleReleases(new Feed(site, Site.AGENCY));
        try (var reader = new CommittedReader(site, Topics.PUBLIC, clock, releases::seen)) {
            var now = clock.instant();
            releases.announce(from, plan.products, now.plus(LEAD), INTERVAL, now);
            Pace.until(
                    "all releases are seen",
                    () -> reader.isUp() && releases.allSeen(),
                    LEAD.plus(INTERVAL.multipliedBy(plan.products)).plus(PATIENCE));
        }
        return releases.lateMillis();
    }
}
