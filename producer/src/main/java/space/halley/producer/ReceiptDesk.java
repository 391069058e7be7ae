package space.halley.producer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import space.halley.schemas.Receipt;

/**
 * Brings receipts and those who wait for them together, by the command's place in the log. A receipt can be read before
 * the producer has told the command's place, so while sends are unacknowledged, receipts that may be theirs are kept.
 *
 * <p>Safe for use by several threads: senders, the producer's callback thread and the receipts' reader. Futures are
 * completed outside the lock.
 */
final class ReceiptDesk {
    private final Map<Place, CompletableFuture<Receipt>> waiting = new HashMap<>();
    private final Map<Place, Receipt> early = new HashMap<>();
    private final Map<String, Integer> unacknowledged = new HashMap<>();
    private @Nullable Throwable closed;

    /** Where a command stands in the agency's command topic. */
    record Place(int partition, long offset) {}

    /** A command is about to be sent; one that is sent to several places, once for each. */
    synchronized void sending(String commandId) {
        unacknowledged.merge(commandId, 1, Integer::sum);
    }

    /** The command was not appended, as far as the producer knows. */
    synchronized void failed(String commandId) {
        acknowledge(commandId);
    }

    /** The command was appended there; its receipt completes the future. */
    CompletableFuture<Receipt> appended(String commandId, Place place) {
        var future = new CompletableFuture<Receipt>();
        @Nullable Receipt receipt;
        @Nullable Throwable why;
        synchronized (this) {
            receipt = early.remove(place);
            why = closed;
            acknowledge(commandId);
            if (receipt == null && why == null) {
                waiting.put(place, future);
            }
        }
        if (receipt != null) {
            future.complete(receipt);
        } else if (why != null) {
            future.completeExceptionally(why);
        }
        return future;
    }

    /** A receipt of this agency was read; it may answer another program's command. */
    void received(Receipt receipt) {
        var place = new Place(receipt.commandPartition(), receipt.commandOffset());
        @Nullable CompletableFuture<Receipt> future;
        synchronized (this) {
            future = waiting.remove(place);
            if (future == null && mayBeOurs(receipt)) {
                early.put(place, receipt);
            }
        }
        if (future != null) {
            future.complete(receipt);
        }
    }

    /** Nobody waits for this receipt any more. */
    synchronized void forget(Place place) {
        waiting.remove(place);
    }

    /** No receipt will come any more: all who wait, and who would wait from now on, hear why. */
    void close(Throwable why) {
        List<CompletableFuture<Receipt>> all;
        synchronized (this) {
            closed = why;
            all = List.copyOf(waiting.values());
            waiting.clear();
            early.clear();
        }
        all.forEach(future -> future.completeExceptionally(why));
    }

    /** How many receipts are awaited or kept. */
    synchronized int size() {
        return waiting.size() + early.size();
    }

    /** A command that the lane could not read is answered without its id. */
    private boolean mayBeOurs(Receipt receipt) {
        return receipt.commandId() == null
                ? !unacknowledged.isEmpty()
                : unacknowledged.containsKey(receipt.commandId());
    }

    private void acknowledge(String commandId) {
        unacknowledged.computeIfPresent(commandId, (id, times) -> times == 1 ? null : times - 1);
        if (unacknowledged.isEmpty()) {
            early.clear();
        }
    }
}
