package space.halley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import space.halley.streams.BoundedMemory;

/**
 * What this process holds, in bytes: broker, lane and benchmark.
 *
 * @param heap live objects, after a collection
 * @param blockCache of the stores' common cache, write buffers counted in
 * @param resident of all, mapped files not counted; 0 where Linux does not tell
 */
record Memory(double heap, double blockCache, double resident) {
    private static final String ANONYMOUS = "RssAnon:";
    private static final double KIB = 1_024;

    static Memory now() {
        System.gc();
        return new Memory(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                BoundedMemory.usedBytes(),
                residentBytes("self"));
    }

    /**
     * What a process holds, mapped files not counted; 0 where Linux does not tell.
     *
     * @param process its id, or {@code self}
     */
    static double residentBytes(String process) {
        var status = Path.of("/proc", process, "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(ANONYMOUS))
                    .mapToDouble(line -> KIB
                            * Double.parseDouble(line.substring(ANONYMOUS.length())
                                    .replace("kB", "")
                                    .strip()))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("the memory of process " + process + " cannot be seen", e);
        }
    }
}
