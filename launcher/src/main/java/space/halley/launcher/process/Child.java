package space.halley.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import space.halley.launcher.data.ProcessIdentity;

/** One started child process. Safe for use by several threads. */
final class Child {
    private static final long LOG_LIMIT = 10L << 20;
    private static final int LOGS_KEPT = 3;

    private final Process process;
    private final ProcessIdentity identity;
    private final Thread logger;

    private Child(Process process, Thread logger) {
        this.process = process;
        this.identity = ProcessIdentity.of(process.toHandle());
        this.logger = logger;
    }

    static Child start(ChildSpec spec, Path java, Path runFolder, Path log) throws IOException {
        var builder = new ProcessBuilder(JavaCommand.of(spec, java, runFolder.resolve(spec.name() + ".arguments")))
                .directory(spec.folder().toFile())
                .redirectErrorStream(true);
        var environment = JavaCommand.environment(System.getenv());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var sink = new RotatingLog(log, LOG_LIMIT, LOGS_KEPT);
        var process = builder.start();
        var logger = Thread.ofPlatform().name("log-" + spec.name()).daemon().start(() -> {
            try (sink;
                    var output = process.getInputStream()) {
                sink.copy(output);
            } catch (IOException e) {
                System.err.println("The output of " + spec.name() + " can no longer be read: " + e.getMessage());
            }
        });
        return new Child(process, logger);
    }

    ProcessIdentity identity() {
        return identity;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Runs an action, on some thread, once the process has ended. */
    void onExit(Runnable action) {
        var unused = process.onExit().thenRun(action);
    }

    /** Ends the process: in good order if it does so in time, by force otherwise. True if no force was needed. */
    boolean stop(Duration grace) throws InterruptedException {
        // Process.destroy would also close the child's output, and its last words with it.
        process.toHandle().destroy();
        var orderly = process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
        if (!orderly) {
            process.destroyForcibly().waitFor();
        }
        logger.join(Duration.ofSeconds(2));
        return orderly;
    }

    static List<String> lastLines(Path log) {
        return RotatingLog.tail(log, 15);
    }
}
