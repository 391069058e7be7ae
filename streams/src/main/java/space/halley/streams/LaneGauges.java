package space.halley.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a lane lets others see of itself. Safe for use by several threads. */
final class LaneGauges {
    private final Map<Integer, Instant> nextReleases = new ConcurrentHashMap<>();

    void nextRelease(int partition, Optional<Instant> at) {
        at.ifPresentOrElse(instant -> nextReleases.put(partition, instant), () -> nextReleases.remove(partition));
    }

    void forget(int partition) {
        nextReleases.remove(partition);
    }

    /** How long the oldest release has been due; zero if none is. */
    Duration overdue(Instant now) {
        return nextReleases.values().stream()
                .map(at -> Duration.between(at, now))
                .filter(age -> !age.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
