package space.halley.streams;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import space.halley.audit.Liveness;
import space.halley.audit.Promises;
import space.halley.audit.Published;
import space.halley.audit.Recording;
import space.halley.audit.Told;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.Topics;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;
import space.halley.testkit.SimulatedClock;
import space.halley.testkit.promises.RandomHistory;

/**
 * One lane in one partition under a scheduler that a seed drives: inputs are appended early, late, twice and in another order;
 * the clocks of host and broker jump and disagree; the fences that the lane asks for come late, twice, from an instance that
 * died, or not at all; and the lane dies at any moment, also between two writes of one decision. What it wrote since its last
 * commit is then aborted: it stays in the
 * log physically, and the next instance begins with the stores that the committed changes give, which must be those of the
 * commit, and its place in the log. Cheap promises are checked at every record that is written, all of them at the end, when
 * the faults have stopped.
 *
 * <p>The lane is the real one; only Kafka is not. The same seed gives the same run.
 */
final class LaneSimulation {
    private static final int INPUTS = 120;
    private static final int[] BUDGETS = {1, 7, Integer.MAX_VALUE};
    private static final int PARTITION = 0;
    private static final int MOST_STEPS_TO_QUIET = 20_000;

    private final Random random;

    /** Of its own, so that what is drawn for a death in the middle of a step does not change what comes in. */
    private final Random faults;

    private final FakeSchemas schemas = new FakeSchemas();
    private final Codecs codecs = Codecs.over(schemas);
    private final SimulatedClock broker;
    private final SimulatedClock host;
    private final Path folder;
    private final int drainBudget;
    private final int scanBudget;
    private final List<String> events = new ArrayList<>();

    /** Inputs that somebody will append. */
    private final List<space.halley.audit.Appended> coming;

    /** The command topic. */
    private final List<Entry> log = new ArrayList<>();

    private final List<Proposal> proposals = new ArrayList<>();
    private final List<Output> committed = new ArrayList<>();
    private final List<Output> aborted = new ArrayList<>();
    private final Map<String, Integer> revisions = new HashMap<>();
    private Map<String, Map<Bytes, byte[]>> snapshot = new HashMap<>();

    /** What the committed changes of each store give, one after the other, as a changelog does. */
    private final Map<String, Map<Bytes, byte[]>> restored = new HashMap<>();

    private Map<String, Integer> committedRevisions = new HashMap<>();
    private int committedPosition;
    private int incarnations;
    private Incarnation lane;

    /** A record of the command topic. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(byte @Nullable [] key, byte @Nullable [] value, Instant appendTime) {}

    /** A fence that was asked for and is under way. */
    private record Proposal(String name, long number, Instant clock) {}

    /** A change of a store. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Change(String store, Bytes key, byte @Nullable [] value) {}

    /** The lane dies here. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A record that the lane wrote. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Output(String sink, byte[] value) {}

    LaneSimulation(long seed, Path folder) {
        this.random = new Random(seed);
        this.faults = new Random(~seed);
        this.folder = folder;
        this.drainBudget = BUDGETS[random.nextInt(BUDGETS.length)];
        this.scanBudget = BUDGETS[random.nextInt(BUDGETS.length)];
        this.coming = new ArrayList<>(RandomHistory.ofOneLane(seed, INPUTS, codecs));
        this.broker = new SimulatedClock(coming.getFirst().appendTime());
        this.host = new SimulatedClock(coming.getFirst().appendTime());
        this.lane = new Incarnation(0);
        note("seed " + seed + ", drain budget " + drainBudget + ", scan budget " + scanBudget);
    }

    /** All that happened, for whoever must understand a failure. */
    String story() {
        return String.join("\n  ", events);
    }

    /** Runs to the end and returns the violations. */
    List<String> run() {
        while (!coming.isEmpty()) {
            step();
        }
        // The faults stop. Clocks agree, nothing is lost, and time passes beyond most instants.
        note("the faults stop");
        broker.set(later(broker.instant(), host.instant()).plus(Duration.ofDays(3)));
        host.set(broker.instant());
        settle();
        lane.commit();
        return violations();
    }

