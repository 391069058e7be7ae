package space.halley.streams;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the host's clock was set back. Kafka keeps by that clock when a lane's next tick, commit and heartbeat, and a
 * client's next connection, are due, so it would do none of them until the clock has caught up. Whoever depends on it must begin anew.
 */
final class ClockWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    /** By less, what is due is later by as much, which takes no longer than to begin anew. */
    private static final Duration LITTLE = Duration.ofSeconds(3);

    private final Time time;
    private final Consumer<Duration> setBack;
    /** By the monotonic clock, whatever happens to the other one. */
    private final ScheduledExecutorService looks;
    /** The latest that the clock has shown, in milliseconds. Used by the thread that looks alone. */
    private long latest;

    /**
     * Begins to watch.
     *
     * @param time the host's
     * @param setBack is told by how much; called by a thread of this object, which it must not keep for long
     */
    ClockWatch(Time time, Consumer<Duration> setBack) {
        this.time = time;
        this.setBack = setBack;
        this.latest = time.milliseconds();
        this.looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("clock-watch").daemon().factory());
        var unused = looks.scheduleWithFixedDelay(
                this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        var now = time.milliseconds();
        var back = Duration.ofMillis(Math.max(0, latest - now));
        if (back.compareTo(LITTLE) <= 0) {
            latest = Math.max(latest, now);
            return;
        }
        latest = now;
        LOG.atWarn().addKeyValue("by", back).log("the host's clock was set back");
        try {
            setBack.accept(back);
        } catch (RuntimeException e) {
            // The watch must go on: nobody would notice the next time.
            LOG.atError().setCause(e).log("what depends on the clock could not begin anew");
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
