package space.halley.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When lanes were seen at work: the seconds, by the brokers' clocks, in which a lane wrote decisions.
 *
 * @param furthest for each lane and each second the highest offset from which a decision of that second follows
 */
public record WorkingTime(Map<LanePartition, Map<Long, Long>> furthest) {
    /** Nobody looked when anything was written. */
    public static final WorkingTime UNKNOWN = new WorkingTime(Map.of());

    public WorkingTime {
        var copy = new HashMap<LanePartition, Map<Long, Long>>();
        furthest.forEach((lane, seconds) -> copy.put(lane, Map.copyOf(seconds)));
        furthest = Map.copyOf(copy);
    }

    /**
     * For how long the lane has been seen at work since it came to that input. A lane that stands still does not age, so
     * a night without lanes in the middle of a drain does not count.
     */
    Duration since(Position input) {
        return Duration.ofSeconds(furthest.getOrDefault(input.lane(), Map.of()).values().stream()
                .filter(offset -> offset >= input.offset())
                .count());
    }

    /** In the making. */
    static final class Builder {
        private final Map<LanePartition, Map<Long, Long>> furthest = new HashMap<>();

        void wrote(Position cause, Instant appendTime) {
            furthest.computeIfAbsent(cause.lane(), lane -> new HashMap<>())
                    .merge(appendTime.getEpochSecond(), cause.offset(), Math::max);
        }

        WorkingTime build() {
            return new WorkingTime(furthest);
        }
    }
}