    private void step() {
        broker.set(broker.instant().plusMillis(faults.nextInt(40)));
        host.set(host.instant().plusMillis(faults.nextInt(50)));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 -> append();
            case 6, 7, 8, 9, 10, 11 -> {
                var most = 1 + random.nextInt(6);
                mayDie(() -> lane.process(most));
            }
            case 12, 13, 14 -> mayDie(() -> lane.tick());
            case 15, 16 -> fence();
            case 17 -> lane.commit();
            case 18 -> clocks();
            default -> restart();
        }
    }

    /** Now and then the lane dies at one of the first writes of what it is about to do. */
    private void mayDie(Runnable work) {
        lane.writesToLive = faults.nextInt(8) == 0 ? faults.nextInt(15) : Integer.MAX_VALUE;
        try {
            work.run();
            lane.writesToLive = Integer.MAX_VALUE;
        } catch (Death e) {
            note("in the middle of a step");
            lane.collect();
            lane.die();
            lane = new Incarnation(++incarnations);
        }
    }

    /** One of the next few inputs: what different publishers send arrives in any order. */
    private void append() {
        for (var count = 1 + random.nextInt(4); count > 0 && !coming.isEmpty(); count--) {
            var input = coming.remove(random.nextInt(Math.min(3, coming.size())));
            broker.set(input.appendTime());
            append(input.key(), input.value());
        }
    }

    private void append(byte @Nullable [] key, byte @Nullable [] value) {
        note("append " + log.size() + " at " + broker.instant() + ": " + shown(value));
        log.add(new Entry(key, value, broker.instant()));
    }

    private String shown(byte @Nullable [] value) {
        var text = String.valueOf(codecs.commands().decode(value));
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    /** A fence arrives, or arrives and comes once more later, or is lost. */
    private void fence() {
        if (proposals.isEmpty()) {
            return;
        }
        var proposal = proposals.get(random.nextInt(proposals.size()));
        switch (random.nextInt(6)) {
            case 0 -> {
                note("a fence is lost");
                proposals.remove(proposal);
            }
            case 1 -> write(proposal);
            default -> {
                proposals.remove(proposal);
                write(proposal);
            }
        }
    }

    private void write(Proposal proposal) {
        append(null, codecs.commands().encode(new Input.Fence(proposal.clock(), proposal.name(), proposal.number())));
    }

    private void clocks() {
        var jump = Duration.ofSeconds(random.nextInt(14_400) - 7_200L);
        if (random.nextBoolean()) {
            host.set(broker.instant());
        } else if (random.nextBoolean()) {
            host.set(host.instant().plus(faults.nextInt(20) == 0 ? Duration.ofDays(3_653) : jump));
        } else {
            broker.set(broker.instant().plus(jump));
        }
        note("clocks: broker " + broker.instant() + ", host " + host.instant());
    }

    private void restart() {
        if (random.nextInt(3) == 0) {
            lane.commit();
            note("the lane ends in order");
        } else {
            lane.die();
        }
        lane = new Incarnation(++incarnations);
    }

    private void settle() {
        for (var step = 0; step < MOST_STEPS_TO_QUIET; step++) {
            lane.process(Integer.MAX_VALUE);
            lane.tick();
            if (proposals.isEmpty() && lane.isCaughtUp()) {
                host.set(host.instant().plusSeconds(6));
                broker.set(host.instant());
                lane.tick();
                if (proposals.isEmpty() && lane.isIdle()) {
                    return;
                }
            }
            while (!proposals.isEmpty()) {
                write(proposals.removeFirst());
            }
        }
        throw new AssertionError("the lane does not come to rest");
    }

    private List<String> violations() {
        var recording = Recording.builder(codecs);
        for (var offset = 0; offset < log.size(); offset++) {
            var entry = log.get(offset);
            recording.input(Samples.NASA, PARTITION, offset, entry.appendTime(), entry.key(), entry.value());
        }
        for (var output : committed) {
            record(recording, output);
        }
        var all = withAborted(recording.build());
        var violations = new ArrayList<>(Promises.violations(Promises.all(Samples.agencies(), 1), all));
        violations.addAll(new Liveness(broker.instant(), Duration.ZERO).violations(all));
        return violations;
    }

    private void record(Recording.Builder recording, Output output) {
        var value = output.value();
        switch (output.sink()) {
            case "journal" -> recording.journal(List.of(codecs.journal().decodeOwn(value)));
            case "public" -> recording.published(List.of(codecs.publicEvents().decodeOwn(value)));
            case "receipts" -> recording.receipts(List.of(codecs.receipts().decodeOwn(value)));
            case "dead-letters" ->
                recording.deadLetters(List.of(codecs.deadLetters().decodeOwn(value)));
            case "catalog" -> recording.catalogue(List.of(codecs.catalogue().decodeOwn(value)));
            default -> recording.told(List.of(codecs.partnerEvents().decodeOwn(value)));
        }
    }

    /** What was aborted is in the log too, for those who read everything. */
    private Recording withAborted(Recording recording) {
        var physical = new ArrayList<>(recording.physical());
        var told = new ArrayList<>(recording.physicallyTold());
        for (var output : aborted) {
            if (output.sink().equals("public")) {
                physical.add(new Published(codecs.publicEvents().decodeOwn(output.value()), null));
            } else if (output.sink().startsWith("partner-")) {
                told.add(new Told(codecs.partnerEvents().decodeOwn(output.value()), null, null));
            }
        }
        return new Recording(
                recording.inputs(),
                recording.journal(),
                recording.published(),
                physical,
                recording.told(),
                told,
                recording.receipts(),
                recording.deadLetters(),
                recording.catalogue(),
                recording.unreadable(),
                List.of(),
                recording.work());
    }

    /** Checked at every record, committed later or not. */
    private void check(Output output, Instant watermark) {
        if (output.sink().equals("public")) {
            var event = codecs.publicEvents().decodeOwn(output.value());
            var before = revisions.merge(event.id().lid().value(), 1, Integer::sum) - 1;
            if (event.revision() != before + 1) {
                throw new AssertionError(event + " follows revision " + before);
            }
            if (event.news() instanceof PublicEvent.Released released
                    && released.releaseAt().isAfter(watermark)) {
                throw new AssertionError(event.id() + " was released for " + released.releaseAt()
                        + ", and no more than " + watermark + " had passed for sure");
            }
        } else if (output.sink().startsWith("partner-")) {
            var event = codecs.partnerEvents().decodeOwn(output.value());
            if (event.news() instanceof PartnerEvent.Shared shared
                    && shared.opensAt().isAfter(watermark)) {
                throw new AssertionError(event.id() + " was shared for " + shared.opensAt() + ", and no more than "
                        + watermark + " had passed for sure");
            }
        }
    }

    private void note(String event) {
        events.add(event);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The lane from one start to its end. */
    private final class Incarnation {
        private final String name;
        private final MockProcessorContext<byte[], byte[]> context;
        private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
        private final LaneProcessor processor;
        private final List<Output> uncommitted = new ArrayList<>();
        private final List<Change> changes = new ArrayList<>();
        private int writesToLive = Integer.MAX_VALUE;
        private long nanos;
        private int position = committedPosition;
        private Instant highest = Instant.MIN;
        private boolean worked;

        Incarnation(int number) {
            this.name = "instance-" + number;
            var properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.lane(Samples.NASA));
            properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
            this.context = new MockProcessorContext<>(properties, new TaskId(0, PARTITION), folder.toFile()) {
                @Override
                @SuppressWarnings({"rawtypes", "unchecked"}) // the language has no bound that is an array
                public void forward(Record record, String childName) {
                    write();
                    super.forward(record, childName);
                }
            };
            for (var store : Topics.Store.values()) {
                var state = Stores.inMemoryKeyValueStore(store.storeName()).get();
                state.init(context.getStateStoreContext(), state);
                restored.getOrDefault(store.storeName(), Map.of()).forEach(state::put);
                var before = snapshot.getOrDefault(store.storeName(), Map.of());
                if (!shown(content(state)).equals(shown(before))) {
                    throw new AssertionError("restored, " + store.storeName() + " is not what it was at the commit");
                }
                var watched = watched(state);
                context.addStateStore(watched);
                stores.put(store.storeName(), watched);
            }
            revisions.clear();
            revisions.putAll(committedRevisions);
            for (var offset = 0; offset < position; offset++) {
                seen(log.get(offset));
            }
            var proposer = new FenceProposer() {
                @Override
                public void propose(int partition, long proposed) {
                    proposals.add(new Proposal(name, proposed, host.instant()));
                }

                @Override
                public String name() {
                    return name;
                }
            };
            this.processor = new LaneProcessor(new LaneSettings(
                    Samples.nasa(),
                    codecs,
                    1,
                    host,
                    () -> nanos += faults.nextInt(3_000_000),
                    proposer,
                    new Budget(drainBudget, LaneSettings.BUDGET.time()),
                    new Budget(scanBudget, LaneSettings.SCAN_BUDGET.time()),
                    Set.of(Samples.ESA),
                    new LaneGauges()));
            context.setCurrentSystemTimeMs(0);
            processor.init(context);
            note(name + " starts at offset " + position);
        }

        void process(int most) {
            for (var count = 0; count < most && position < log.size(); count++) {
                var entry = log.get(position);
                seen(entry);
                context.setRecordMetadata(Topics.commands(Samples.NASA), PARTITION, position);
                position++;
                processor.process(new Record<>(
                        entry.key(), entry.value(), entry.appendTime().toEpochMilli()));
                collect();
            }
        }

        /** The latest instant that has certainly passed at any record read so far: nothing may be opened for a later one. */
        private void seen(Entry entry) {
            var carried = codecs.commands().decode(entry.value())
                            instanceof space.halley.schemas.Decoding.Decoded<Input> decoded
                    ? decoded.value().carriedClock()
                    : entry.appendTime();
            var watermark = carried.isBefore(entry.appendTime()) ? carried : entry.appendTime();
            highest = later(highest, watermark);
        }

        void tick() {
            List.copyOf(context.scheduledPunctuators()).stream()
                    .filter(ticking -> !ticking.cancelled())
                    .forEach(ticking -> ticking.getPunctuator().punctuate(0));
            collect();
        }

        boolean isCaughtUp() {
            return position == log.size();
        }

        /** Whether the last look changed nothing and nothing is left to be done. */
        boolean isIdle() {
            return isCaughtUp() && !worked && items() == 0;
        }

        private int items() {
            var count = 0;
            var agenda = Objects.requireNonNull(stores.get(Topics.Store.AGENDA.storeName()));
            try (var all = agenda.range(AgendaKey.first(AgendaKey.ITEM), AgendaKey.last(AgendaKey.ITEM))) {
                while (all.hasNext()) {
                    all.next();
                    count++;
                }
            }
            return count;
        }

        void commit() {
            note("commit at offset " + position + " with " + uncommitted.size() + " records");
            committed.addAll(uncommitted);
            uncommitted.clear();
            for (var change : changes) {
                var store = restored.computeIfAbsent(change.store(), name -> new TreeMap<>());
                if (change.value() == null) {
                    store.remove(change.key());
                } else {
                    store.put(change.key(), change.value());
                }
            }
            changes.clear();
            committedPosition = position;
            committedRevisions = new HashMap<>(revisions);
            var copy = new HashMap<String, Map<Bytes, byte[]>>();
            stores.forEach((store, state) -> copy.put(store, content(state)));
            snapshot = copy;
        }

        void die() {
            note("the lane dies; " + uncommitted.size() + " records are aborted");
            aborted.addAll(uncommitted);
        }

        private void collect() {
            worked = !context.forwarded().isEmpty();
            for (var forwarded : context.forwarded()) {
                var output = new Output(
                        forwarded.childName().orElseThrow(), forwarded.record().value());
                note("  " + output.sink());
                check(output, highest);
                uncommitted.add(output);
            }
            context.resetForwards();
        }

        private void write() {
            if (writesToLive-- == 0) {
                throw new Death();
            }
        }

        /** The store, with every change of it noted; the lane changes stores in no other way. */
        @SuppressWarnings("unchecked")
        private KeyValueStore<Bytes, byte[]> watched(KeyValueStore<Bytes, byte[]> store) {
            return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                    KeyValueStore.class.getClassLoader(),
                    new Class<?>[] {KeyValueStore.class},
                    (proxy, method, given) -> {
                        switch (method.getName()) {
                            case "put" -> {
                                write();
                                changes.add(new Change(store.name(), (Bytes) given[0], (byte[]) given[1]));
                            }
                            case "delete" -> {
                                write();
                                changes.add(new Change(store.name(), (Bytes) given[0], null));
                            }
                            case "putAll", "putIfAbsent" -> throw new UnsupportedOperationException(method.getName());
                            default -> {
                                // It changes nothing.
                            }
                        }
                        try {
                            return method.invoke(store, given);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    });
        }

        private static Map<Bytes, String> shown(Map<Bytes, byte[]> content) {
            var shown = new TreeMap<Bytes, String>();
            content.forEach((key, value) -> shown.put(key, HexFormat.of().formatHex(value)));
            return shown;
        }

        private static Map<Bytes, byte[]> content(KeyValueStore<Bytes, byte[]> state) {
            var content = new TreeMap<Bytes, byte[]>();
            try (var all = state.all()) {
                while (all.hasNext()) {
                    KeyValue<Bytes, byte[]> entry = all.next();
                    content.put(entry.key, entry.value);
                }
            }
            return content;
        }
    }
}
