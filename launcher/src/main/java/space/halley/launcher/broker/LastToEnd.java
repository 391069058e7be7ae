package space.halley.launcher.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
        var others = RunState.read(data).map(RunState::components).orElse(List.of()).stream()
                .filter(component -> component.pid() != ProcessHandle.current().pid())
                .flatMap(component -> component.process().running().stream())
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(others).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot fail", e);
        }
    }
}
