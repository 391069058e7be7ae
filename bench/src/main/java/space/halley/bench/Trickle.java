package space.halley.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Announcements that go on at a modest rate while something else is measured; their products are held for years. */
final class Trickle implements AutoCloseable {
    private final AtomicReference<Exception> failed = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param from the first product's number
     * @param interval between two
     */
    Trickle(Feed feed, int from, Duration interval, InstantSource clock) {
        this.thread = Thread.ofPlatform().name("trickle").daemon().start(() -> {
            try (var sending = feed.open()) {
                var begin = System.nanoTime();
                for (var n = 0; !closing; n++) {
                    Pace.until(begin + n * interval.toNanos());
                    var now = clock.instant();
                    sending.announce(from + n, new FarTerms(now).of(from + n), now);
                }
            } catch (InterruptedException | RuntimeException e) {
                failed.set(e);
            }
        });
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while announcing was to end", e);
        }
        if (failed.get() != null) {
            throw new IllegalStateException("announcing failed", failed.get());
        }
    }
}
