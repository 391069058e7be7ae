package space.halley.launcher;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import space.halley.launcher.data.LauncherException;
import space.halley.launcher.data.RunState;

/** Stops what {@code up} started. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        header = "Stop everything that 'up' started. The data stays.",
        description = {
            "",
            "Stops the API, the streams and the registry, then the broker, and returns when all of them have ended."
                    + " Does nothing if nothing runs.",
            ""
        },
        optionListHeading = "Options%n",
        sortOptions = false)
final class DownCommand implements Callable<Integer> {
    /** More than all programs together may take before they are killed. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        var folder = data.folder();
        var state = RunState.read(folder);
        if (state.isEmpty()) {
            System.out.println("Halley is not running on " + folder + ".");
            return 0;
        }
        var supervisor = state.get().supervisor().running();
        if (supervisor.isPresent()) {
            end(supervisor.get());
        }
        // The programs end with their supervisor; if it was killed just now, they are about to.
        for (var component : state.get().components().reversed()) {
            var process = component.process().running();
            if (process.isPresent()) {
                end(process.get());
            }
        }
        System.out.println(
                supervisor.isPresent()
                        ? "Halley has stopped. The data in " + folder + " stays."
                        : "Halley is not running on " + folder + ".");
        return 0;
    }

    private static void end(ProcessHandle process) throws InterruptedException, ExecutionException {
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new LauncherException(
                    "Process " + process.pid() + " did not stop within " + PATIENCE.toSeconds() + " s and was killed.",
                    "The next 'halley up' goes on with the data that was on the disk.",
                    e);
        }
    }
}
