package space.halley.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import space.halley.launcher.data.DataFolder;
import space.halley.launcher.data.LauncherException;
import space.halley.launcher.data.RunState;

/**
 * Keeps child processes alive: starts them, waits until they are ready, starts those again that die, and stops all of
 * them, the first one started last.
 *
 * <p>Safe for use by several threads. Restarts happen on a thread of its own.
 */
public final class Supervisor {
    private static final int RESTARTS = 3;
    private static final Duration RESTART_PERIOD = Duration.ofMinutes(10);
    private static final long POLL_MILLIS = 20;

    private final Path java;
    private final Path runFolder;
    private final Path logFolder;
    private final InstantSource clock;
    private final SupervisorListener listener;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final ExecutorService keeper = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("supervisor").daemon().factory());
    private boolean stopping;

    /** What is known of one child; guarded by the supervisor. */
    private static final class Entry {
        final ChildSpec spec;
        final RestartBudget budget = new RestartBudget(RESTARTS, RESTART_PERIOD);
        Child child;
        boolean kept;
        int restarts;

        Entry(ChildSpec spec, Child child) {
            this.spec = spec;
            this.child = child;
        }
    }

    public Supervisor(Path java, Path runFolder, Path logFolder, InstantSource clock, SupervisorListener listener) {
        this.java = java;
        this.runFolder = runFolder;
        this.logFolder = logFolder;
        this.clock = clock;
        this.listener = listener;
    }

    /** Starts a program. It is not yet kept alive; see {@link #awaitReady}. */
    public void start(ChildSpec spec) {
        synchronized (this) {
            if (stopping) {
                return;
            }
            entries.put(spec.name(), new Entry(spec, launch(spec)));
        }
        listener.changed();
    }

    /**
     * Waits until a started program is ready, and keeps it alive from then on.
     *
     * @throws LauncherException if it dies or is not ready in time, with the end of its log
     */
    public void awaitReady(String name, Probe probe, Duration patience) throws InterruptedException {
        var deadline = clock.instant().plus(patience);
        while (true) {
            var entry = entry(name);
            var child = current(entry);
            if (!child.isAlive()) {
                throw failure(entry, name + " ended while it was starting (" + cause(child) + ").");
            }
            var obstacle = probe.obstacle();
            if (obstacle.isEmpty()) {
                keep(entry);
                return;
            }
            if (clock.instant().isAfter(deadline)) {
                throw failure(
                        entry, name + " is not ready after " + patience.toSeconds() + " s: " + obstacle.get() + ".");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Whether {@link #stopAll} was called. */
    public synchronized boolean isStopping() {
        return stopping;
    }

    /** What runs, in the order it was started in. */
    public synchronized List<RunState.Component> components() {
        return entries.values().stream().map(this::component).toList();
    }

    /**
     * Stops everything: the first one started is the last to end, because the others need it to end in good order; these
     * end at the same time. A second call does nothing.
     *
     * @param report hears of each one that has stopped, and what went wrong, if something did
     */
    public void stopAll(BiConsumer<String, Optional<String>> report) throws InterruptedException {
        List<Entry> open;
        synchronized (this) {
            stopping = true;
            open = new ArrayList<>(entries.values());
            entries.clear();
        }
        keeper.shutdown();
        if (open.isEmpty()) {
            return;
        }
        stopTogether(open.subList(1, open.size()), report);
        stopTogether(open.subList(0, 1), report);
    }

    private static void stopTogether(List<Entry> entries, BiConsumer<String, Optional<String>> report)
            throws InterruptedException {
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("stop-", 0).factory())) {
            var stopped = new ExecutorCompletionService<Runnable>(threads);
            for (var entry : entries) {
                stopped.submit(() -> {
                    var trouble = stop(entry);
                    return () -> report.accept(entry.spec.name(), trouble);
                });
            }
            for (var remaining = entries.size(); remaining > 0; remaining--) {
                stopped.take().get().run();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a child could not be stopped", e);
        }
    }

    /** What went wrong, if something did. */
    private static Optional<String> stop(Entry entry) throws InterruptedException {
        var wasAlive = entry.child.isAlive();
        var orderly = entry.child.stop(entry.spec.grace());
        return orderly || !wasAlive
                ? Optional.empty()
                : Optional.of(
                        "killed, it did not stop within " + entry.spec.grace().toSeconds() + " s");
    }

    /** Where a program's output goes. */
    public Path log(String name) {
        return logFolder.resolve(name + ".log");
    }

    private Child launch(ChildSpec spec) {
        try {
            var child = Child.start(spec, java, runFolder, log(spec.name()));
            child.onExit(() -> submit(spec.name(), child));
            return child;
        } catch (IOException e) {
            throw DataFolder.unusable(runFolder, e);
        }
    }

    private void submit(String name, Child child) {
        synchronized (this) {
            if (!stopping) {
                keeper.execute(() -> died(name, child));
            }
        }
    }

    private void died(String name, Child child) {
        @Nullable String impossible = null;
        var cause = cause(child);
        synchronized (this) {
            var entry = entries.get(name);
            if (stopping || entry == null || entry.child != child || !entry.kept) {
                return;
            }
            if (entry.budget.spend(clock.instant())) {
                try {
                    entry.restarts++;
                    entry.child = launch(entry.spec);
                } catch (LauncherException e) {
                    impossible = String.valueOf(e.getMessage());
                }
            } else {
                impossible = "it died more than " + entry.budget + ", last with " + cause;
            }
        }
        if (impossible == null) {
            listener.changed();
            listener.restarted(name, cause);
        } else {
            listener.gaveUp(name, impossible);
        }
    }

    private void keep(Entry entry) {
        synchronized (this) {
            entry.kept = true;
            if (!entry.child.isAlive()) {
                submit(entry.spec.name(), entry.child);
            }
        }
    }

    private synchronized Entry entry(String name) {
        var entry = entries.get(name);
        if (entry == null) {
            throw new LauncherException("Halley was stopped while it was starting.", "Start it again: halley up");
        }
        return entry;
    }

    private synchronized Child current(Entry entry) {
        return entry.child;
    }

    private RunState.Component component(Entry entry) {
        var identity = entry.child.identity();
        return new RunState.Component(
                entry.spec.name(),
                identity.pid(),
                identity.startedAt().toEpochMilli(),
                entry.spec.port(),
                entry.spec.health(),
                entry.restarts,
                log(entry.spec.name()).toString());
    }

    private LauncherException failure(Entry entry, String what) {
        var log = log(entry.spec.name());
        return new LauncherException(
                what + "\nThe end of its log:\n  " + String.join("\n  ", Child.lastLines(log)),
                "The whole log is in " + log + ".");
    }

    private static String cause(Child child) {
        var code = child.exitCode();
        return code > 128 ? "signal " + (code - 128) : "exit code " + code;
    }
}
