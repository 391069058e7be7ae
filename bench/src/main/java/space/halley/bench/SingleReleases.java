package space.halley.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import space.halley.domain.ReleaseTerms;

/** Products that are due one by one at real instants, and how long after its instant each was seen in public. */
final class SingleReleases {
    private static final double MICROS_PER_MILLI = 1e3;

    private final Feed feed;
    private final Map<String, Instant> awaited = new ConcurrentHashMap<>();
    private final List<Late> late = new ArrayList<>();

    private record Late(Instant due, double millis) {}

    SingleReleases(Feed feed) {
        this.feed = feed;
    }

    /** Announces so many products, from this number on, the first of them due at this instant; all are to be seen. */
    void announce(int from, int count, Instant first, Duration interval, Instant issuedAt) {
        try (var sending = feed.open()) {
            for (var n = 0; n < count; n++) {
                var due = first.plus(interval.multipliedBy(n)).truncatedTo(ChronoUnit.MILLIS);
                awaited.put(feed.lid(from + n).value(), due);
                sending.announce(from + n, new ReleaseTerms.FixedDate(due), issuedAt);
            }
        }
    }

    /**
     * A record of the public log was seen.
     *
     * @throws IllegalStateException if that was before its instant, by the reader's clock or by the broker's
     */
    void seen(ConsumerRecord<byte[], byte[]> record, Instant at) {
        var id = new String(record.key(), StandardCharsets.UTF_8);
        var due = awaited.get(id);
        if (due == null) {
            return;
        }
        if (at.isBefore(due) || record.timestamp() < due.toEpochMilli()) {
            throw new IllegalStateException(id + " was due at " + due + " and public before, at " + at);
        }
        synchronized (this) {
            late.add(new Late(due, due.until(at, ChronoUnit.MICROS) / MICROS_PER_MILLI));
        }
        // Last, so that who sees that none is awaited finds all of them.
        awaited.remove(id);
    }

    boolean allSeen() {
        return awaited.isEmpty();
    }

    /** How much later than due each was seen, in milliseconds. */
    synchronized List<Double> lateMillis() {
        return late.stream().map(Late::millis).toList();
    }

    /** The same of those that were due in this time. */
    synchronized List<Double> lateMillis(Instant from, Instant to) {
        return late.stream()
                .filter(one -> !one.due().isBefore(from) && !one.due().isAfter(to))
                .map(Late::millis)
                .toList();
    }
}
