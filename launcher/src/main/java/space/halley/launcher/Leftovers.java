package space.halley.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import space.halley.launcher.data.LauncherException;
import space.halley.launcher.data.RunState;

/** Processes of an earlier run whose supervisor died. They end by themselves; this waits for it, and helps if need be. */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Leftovers() {}

    /** Returns when none is left. Only processes that the earlier run recorded, and that are still the same, are touched. */
    static void clear(Path root, Consumer<String> progress) throws InterruptedException {
        // The broker, which starts first, ends last: the others need it to end in good order.
        var components = RunState.read(root).map(RunState::components).orElse(List.of());
        for (var component : components.reversed()) {
            var identity = component.process();
            var process = identity.running();
            if (process.isEmpty()) {
                continue;
            }
            progress.accept("  An earlier run left the " + component.name() + " (process " + identity.pid()
                    + ") behind; ending it.");
            process.get().destroy();
            if (!identity.awaitEnd(PATIENCE)) {
                process.get().destroyForcibly();
                if (!identity.awaitEnd(PATIENCE)) {
                    throw new LauncherException(
                            "Process " + identity.pid() + ", the " + component.name()
                                    + " of an earlier run, cannot be ended.",
                            "End it by hand: kill -9 " + identity.pid());
                }
            }
        }
    }
}
