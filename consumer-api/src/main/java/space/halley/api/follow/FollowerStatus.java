package space.halley.api.follow;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the follower is.
 *
 * @param caughtUp whether the index has ever, since this start, reached the end that this log had then
 * @param lag how many offsets the index lies behind the log's committed end, as far as is known; commit markers count
 * @param since when it came into this phase
 * @param why what it waits for, for operators; null where nothing is wrong
 */
public record FollowerStatus(
        Phase phase,
        boolean caughtUp,
        long lag,
        Instant since,
        @Nullable String why) {

    /** What it does. */
    public enum Phase {
        /** It looks for the log. */
        STARTING,
        /** It reads what was there at the start. */
        CATCHING_UP,
        /** It reads what is new. */
        FOLLOWING,
        /** Something is wrong; it tries again and again. */
        STALLED,
        STOPPED
    }

    FollowerStatus as(Phase next, @Nullable String reason, Instant now) {
        return next == phase && Objects.equals(why, reason)
                ? this
                : new FollowerStatus(next, caughtUp, lag, next == phase ? since : now, reason);
    }

    /** With nothing to show yet. */
    FollowerStatus behind() {
        return new FollowerStatus(phase, false, lag, since, why);
    }

    FollowerStatus at(boolean nowCaughtUp, long nowLag) {
        return new FollowerStatus(phase, caughtUp || nowCaughtUp, nowLag, since, why);
    }
}
