package space.halley.bench;

import java.lang.management.ManagementFactory;
import java.util.Set;
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

    /** The lanes' consumers; those of a lane that died and started again have other names. */
    static Set<ObjectName> consumers() {
        return names("kafka.consumer:type=consumer-coordinator-metrics,*");
    }

    private static DoubleStream values(String beans, String attribute) {
        var server = ManagementFactory.getPlatformMBeanServer();
        return names(beans).stream()
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
    }

    private static Set<ObjectName> names(String beans) {
        try {
            return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName(beans), null);
        } catch (JMException e) {
            throw new IllegalArgumentException(beans + " is no name", e);
        }
    }
}
