package space.halley.launcher.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    public static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(this::isSame)
                .filter(process -> !isZombie());
    }

    /**
     * Waits until the process has ended.
     *
     * @return false if it still runs after that time
     */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        var begin = System.nanoTime();
        while (running().isPresent()) {
            if (System.nanoTime() - begin > patience.toNanos()) {
                return false;
            }
            // ProcessHandle.onExit looks only every 0.3 s, and less often from look to look, if it is no child of ours.
            Thread.sleep(BETWEEN_LOOKS);
        }
        return true;
    }

    /**
     * Whether it has ended and nobody has asked for its exit code. Who takes over the children of a killed process may ask
     * seconds later, and in a container often never asks; Java takes such a process for alive.
     */
    private boolean isZombie() {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The name before the state is in brackets, and may hold brackets and blanks itself.
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException e) {
            // There is no such file on other systems, or not any more.
            return false;
        }
    }

    private boolean isSame(ProcessHandle other) {
        var difference = Duration.between(startedAt, of(other).startedAt()).abs();
        return difference.compareTo(TOLERANCE) <= 0;
    }
}
