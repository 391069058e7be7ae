package space.halley.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import space.halley.api.index.EventBatch;
import space.halley.api.index.EventFilter;
import space.halley.api.index.EventHistory;
import space.halley.api.index.IndexSnapshot;
import space.halley.api.index.IndexSnapshots;
import space.halley.api.index.Position;
import space.halley.api.index.StreamCursor;

/**
 * One subscriber's reading of the public events. It is asked for one frame after the other, as fast as the subscriber
 * takes them, and keeps one batch in memory: who reads slowly reads later, and nothing is kept for them but a place in
 * the log. Used by one thread at a time; that thread may wait.
 */
final class EventSubscription {
    private static final int BATCH_EVENTS = 100;
    private static final long BATCH_BYTES = 256 << 10;
    private static final int RETRY_MILLIS = 2_000;

    private final IndexSnapshots snapshots;
    private final EventFilter filter;
    private final String logId;
    private final Duration heartbeat;
    private final Deque<EventBatch.Entry> batch = new ArrayDeque<>();
    private Position told;
    private Position read;
    private boolean greeted;

    /**
     * @param start everything behind it is told
     * @param heartbeat how long to stay silent at most
     */
    EventSubscription(IndexSnapshots snapshots, EventFilter filter, StreamCursor start, Duration heartbeat) {
        this.snapshots = snapshots;
        this.filter = filter;
        this.logId = start.logId();
        this.heartbeat = heartbeat;
        this.told = start.position();
        this.read = start.position();
    }

    /** The next frame: an event, or a sign of life if there is none for a while. Null when the service ends. */
    @Nullable
    Frame next() throws InterruptedException {
        if (!greeted) {
            // The id comes at once: whoever is cut off before the first event goes on from here.
            greeted = true;
            return Frame.comment("welcome", cursor(), RETRY_MILLIS);
        }
        if (batch.isEmpty() && !fill()) {
            return null;
        }
        var entry = batch.poll();
        if (entry == null) {
            told = read;
            return Frame.comment("heartbeat", cursor(), null);
        }
        told = entry.after();
        return Frame.event(entry.kind(), cursor(), entry.json());
    }

    /** Waits for events of this choice until it is time for a sign of life; false when the service ends. */
    private boolean fill() throws InterruptedException {
        var until = System.nanoTime() + heartbeat.toNanos();
        while (batch.isEmpty()) {
            var left = Duration.ofNanos(until - System.nanoTime());
            var seen = read;
            if (!snapshots.await(position -> !seen.reaches(position), left)) {
                return !snapshots.closed();
            }
            try {
                var next = snapshots.read(snapshot -> after(snapshot, seen));
                if (next.isEmpty()) {
                    // The log was replaced; the subscriber learns it when it comes back with its cursor.
                    return false;
                }
                batch.addAll(next.get().events());
                read = next.get().end();
            } catch (IOException e) {
                throw new UncheckedIOException("the index cannot be read", e);
            }
        }
        return true;
    }

    private Optional<EventBatch> after(IndexSnapshot snapshot, Position seen) throws IOException {
        return snapshot.logId().equals(logId)
                ? Optional.of(EventHistory.after(snapshot, seen, filter, BATCH_EVENTS, BATCH_BYTES))
                : Optional.empty();
    }

    private String cursor() {
        return new StreamCursor(logId, told).text();
    }
}
