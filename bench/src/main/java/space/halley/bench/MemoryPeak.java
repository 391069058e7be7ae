package space.halley.bench;

import java.time.Duration;
import space.halley.streams.BoundedMemory;

/** The most that this process holds while it works, looked at five times a second; the heap as it is, with its garbage. */
final class MemoryPeak implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final Thread watch =
            Thread.ofPlatform().daemon().name("memory-peak").start(this::look);
    private volatile long blockCache;
    private volatile double resident;

    /** The stores' common cache, write buffers counted in; bytes. */
    long blockCache() {
        return blockCache;
    }

    /** All but mapped files; bytes, 0 where Linux does not tell. */
    double resident() {
        return resident;
    }

    private void look() {
        try {
            while (true) {
                blockCache = Math.max(blockCache, BoundedMemory.usedBytes());
                resident = Math.max(resident, Memory.residentBytes("self"));
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
