package space.halley.launcher;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs several steps at the same time; when one fails, the others are interrupted. */
final class Together {
    /** A step that may be interrupted and may fail. */
    @FunctionalInterface
    interface Step {
        void run() throws InterruptedException, ExecutionException;
    }

    private Together() {}

    /**
     * Runs the steps and waits for all of them.
     *
     * @throws ExecutionException with the cause of the first failure
     */
    static void run(List<Step> steps) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("start-", 0).factory())) {
            var outcomes = new ExecutorCompletionService<Void>(threads);
            for (var step : steps) {
                outcomes.submit(() -> {
                    step.run();
                    return null;
                });
            }
            try {
                for (var remaining = steps.size(); remaining > 0; remaining--) {
                    outcomes.take().get();
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
