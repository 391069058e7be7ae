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
    private Instant wanted = Instant.MIN;
    private Instant notBefore = Instant.MIN;

    FenceRequest(FenceProposer proposer, InstantSource clock, int partition) {
        this.proposer = proposer;
        this.clock = clock;
        this.partition = partition;
    }

    /** Asks for a fence if the instant has come by the local clock and none is under way. */
    void whenDue(Instant next) {
        var now = clock.instant();
        if (next.isAfter(now) || (now.isBefore(notBefore) && notBefore.isBefore(now.plus(PATIENCE)))) {
            return;
        }
        var asked = askedAt;
        // A clock that was set back must not keep a lost fence outstanding for ever.
        var waiting = asked != null && !now.isBefore(asked) && now.isBefore(asked.plus(PATIENCE));
        if (!waiting) {
            askedAt = now;
            wanted = next;
            number++;
            proposer.propose(partition, number);
        }
    }

    /**
     * A fence was read. If it is the one that was asked for, the next may be asked for: at once, or, if this one came back
     * too early because one of the clocks is behind, when that clock will have come so far.
     */
    void seen(String name, long seen, Instant watermark) {
        if (seen != number || !name.equals(proposer.name())) {
            return;
        }
        askedAt = null;
        if (watermark.isBefore(wanted)) {
            var missing = Duration.between(watermark, wanted);
            notBefore = clock.instant().plus(missing.compareTo(PATIENCE) < 0 ? missing : PATIENCE.minusMillis(1));
        }
    }
}
