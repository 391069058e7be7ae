package space.halley.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.Cause;
import space.halley.domain.Decision;
import space.halley.domain.Embargo;
import space.halley.domain.Policy;
import space.halley.domain.PolicyRegister;
import space.halley.domain.Product;
import space.halley.domain.RefusalReason;
import space.halley.domain.VersionState;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.PolicyDocument;

/**
 * The lane of one agency in one partition: loads, lets the rules decide, and applies.
 *
 * <p>The order of work makes every decision a function of the log, however fast or slow drains are: before a command is
 * decided, the agenda's fences and policy versions are applied to that product in the order of the log; drain and scan only
 * do the same for the products that nobody asks for. All of one decision is encoded before anything is changed, and all of it is written
 * in one transaction. One instance per task, used by the stream thread alone.
 */
final class LaneProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    /** How often the lane looks whether a timer is due, and goes on with a drain. */
    private static final Duration TICK = Duration.ofMillis(50);

    /** How long the first step of a drain may take. */
    private static final Duration FIRST_STEP = Duration.ofMillis(10);

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
    private Agenda agenda;

    @SuppressWarnings("NullAway.Init")
    private DecidedOffset decided;

    @SuppressWarnings("NullAway.Init")
    private PolicyBook policies;

    @SuppressWarnings("NullAway.Init")
    private FenceRequest request;

    @SuppressWarnings("NullAway.Init")
    private Cancellable ticks;

    LaneProcessor(LaneSettings settings) {
        this.settings = settings;
        this.admission = new Admission(settings.codecs().commands(), settings.partitions());
        this.embargo = new Embargo(settings.agency());
        this.outputs = new Outputs(settings.agency().id(), settings.codecs(), settings.partners());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        var partition = context.taskId().partition();
        KeyValueStore<Bytes, byte[]> small = context.getStateStore(Topics.Store.AGENDA.storeName());
        this.products = new ProductStore(
                context.getStateStore(Topics.Store.PRODUCTS.storeName()),
                settings.codecs().products());
        this.timers = new TimerStore(context.getStateStore(Topics.Store.TIMERS.storeName()), small);
        this.policies = new PolicyBook(small, PolicyDocument::read);
        policies.documents().forEach(this::checkPartners);
        this.agenda = new Agenda(small, partition, policies);
        this.decided = new DecidedOffset(small, isEmpty(small) && products.isEmpty());
        this.request = new FenceRequest(settings.proposer(), settings.clock(), partition);
        this.ticks = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick());
    }

    private static boolean isEmpty(KeyValueStore<Bytes, byte[]> store) {
        try (var all = store.all()) {
            return !all.hasNext();
        }
    }

    @Override
    public void process(Record<byte[], byte[]> input) {
        var metadata = context.recordMetadata().orElseThrow();
        decided.next(metadata.partition(), metadata.offset());
        var appended = Instant.ofEpochMilli(input.timestamp());
        switch (admission.admit(input.key(), input.value(), metadata.partition(), metadata.offset())) {
            case Admission.Fence fence -> {
                var cause = new Cause(metadata.partition(), metadata.offset(), appended, fence.carriedClock());
                request.seen(fence.proposer(), fence.number(), cause.watermark());
                var first = agenda.fence() == null;
                agenda.addFence(cause);
                if (first) {
                    // Behind another fence it waits for the tick, so that many fences in a row cost no step each.
                    beginDrain();
                }
            }
            case Admission.Policy policy -> {
                var cause = new Cause(metadata.partition(), metadata.offset(), appended, policy.carriedClock());
                forward(policy(policy, cause, input.value()));
            }
            case Admission.Said said -> {
                settings.turns().commandCame();
                var cause = new Cause(metadata.partition(), metadata.offset(), appended, said.carriedClock());
                var product = catchUp(products.get(said.command().id().lid()));
                apply(
                        product,
                        embargo.decide(product, said.command(), cause, policies.inForce()),
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

    /** What follows from a policy version; the products that it may change are visited later, by the scan. */
    private List<Outputs.Output> policy(Admission.Policy said, Cause cause, byte @Nullable [] payload) {
        if (cause.isClockWrong(Embargo.MAX_CLOCK_DIFFERENCE)) {
            return outputs.ofRefusedPolicy(
                    said.statement(), RefusalReason.CLOCK_WRONG, cause.clockWrong(), cause, payload);
        }
        Policy policy;
        try {
            policy = PolicyDocument.read(said.document(), agencies());
        } catch (InvalidConfigurationException e) {
            return outputs.ofRefusedPolicy(
                    said.statement(), RefusalReason.POLICY_INVALID, String.valueOf(e.getMessage()), cause, payload);
        }
        var problem = problem(policy, said);
        if (problem.isPresent()) {
            return outputs.ofRefusedPolicy(
                    said.statement(), RefusalReason.POLICY_INVALID, problem.get(), cause, payload);
        }
        return switch (policies.register().say(policy.number(), policy.hash())) {
            case PolicyRegister.Refused refused ->
                outputs.ofRefusedPolicy(said.statement(), refused.reason(), refused.explanation(), cause, payload);
            case PolicyRegister.Repeated repeated ->
                outputs.ofPolicy(
                        said.statement(),
                        policy.number(),
                        policy.hash(),
                        policies.offset(policy.number()),
                        policies.register().number(),
                        cause);
            case PolicyRegister.Applied applied -> {
                var records = outputs.ofPolicy(
                        said.statement(), policy.number(), policy.hash(), cause.offset(), policy.number(), cause);
                policies.apply(policy, said.document(), said.statement(), cause.offset(), applied.after());
                agenda.addPolicy(cause, policy, said.statement());
                settings.gauges().policies(cause.partition(), policies.register());
                yield records;
            }
        };
    }

    /** Whoever an agreement may name. */
    private Set<AgencyId> agencies() {
        return Stream.concat(Stream.of(settings.agency().id()), settings.partners().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A partner that was one when the policy came into force may have been taken out of the installation since. */
    private void checkPartners(Policy policy) {
        strangers(policy).findFirst().ifPresent(problem -> {
            throw new LaneStoppedException(
                    "version " + policy.number() + " of the policy of "
                            + settings.agency().id() + " is in force, and its " + problem
                            + "; put that agency's profile back and start again, or what is shared with it would stop every release");
        });
    }

    private Stream<String> strangers(Policy policy) {
        return policy.agreements().stream().flatMap(agreement -> agreement.partners().stream()
                .filter(partner -> !settings.partners().contains(partner))
                .map(partner -> "agreement " + agreement.id() + " is with " + partner
                        + ", which is no other agency of this installation"));
    }

    private Optional<String> problem(Policy policy, Admission.Policy said) {
        var agency = settings.agency().id();
        return policy.number() == said.number() && policy.agency().equals(agency)
                ? Optional.empty()
                : Optional.of("the document is version " + policy.number() + " of " + policy.agency()
                        + ", and was sent as version " + said.number() + " of " + agency);
    }

    /** On the wall clock, which only proposes: goes on with drain and scan, or asks for a fence if a timer is due. */
    private void tick() {
        decided.tick();
        if (agenda.fence() != null && settings.turns().mayStep(context.taskId().partition())) {
            drain(settings.budget());
        }
        if (agenda.fence() == null) {
            var next = timers.next();
            next.ifPresent(request::whenDue);
            settings.gauges().nextRelease(context.taskId().partition(), next);
        }
        scan();
        settings.gauges().policies(context.taskId().partition(), policies.register());
    }

    /**
     * The first step is short. If much is due, what it opened is committed at once and the next tick left to the commands:
     * otherwise it would be seen only behind a long step of every task of the thread.
     */
    private void beginDrain() {
        drain(settings.budget().within(FIRST_STEP));
        if (agenda.fence() != null) {
            context.commit();
            settings.turns().steppedAtOnce(context.taskId().partition());
        }
    }

    /** Goes on with the first fences' drains for as long as its share of that budget lasts: the thread's drains share it. */
    private void drain(Budget budget) {
        var partition = context.taskId().partition();
        drain(budget.shared(settings.turns().drains(partition, true)).start(settings.nanoClock()));
        settings.turns().drains(partition, agenda.fence() != null);
    }

    private void drain(Budget.Meter meter) {
        for (var fence = agenda.fence(); fence != null; fence = agenda.fence()) {
            var watermark = fence.cause().watermark();
            var ended = new ArrayList<Bytes>(1);
            Bytes visited;
            // What it opens has been read: it changes nothing that lies behind.
            try (var due = products.ascending()) {
                visited = timers.visitDue(agenda.fenceVisited(), watermark, timer -> {
                    if (!meter.spend()) {
                        return false;
                    }
                    open(timer, due);
                    ended.clear();
                    ended.add(timer.bytes());
                    return true;
                });
            }
            if (visited != null) {
                agenda.drainedTo(ended.isEmpty() ? null : ended.getFirst());
                return;
            }
            agenda.drained();
            timers.drained(watermark);
            if (!meter.spend()) {
                // There may be many fences behind each other that open nothing.
                return;
            }
        }
    }

    /** Goes on with the evaluation of held products under a new policy for as long as its share of one step's budget lasts. */
    private void scan() {
        var partition = context.taskId().partition();
        var sharers = settings.turns().scans(partition, agenda.scan() != null);
        if (agenda.scan() == null) {
            return;
        }
        var meter = settings.scanBudget().shared(sharers).start(settings.nanoClock());
        var visited = products.visit(agenda.scanVisited(), product -> {
            if (!meter.spend()) {
                return false;
            }
            catchUp(product);
            return true;
        });
        if (visited == null) {
            agenda.scanned();
            policies.forgetBefore(agenda.oldestPolicy(policies.register().number()));
        } else {
            agenda.scannedTo(visited);
        }
    }

    /** Opens what a timer points at, if the product's state agrees; forgets a timer that the state does not know. */
    private void open(TimerKey timer, ProductStore.Ascending due) {
        var product = due.get(timer.lid());
        if (!product.next().equals(Optional.of(timer.at()))) {
            timers.disarm(timer.lid(), timer.at());
            return;
        }
        catchUp(product);
    }

    /** Takes a product through everything that stands in the log and may not have reached it yet, in the log's order. */
    private Product catchUp(Product product) {
        var current = product;
        for (var item : agenda.items()) {
            var cause = item.cause();
            if (item instanceof Agenda.Fence && !isDue(current, cause)) {
                // Most products have nothing to do with most fences, and while a scan goes on there may be many.
                continue;
            }
            var decision =
                    switch (item) {
                        case Agenda.Fence fence -> embargo.release(current, cause);
                        case Agenda.PolicyChange change ->
                            embargo.reevaluate(current, change.policy(), cause, change.statement());
                    };
            current = apply(current, decision, cause, null, null);
        }
        return current;
    }

    private static boolean isDue(Product product, Cause fence) {
        return product.next().filter(at -> !at.isAfter(fence.watermark())).isPresent();
    }

    private Product apply(
            Product before, Decision decision, Cause cause, @Nullable String commandId, byte @Nullable [] payload) {
        var after = decision.after();
        // A policy version may tell no more than that a delivery was in time: nothing to say, but to be kept.
        if (decision.effects().isEmpty() && after.equals(before)) {
            return before;
        }
        var records = outputs.of(decision.effects(), cause, commandId, payload);
        if (!after.equals(before)) {
            var encoded = settings.codecs().products().encode(after);
            move(before, after);
            products.put(after, encoded);
        }
        forward(records);
        return after;
    }

    private void move(Product before, Product after) {
        var old = before.next();
        var next = after.next();
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
            context.forward(new Record<>(output.key(), output.value(), now), output.sink());
        }
    }

    @Override
    public void close() {
        // A task that is opened again schedules its own.
        ticks.cancel();
        settings.gauges().closed(context.taskId().partition());
        settings.turns().closed(context.taskId().partition());
    }
}
