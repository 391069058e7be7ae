package space.halley.producer.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import space.halley.producer.Outcome;
import space.halley.producer.PublishingException;

/**
 * Commands on their way and their results, which are reported in the order in which the commands were given, as soon as
 * that is possible. Belongs to one thread.
 */
final class Conversation {
    private final Report report;
    private final boolean waits;
    private final Tally tally = new Tally();
    private final Deque<CompletableFuture<Result>> pending = new ArrayDeque<>();

    /** @param waits whether answers are waited for */
    Conversation(Report report, boolean waits) {
        this.report = report;
        this.waits = waits;
    }

    /**
     * Something is decided without a command.
     *
     * @throws PublishingException if an earlier command could not be sent
     */
    void settled(Result result) {
        expect(CompletableFuture.completedFuture(result));
    }

    /**
     * A command was given.
     *
     * @throws PublishingException if this or an earlier one could not be sent
     */
    void sent(@Nullable String source, CompletableFuture<Outcome> outcome) {
        expect(outcome.thenApply(known -> Result.of(source, known, waits)));
    }

    private void expect(CompletableFuture<Result> result) {
        pending.add(result);
        while (!pending.isEmpty() && pending.getFirst().isDone()) {
            settleFirst();
        }
    }

    /**
     * Waits for all that is on its way.
     *
     * @throws PublishingException if one could not be sent
     */
    void awaitAll() {
        while (!pending.isEmpty()) {
            settleFirst();
        }
    }

    Tally tally() {
        return tally;
    }

    private void settleFirst() {
        try {
            var result = pending.removeFirst().join();
            tally.add(result);
            report.result(result);
        } catch (CompletionException e) {
            if (e.getCause() instanceof PublishingException trouble) {
                throw trouble;
            }
            throw e;
        }
    }
}
