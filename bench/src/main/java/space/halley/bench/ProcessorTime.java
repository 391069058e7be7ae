package space.halley.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

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

    /** By the thread that asks. */
    static long ofThread() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
