package space.halley.launcher.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import space.halley.launcher.data.RunState;

/**
 * Lets the broker end after the programs that use it, whoever tells them to end: the supervisor keeps this order, but when
 * it was killed, or when the machine goes down, all of them are told at once.
 */
final class LastToEnd {
    private LastToEnd() {}

    /**
     * Waits until the other programs of the installation have ended.
     *
     * @param data the installation's folder
     * @return false if one still runs after that time
     */
    static boolean othersHaveEnded(Path data, Duration patience) throws InterruptedException {
        var begin = System.nanoTime();
        var others = RunState.read(data).map(RunState::components).orElse(List.of()).stream()
                .filter(component -> component.pid() != ProcessHandle.current().pid())
                .toList();
        for (var other : others) {
            var spent = Duration.ofNanos(System.nanoTime() - begin);
            if (!other.process().awaitEnd(patience.minus(spent))) {
                return false;
            }
        }
        return true;
    }
}
