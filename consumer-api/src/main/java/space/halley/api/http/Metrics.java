package space.halley.api.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import space.halley.api.follow.FollowerMonitor;
import space.halley.api.follow.FollowerStatus;

/** The service's figures. Labels never hold what somebody asked for, nor any product. */
@Factory
final class Metrics {
    /** All meters. */
    @Singleton
    @Bean(typed = {PrometheusMeterRegistry.class, MeterRegistry.class})
    PrometheusMeterRegistry registry(FollowerMonitor follower) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        Gauge.builder("halley.follower.lag", () -> follower.status().lag())
                .description("offsets between the index and the committed end of the public log, as far as is known")
                .register(registry);
        Gauge.builder("halley.follower.caught.up", () -> follower.status().caughtUp() ? 1 : 0)
                .description("1 when the index has caught up since the start")
                .register(registry);
        Gauge.builder(
                        "halley.follower.stalled",
                        () -> follower.status().phase() == FollowerStatus.Phase.FOLLOWING ? 0 : 1)
                .description("1 when the index gets nothing new")
                .register(registry);
        return registry;
    }

    /** Counts what subscribers take. */
    static Counter frames(MeterRegistry registry) {
        return Counter.builder("halley.stream.frames")
                .description("events and signs of life that subscribers took")
                .register(registry);
    }
}
