package space.halley.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Cause;
import space.halley.domain.Decision;
import space.halley.domain.Embargo;
import space.halley.domain.Product;
import space.halley.domain.VersionState;
import space.halley.schemas.Topics;

/**
 * The lane of one agency in one partition: loads, lets the rules decide, and applies.
 *
 * <p>The order of work makes every decision a function of the log, however fast or slow drains are: before a command is
 * decided, the pending fences release what is due of that product, oldest fence first; the drain only does the same for
 * the products that nobody asks for. All of one decision is encoded before anything is changed, and all of it is written
 * in one transaction. One instance per task, used by the stream thread alone.
 */
final class LaneProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    /** How often the lane looks whether a timer is due, and goes on with a drain. */
    private static final Duration TICK = Duration.ofMillis(50);

    private final LaneSettings settings;
    private final Admission admission;
    private final Embargo embargo;
    private final Outputs outputs;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private ProductStore products;

    @SuppressWarnings("NullAway.Init")
    private TimerStore timers;

    @SuppressWarnings("NullAway.Init")
    private PendingFences fences;

    @SuppressWarnings("NullAway.Init")
    private FenceRequest request;

    @SuppressWarnings("NullAway.Init")
    private Cancellable ticks;

    LaneProcessor(LaneSettings settings) {
        this.settings = settings;
        this.admission = new Admission(settings.codecs().commands(), settings.partitions());
        this.embargo = new Embargo(settings.agency());
        this.outputs = new Outputs(settings.agency().id(), settings.codecs());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        var partition = context.taskId().partition();
        KeyValueStore<Bytes, byte[]> small = context.getStateStore(Topics.Store.FENCES.storeName());
        this.products = new ProductStore(
                context.getStateStore(Topics.Store.PRODUCTS.storeName()),
                settings.codecs().products());
        this.timers = new TimerStore(context.getStateStore(Topics.Store.TIMERS.storeName()), small);
        this.fences = new PendingFences(small, partition);
        this.request = new FenceRequest(settings.proposer(), settings.clock(), partition);
        this.ticks = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick());
    }

    @Override
    public void process(Record<byte[], byte[]> input) {
        var metadata = context.recordMetadata().orElseThrow();
        var appended = Instant.ofEpochMilli(input.timestamp());
        switch (admission.admit(input.key(), input.value(), metadata.partition(), metadata.offset())) {
            case Admission.Fence fence -> {
                var cause = new Cause(metadata.partition(), metadata.offset(), appended, fence.carriedClock());
                request.seen(fence.proposer(), fence.number(), cause.watermark());
                var first = fences.isEmpty();
                fences.add(cause);
                if (first) {
                    // Behind another fence it waits for the tick, so that many fences in a row cost no step each.
                    drain();
                }
            }
            case Admission.Said said -> {
                var cause = new Cause(metadata.partition(), metadata.offset(), appended, said.carriedClock());
                var product = releaseDue(products.get(said.command().id().lid()));
                apply(
                        product,
                        embargo.decide(product, said.command(), cause),
                        cause,
                        said.command().statement().commandId(),
                        input.value());
            }
            case Admission.Refused refused -> {
                var cause = new Cause(metadata.partition(), metadata.offset(), appended, appended);
                forward(outputs.ofRefused(refused, cause, input.value()));
            }
        }
    }

    /** On the wall clock, which only proposes: goes on with a drain, or asks for a fence if a timer is due. */
    private void tick() {
        if (!fences.isEmpty()) {
            drain();
        }
        if (fences.isEmpty()) {
            var next = timers.next();
            next.ifPresent(request::whenDue);
            settings.gauges().nextRelease(context.taskId().partition(), next);
        }
    }

    /** Goes on with the first fences' drains for as long as one step's budget lasts. */
    private void drain() {
        var meter = settings.budget().start(settings.nanoClock());
        for (var pending = fences.first(); pending != null; pending = fences.first()) {
            var fence = pending.fence();
            var ended = new ArrayList<Bytes>(1);
            var visited = timers.visitDue(pending.visited(), fence.watermark(), timer -> {
                if (!meter.spend()) {
                    return false;
                }
                release(timer, fence);
                ended.clear();
                ended.add(timer.bytes());
                return true;
            });
            if (visited != null) {
                fences.save(ended.isEmpty() ? null : ended.getFirst());
                return;
            }
            fences.removeFirst();
            timers.drained(fence.watermark());
        }
    }

    /** Opens what a timer points at, if the product's state agrees; forgets a timer that the state does not know. */
    private void release(TimerKey timer, Cause fence) {
        var product = products.get(timer.lid());
        if (!product.nextRelease().equals(Optional.of(timer.at()))) {
            timers.disarm(timer.lid(), timer.at());
            return;
        }
        apply(product, embargo.release(product, fence), fence, null, null);
    }

    private Product releaseDue(Product product) {
        var current = product;
        for (var pending : fences.all()) {
            current = apply(current, embargo.release(current, pending.fence()), pending.fence(), null, null);
        }
        return current;
    }

    private Product apply(
            Product before, Decision decision, Cause cause, @Nullable String commandId, byte @Nullable [] payload) {
        if (decision.effects().isEmpty()) {
            return before;
        }
        var records = outputs.of(decision.effects(), cause, commandId, payload);
        var after = decision.after();
        if (!after.equals(before)) {
            var encoded = settings.codecs().products().encode(after);
            move(before, after);
            products.put(after, encoded);
        }
        forward(records);
        return after;
    }

    private void move(Product before, Product after) {
        var old = before.nextRelease();
        var next = after.nextRelease();
        if (!old.equals(next)) {
            old.ifPresent(at -> timers.disarm(before.lid(), at));
            next.ifPresent(at -> timers.arm(after.lid(), at, schedule(after)));
        }
    }

    private static int schedule(Product product) {
        return product.held()
                .map(version -> ((VersionState.Held) version.state()).plan().schedule())
                .orElse(0);
    }

    private void forward(List<Outputs.Output> records) {
        // Topics stamp their own append time; this one is for Kafka Streams alone.
        var now = context.currentSystemTimeMs();
        for (var output : records) {
            context.forward(
                    new Record<>(output.key(), output.value(), now),
                    output.sink().sinkName());
        }
    }

    @Override
    public void close() {
        // A task that is opened again schedules its own.
        ticks.cancel();
        settings.gauges().forget(context.taskId().partition());
    }
}
