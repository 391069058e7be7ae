package space.halley.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import space.halley.domain.Command;
import space.halley.domain.ReleaseTerms;
import space.halley.schemas.Input;
import space.halley.schemas.Topics;

/**
 * How long it takes until a new policy version has reached every product that is held under the policy, and how punctual
 * single releases of the same lane are meanwhile; beside their punctuality without such a change.
 */
final class PolicyBenchmark {
    private static final double TARGET_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Products that are due one by one are announced so many at a time, until the change has reached all. */
    private static final int BATCH = 50;

    private static final Duration MOMENT = Duration.ofMillis(5);
    /** What one product takes on disk while it is held; as much as was seen, and a fifth. */
    private static final long BYTES_EACH = 2_400;

    /** What one change of a product's plan takes. */
    private static final long BYTES_CHANGED = 2_600;

    private static final long BYTES_FREE = 2L << 30;

    private final Plan plan;
    private final InstantSource clock;
    private final Progress progress;

    /**
     * @param held products
     * @param singles due one by one in the turns without a change
     */
    record Plan(int held, int singles, int rounds) {}

    /** @param singles that were announced meanwhile */
    private record Change(double seconds, List<Double> lateMillis, int singles) {}

    /** Counts the decisions of the products that are held under the policy, as they are committed. */
    private static final class Decisions {
        private static final int DIGITS = 8;
        private final int products;
        private final AtomicInteger seen = new AtomicInteger();

        Decisions(int products) {
            this.products = products;
        }

        void seen(ConsumerRecord<byte[], byte[]> entry, Instant at) {
            var key = entry.key();
            if (key != null
                    && Integer.parseInt(new String(key, key.length - DIGITS, DIGITS, StandardCharsets.UTF_8))
                            < products) {
                seen.incrementAndGet();
            }
        }

        boolean all() {
            return seen.get() >= products;
        }
    }

