package space.halley.api.index;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot, for any number of readers, and the signal that there is a newer one. The follower publishes, all
 * others read; waiting is made for virtual threads.
 */
public final class IndexSnapshots implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable IndexSnapshot newest;
    private boolean closed;

    /** Something that is read from a snapshot. It must not keep the snapshot. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(IndexSnapshot snapshot) throws IOException;
    }

    /**
     * Reads from the newest snapshot.
     *
     * @throws IllegalStateException if there is none yet; the server asks for readiness first
     * @throws IOException if the index cannot be read
     */
    public <T> T read(Reading<T> reading) throws IOException {
        var snapshot = acquire();
        try {
            return reading.from(snapshot);
        } finally {
            snapshot.reader().decRef();
        }
    }

    /** The place of the newest snapshot; the beginning if there is none. */
    public Position position() {
        lock.lock();
        try {
            return newest == null ? Position.BEGINNING : newest.position();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the newest snapshot's place is as asked, at most so long.
     *
     * @return whether it is
     */
    public boolean await(Predicate<Position> asked, Duration atMost) throws InterruptedException {
        var left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && (newest == null || !asked.test(newest.position()))) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no snapshot will come any more. */
    public boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes over the snapshot's reader and lets go of the one before. */
    void publish(IndexSnapshot snapshot) throws IOException {
        @Nullable IndexSnapshot before;
        lock.lock();
        try {
            before = newest;
            newest = snapshot;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (before != null) {
            before.reader().decRef();
        }
    }

    private IndexSnapshot acquire() {
        lock.lock();
        try {
            if (newest == null || closed) {
                throw new IllegalStateException("there is no snapshot of the index");
            }
            newest.reader().incRef();
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting and lets go of the newest snapshot. Readers that have one may finish. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
            if (newest != null) {
                newest.reader().decRef();
            }
        } finally {
            lock.unlock();
        }
    }
}
