package space.halley.launcher.data;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One process and no other that later gets the same number.
 *
 * @param pid the process number, which the system gives again after a while
 * @param startedAt when it started, as the system says
 */
public record ProcessIdentity(long pid, Instant startedAt) {
    /** Linux derives start times from the boot time, which moves by a second when the clock is corrected. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    public static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
    }

    private boolean isSame(ProcessHandle other) {
        var difference = Duration.between(startedAt, of(other).startedAt()).abs();
        return difference.compareTo(TOLERANCE) <= 0;
    }
}
