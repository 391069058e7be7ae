package space.halley.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes from the sending of an announcement to be released at once until its product is found in the public
 * index: agency, lane, public log, follower, index. Beside it the least that Kafka makes of such a message: sent in a
 * transaction that is committed as often as a lane's, and read by a reader of committed records.
 *
 * <p>Messages go one by one at a modest rate, so nothing queues. Both have the same broker, which lives through all rounds.
 */
final class SearchableBenchmark {
    private final Plan plan;
    private final InstantSource clock;
    private final Progress progress;

    /**
     * @param perSecond messages
     * @param turn how long messages are sent in each turn
     */
    record Plan(int perSecond, Duration turn, int rounds) {
        int messages() {
            return Math.toIntExact(turn.toMillis() * perSecond / 1_000);
        }

        Duration interval() {
            return Duration.ofSeconds(1).dividedBy(perSecond);
        }
    }

    /** One way from sender to reader, which is open and warm. */
    interface Way extends AutoCloseable {
        /** Sends that many messages in that interval and waits until all have arrived; the latencies in milliseconds. */
        List<Double> carry(int messages, Duration interval) throws Exception;

        @Override
        void close() throws IOException;
    }

    SearchableBenchmark(Plan plan, InstantSource clock, Progress progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    Report run() throws Exception {
        var halley = new ArrayList<List<Double>>();
        var raw = new ArrayList<List<Double>>();
        progress.now("searchable: start");
        try (var site = Site.open();
                var throughHalley = HalleyWay.open(site, clock);
                var throughKafka = RawWay.open(site)) {
            progress.now("searchable: warm-up");
            throughHalley.carry(plan.messages(), plan.interval());
            throughKafka.carry(plan.messages(), plan.interval());
            for (var round = 1; round <= plan.rounds; round++) {
                progress.now("searchable: round " + round + " of " + plan.rounds);
                halley.add(throughHalley.carry(plan.messages(), plan.interval()));
                raw.add(throughKafka.carry(plan.messages(), plan.interval()));
            }
        }
        var median = Series.quantile("publish to searchable, p50", halley, 0.5);
        var tail = Series.quantile("publish to searchable, p99", halley, 0.99);
        var rawMedian = Series.quantile("raw transaction to reader, p50", raw, 0.5);
        var rawTail = Series.quantile("raw transaction to reader, p99", raw, 0.99);
        return new Report(
                "searchable",
                List.of(
                        String.format(
                                Locale.ROOT,
                                "%d announcements of %d bytes in a turn, %d per second; commit every 100 ms",
                                plan.messages(),
                                Announcements.BYTES,
                                plan.perSecond),
                        plan.rounds + " rounds in turns after one to warm up; broker, lane, follower and index in one"
                                + " process; less is better"),
                List.of(median, rawMedian, tail, rawTail),
                List.of(
                        new Report.Ratio(median.dividedBy(rawMedian, "p50, searchable / raw"), null),
                        new Report.Ratio(tail.dividedBy(rawTail, "p99, searchable / raw"), null)));
    }
}
