package space.halley.api.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Runs the subscriptions, each on a virtual thread, and bounds their number. */
@Context
class Subscribers {
    private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

    private final int limit;
    private final Duration heartbeat;
    private final Counter frames;
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Scheduler scheduler = Schedulers.fromExecutorService(threads, "subscribers");

    Subscribers(
            @Value("${halley.stream.max-subscribers:1000}") int limit,
            @Value("${halley.stream.heartbeat:15s}") Duration heartbeat,
            MeterRegistry registry) {
        this.limit = limit;
        this.heartbeat = heartbeat;
        this.frames = Metrics.frames(registry);
        Gauge.builder("halley.stream.subscribers", count, AtomicInteger::get)
                .description("subscribers now")
                .register(registry);
    }

    /** How long a subscriber hears nothing at most. */
    Duration heartbeat() {
        return heartbeat;
    }

    /** The subscription's frames, as fast as they are asked for. */
    Publisher<Frame> frames(EventSubscription subscription) {
        if (count.get() >= limit) {
            throw ProblemException.tooManySubscribers();
        }
        // Counted only while somebody listens: an answer that is never sent must not take a place for ever.
        var counted = new AtomicBoolean();
        return Flux.<Frame>generate(sink -> {
                    try {
                        var frame = subscription.next();
                        if (frame == null) {
                            sink.complete();
                        } else {
                            frames.increment();
                            sink.next(frame);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        sink.complete();
                    }
                })
                .doOnError(e -> LOG.atWarn().setCause(e).log("A subscription ended; its subscriber can resume"))
                .doOnSubscribe(subscribed -> {
                    counted.set(true);
                    count.incrementAndGet();
                })
                .doFinally(signal -> {
                    if (counted.compareAndSet(true, false)) {
                        count.decrementAndGet();
                    }
                })
                .subscribeOn(scheduler);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
        scheduler.dispose();
    }
}
