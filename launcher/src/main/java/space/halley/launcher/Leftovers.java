package space.halley.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import space.halley.launcher.data.LauncherException;
import space.halley.launcher.data.RunState;

/** Processes of an earlier run whose supervisor died. They end by themselves; this waits for it, and helps if need be. */
final class Leftovers {
    private static final int PATIENCE_SECONDS = 15;

    private Leftovers() {}

    /** Returns when none is left. Only processes that the earlier run recorded, and that are still the same, are touched. */
    static void clear(Path root, Progress progress) throws Exception {
        // The broker, which starts first, ends last: the others need it to end in good order.
        var components = RunState.read(root).map(RunState::components).orElse(List.of());
        for (var component : components.reversed()) {
            for (var process : component.process().running().stream().toList()) {
                progress.line("  An earlier run left the " + component.name() + " (process " + process.pid()
                        + ") behind; ending it.");
                process.destroy();
                if (!ended(process.onExit())) {
                    process.destroyForcibly();
                    if (!ended(process.onExit())) {
                        throw new LauncherException(
                                "Process " + process.pid() + ", the " + component.name()
                                        + " of an earlier run, cannot be ended.",
                                "End it by hand: kill -9 " + process.pid());
                    }
                }
            }
        }
    }

    /** Whether one of the processes recorded for a data folder still runs. */
    static Stream<RunState.Component> of(RunState state) {
        return state.components().stream()
                .filter(component -> component.process().running().isPresent());
    }

    private static boolean ended(CompletableFuture<ProcessHandle> exit) throws Exception {
        try {
            exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
