package space.halley.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks for fences in one partition: one at a time, again if one has not come back after five seconds. Used by the stream
 * thread alone.
 */
final class FenceRequest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FenceProposer proposer;
    private final InstantSource clock;
    private final int partition;
    private long number;
    private @Nullable Instant askedAt;

    FenceRequest(FenceProposer proposer, InstantSource clock, int partition) {
        this.proposer = proposer;
        this.clock = clock;
        this.partition = partition;
    }

    /** Asks for a fence if the instant has come by the local clock and none is under way. */
    void whenDue(Instant next) {
        var now = clock.instant();
        if (next.isAfter(now)) {
            return;
        }
        var asked = askedAt;
        // A clock that was set back must not keep a lost fence outstanding for ever.
        var waiting = asked != null && !now.isBefore(asked) && now.isBefore(asked.plus(PATIENCE));
        if (!waiting) {
            askedAt = now;
            number++;
            proposer.propose(partition, number);
        }
    }

    /** A fence was read. If it is the one that was asked for, the next may be asked for. */
    void seen(String name, long seen) {
        if (seen == number && name.equals(proposer.name())) {
            askedAt = null;
        }
    }
}