    PolicyBenchmark(Plan plan, InstantSource clock, Progress progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    Report run() throws Exception {
        DiskSpace.require(plan.held * (BYTES_EACH + plan.rounds * BYTES_CHANGED) + BYTES_FREE);
        var quiet = new ArrayList<List<Double>>();
        var changes = new ArrayList<Change>();
        double disk;
        try (var site = Site.open();
                var lane = Contender.lane().start(site, clock)) {
            progress.now("policy: filling with " + plan.held);
            var feed = new Feed(site, Site.AGENCY);
            publish(site, 1);
            feed.announce(0, plan.held, n -> new ReleaseTerms.ByPolicy(), clock.instant());
            new CommitWatch(site.kafka().admin()).commands(plan.held + Site.PARTITIONS);
            var next = plan.held;
            progress.now("policy: warm-up");
            release(site, feed, next);
            next += plan.singles;
            for (var round = 1; round <= plan.rounds; round++) {
                progress.now("policy: round " + round + " of " + plan.rounds + ", without a change");
                quiet.add(release(site, feed, next));
                next += plan.singles;
                progress.now("policy: round " + round + " of " + plan.rounds + ", with a change");
                var change = change(site, feed, next, round + 1);
                changes.add(change);
                next += change.singles();
            }
            lane.expectUp("lane");
            disk = site.diskBytes();
        }
        return report(quiet, changes, disk);
    }

    private List<Double> release(Site site, Feed feed, int from) {
        var releases = new SingleReleases(feed);
        try (var reader = new CommittedReader(site, Topics.PUBLIC, clock, releases::seen)) {
            var now = clock.instant();
            releases.announce(from, plan.singles, now.plus(PunctualBenchmark.LEAD), PunctualBenchmark.INTERVAL, now);
            await("all releases are seen", () -> reader.isUp() && releases.allSeen());
        }
        return releases.lateMillis();
    }

    private Change change(Site site, Feed feed, int from, int version) throws Exception {
        var releases = new SingleReleases(feed);
        var decisions = new Decisions(plan.held);
        try (var releaseReader = new CommittedReader(site, Topics.PUBLIC, clock, releases::seen);
                var journalReader = new CommittedReader(site, Topics.JOURNAL, clock, decisions::seen)) {
            var first = clock.instant().plus(PunctualBenchmark.LEAD);
            var singles = announce(releases, from, 0, first);
            Pace.until(System.nanoTime() + clock.instant().until(first, ChronoUnit.NANOS));
            var begin = clock.instant();
            publish(site, version);
            var deadline = begin.plus(PATIENCE).plusMillis(plan.held);
            while (!(journalReader.isUp() && decisions.all())) {
                var now = clock.instant();
                if (now.isAfter(deadline)) {
                    throw new IllegalStateException("in vain waited until all are evaluated anew");
                }
                var announcedUntil = first.plus(PunctualBenchmark.INTERVAL.multipliedBy(singles));
                if (now.plus(PunctualBenchmark.LEAD).isAfter(announcedUntil)) {
                    singles = announce(releases, from, singles, first);
                }
                Pace.until(System.nanoTime() + MOMENT.toNanos());
            }
            var end = clock.instant();
            await("all releases are seen", () -> releaseReader.isUp() && releases.allSeen());
            return new Change(Duration.between(begin, end).toNanos() / 1e9, releases.lateMillis(begin, end), singles);
        }
    }

    /** Announces the next batch; returns how many there are then. */
    private int announce(SingleReleases releases, int from, int before, Instant first) {
        var next = first.plus(PunctualBenchmark.INTERVAL.multipliedBy(before));
        releases.announce(from + before, BATCH, next, PunctualBenchmark.INTERVAL, clock.instant());
        return before + BATCH;
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        try {
            Pace.until(what, condition, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting until " + what, e);
        }
    }

    /** Says a version in every partition, as an agency's client does. Each has another period, so that every plan changes. */
    private void publish(Site site, int version) throws InterruptedException, ExecutionException {
        var document = """
                agency: %s
                version: %d
                rules:
                  - id: general
                    owner: The benchmarks
                    release: {exclusive: P%dY, from: acquisition-stop}
                    source: none
                    confidence: assumed
                """.formatted(Site.AGENCY, version, 10 + version);
        var value = site.codecs()
                .commands()
                .encode(new Input.PolicyVersion(
                        clock.instant(),
                        new Command.Statement("policy-" + version, "operator", "a benchmark"),
                        version,
                        document));
        try (var producer = site.producer(Site.AGENCY.value(), Map.of())) {
            for (var partition = 0; partition < Site.PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(Topics.commands(Site.AGENCY), partition, null, value))
                        .get();
            }
        }
    }

    private Report report(List<List<Double>> quiet, List<Change> changes, double disk) {
        var busy = changes.stream().map(Change::lateMillis).toList();
        var tail = Series.quantile("release during the change, p99", busy, 0.99);
        var quietTail = Series.quantile("release without a change, p99", quiet, 0.99);
        var median = Series.quantile("release during the change, p50", busy, 0.5);
        var quietMedian = Series.quantile("release without a change, p50", quiet, 0.5);
        return new Report(
                "policy",
                List.of(
                        plan.held + " products held under a policy whose new version changes the plan of each, in "
                                + Site.PARTITIONS + " partitions",
                        "single releases of the same lane, one due every " + PunctualBenchmark.INTERVAL.toMillis()
                                + " ms; those count that were due while products were evaluated anew",
                        plan.rounds + " rounds; broker, lane and readers in one process"),
                List.of(
                        new Series(
                                "until the change has reached all",
                                "s",
                                changes.stream().map(Change::seconds).toList()),
                        new Series(
                                "evaluated anew",
                                "/s",
                                changes.stream()
                                        .map(change -> plan.held / change.seconds())
                                        .toList()),
                        new Series(
                                "releases due meanwhile",
                                "",
                                busy.stream().map(late -> (double) late.size()).toList()),
                        median,
                        quietMedian,
                        quietTail,
                        new Series("disk", "MB", List.of(disk / 1e6))),
                List.of(
                        new Report.Ratio(median.dividedBy(quietMedian, "p50, during / without the change"), null),
                        new Report.Ratio(tail.dividedBy(quietTail, "p99, during / without the change"), null)),
                List.of(new Report.Limit(tail, TARGET_MILLIS)));
    }
}
