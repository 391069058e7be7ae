package space.halley.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The processor time that was used, in nanoseconds since some moment. What other programs use does not count. */
final class ProcessorTime {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProcessorTime() {}

    /** By all threads of this process, those of the compiler and the garbage collector among them. */
    static long ofProcess() {
        return PROCESS.getProcessCpuTime();
    }

    /** The stream threads of all lanes of this process. */
    static Set<Long> streamThreads() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().contains("-StreamThread-"))
                .map(ThreadInfo::getThreadId)
                .collect(Collectors.toSet());
    }

    /** By these threads, which live. */
    static long ofThreads(Set<Long> ids) {
        return ids.stream().mapToLong(THREADS::getThreadCpuTime).sum();
    }

    /** By the thread that asks. */
    static long ofThread() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
