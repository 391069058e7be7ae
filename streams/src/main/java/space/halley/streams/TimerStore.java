package space.halley.streams;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Lid;

/**
 * The timers of one partition, ordered by instant. A timer is only a hint at a product that may be due; the product's
 * state says whether it is.
 *
 * <p>A scan over deleted timers is slow, because the store keeps their tombstones. So scans begin at the low-water mark:
 * no timer lies below it. It rises when a drain ends and falls when an earlier timer is armed; both are written in the
 * transaction of the change, so a restored mark is never above a timer. Used by the stream thread alone.
 */
final class TimerStore {
    private static final Bytes LOW_WATER = AgendaKey.first(AgendaKey.LOW_WATER);

    private final KeyValueStore<Bytes, byte[]> timers;
    private final KeyValueStore<Bytes, byte[]> marks;
    private Bytes lowWater;
    private @Nullable Instant next;
    private boolean nextKnown;

    /** @param marks a small store that keeps the low-water mark among other things, under a key of its own */
    TimerStore(KeyValueStore<Bytes, byte[]> timers, KeyValueStore<Bytes, byte[]> marks) {
        this.timers = timers;
        this.marks = marks;
        var saved = marks.get(LOW_WATER);
        this.lowWater = saved == null ? TimerKey.first(Long.MIN_VALUE) : Bytes.wrap(saved);
    }

    void arm(Lid lid, Instant at, int schedule) {
        var key = new TimerKey(at, lid).bytes();
        timers.put(key, ByteBuffer.allocate(Integer.BYTES).putInt(schedule).array());
        if (key.compareTo(lowWater) < 0) {
            mark(key);
        }
        if (nextKnown && (next == null || at.isBefore(next))) {
            next = at;
        }
    }

    void disarm(Lid lid, Instant at) {
        // A delete would read the value first, to return it.
        timers.put(new TimerKey(at, lid).bytes(), null);
        if (at.equals(next)) {
            nextKnown = false;
        }
    }

    /** The instant of the earliest timer. Takes one look into the store after a change, none otherwise. */
    Optional<Instant> next() {
        if (!nextKnown) {
            try (var all = timers.range(lowWater, null)) {
                if (all.hasNext()) {
                    // In memory only: a saved mark that lags behind costs one longer scan, no timer.
                    lowWater = all.peekNextKey();
                    next = TimerKey.of(lowWater).at();
                } else {
                    next = null;
                }
            }
            nextKnown = true;
        }
        return Optional.ofNullable(next);
    }

    /**
     * Visits the timers up to an instant, in order, beginning behind {@code after}.
     *
     * @param visit takes a timer's key; it may disarm that timer, and returns false to be asked no more
     * @return the last key visited if the visit was ended, null if no timer up to the instant is left unvisited
     */
    @Nullable
    Bytes visitDue(@Nullable Bytes after, Instant upTo, Predicate<TimerKey> visit) {
        var from = after == null || after.compareTo(lowWater) < 0 ? lowWater : after;
        var limit = limit(upTo);
        if (from.compareTo(limit) >= 0) {
            return null;
        }
        try (var due = timers.range(from, limit)) {
            while (due.hasNext()) {
                var key = due.next().key;
                if (key.equals(after)) {
                    continue;
                }
                if (!visit.test(TimerKey.of(key))) {
                    return key;
                }
            }
        }
        return null;
    }

    /** Notes that the only timers up to this instant are those that are still there. */
    void drained(Instant upTo) {
        var limit = limit(upTo);
        if (limit.compareTo(lowWater) <= 0) {
            return;
        }
        try (var left = timers.range(lowWater, limit)) {
            mark(left.hasNext() ? left.peekNextKey() : limit);
        }
        nextKnown = false;
    }

    /** The least key behind the instant. A watermark may be any number, because fences can be forged. */
    private static Bytes limit(Instant upTo) {
        return TimerKey.first(Math.min(upTo.toEpochMilli(), Long.MAX_VALUE - 1) + 1);
    }

    private void mark(Bytes key) {
        lowWater = key;
        marks.put(LOW_WATER, key.get());
    }
}
