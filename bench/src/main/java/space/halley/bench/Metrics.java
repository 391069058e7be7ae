package space.halley.bench;

import java.lang.management.ManagementFactory;
import java.util.stream.DoubleStream;
import javax.management.JMException;
import javax.management.ObjectName;

/** The metrics that Kafka's clients in this process publish by JMX. */
final class Metrics {
    private Metrics() {}

    /** How often the consumers of the lanes have taken part in a rebalance, their start among them. */
    static double rebalances() {
        return values("kafka.consumer:type=consumer-coordinator-metrics,*", "rebalance-total")
                .sum();
    }

    /** What the block cache of all stores holds, write buffers counted in. All stores have the same. */
    static double blockCacheBytes() {
        return values("kafka.streams:type=stream-state-metrics,*", "block-cache-usage")
                .max()
                .orElse(0);
    }

    private static DoubleStream values(String beans, String attribute) {
        var server = ManagementFactory.getPlatformMBeanServer();
        try {
            return server.queryNames(new ObjectName(beans), null).stream()
                    .mapToDouble(bean -> {
                        try {
                            return ((Number) server.getAttribute(bean, attribute)).doubleValue();
                        } catch (JMException e) {
                            // Closed meanwhile, or one that has no such attribute.
                            return 0;
                        }
                    })
                    .filter(Double::isFinite)
                    .sorted();
        } catch (JMException e) {
            throw new IllegalArgumentException(beans + " is no name", e);
        }
    }
}
