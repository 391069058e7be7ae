package space.halley.launcher;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import space.halley.launcher.data.LauncherException;
import space.halley.launcher.data.ProcessIdentity;
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
        footerHeading = "%nExamples%n",
        footer = {"  halley down", "  halley down --data /srv/halley"},
        sortOptions = false)
final class DownCommand implements Callable<Integer> {
    /** More than all programs together may take before they are killed. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        var folder = data.folder();
        var state = RunState.read(folder);
        if (state.isEmpty()) {
            System.out.println("Halley is not running on " + folder + ".");
            return 0;
        }
        var wasRunning = end(state.get().supervisor());
        // The programs end with their supervisor; if it was killed just now, they are about to.
        for (var component : state.get().components().reversed()) {
            end(component.process());
        }
        System.out.println(
                wasRunning
                        ? "Halley has stopped. The data in " + folder + " stays."
                        : "Halley is not running on " + folder + ".");
        return 0;
    }

    /** Whether there was anything to end. */
    private static boolean end(ProcessIdentity identity) throws InterruptedException {
        var process = identity.running();
        process.ifPresent(ProcessHandle::destroy);
        if (!identity.awaitEnd(PATIENCE)) {
            process.ifPresent(ProcessHandle::destroyForcibly);
            throw new LauncherException(
                    "Process " + identity.pid() + " did not stop within " + PATIENCE.toSeconds() + " s and was killed.",
                    "The next 'halley up' goes on with the data that was on the disk.");
        }
        return process.isPresent();
    }
}
