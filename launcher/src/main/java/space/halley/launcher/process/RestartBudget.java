package space.halley.launcher.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often something that dies is started again: a limited number of times within a period, so that what cannot run
 * does not die for ever.
 *
 * <p>Not safe for use by several threads.
 */
final class RestartBudget {
    private final int limit;
    private final Duration period;
    private final Deque<Instant> spent = new ArrayDeque<>();

    RestartBudget(int limit, Duration period) {
        this.limit = limit;
        this.period = period;
    }

    /** Takes one restart from the budget; false if none is left at this time. */
    boolean spend(Instant now) {
        while (!spent.isEmpty() && !spent.getFirst().isAfter(now.minus(period))) {
            spent.removeFirst();
        }
        if (spent.size() >= limit) {
            return false;
        }
        spent.addLast(now);
        return true;
    }

    @Override
    public String toString() {
        return limit + " times in " + period.toMinutes() + " minutes";
    }
}
