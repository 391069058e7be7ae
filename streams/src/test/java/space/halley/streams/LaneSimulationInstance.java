package space.halley.streams;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import space.halley.audit.Appended;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Topics;
import space.halley.testkit.Samples;

/**
 * The simulated lane from one start to its end. Every record that it writes is looked at, committed later or not: public
 * revisions ascend, and what is opened had come by the cause that the journal names for it.
 */
final class LaneSimulationInstance {
    private final LaneSettings settings;
    private final LaneSimulationChangelog changelog;
    private final List<Appended> log;
    private final Consumer<String> notes;
    private final MockProcessorContext<byte[], byte[]> context;
    private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
    private final LaneProcessor processor;
    private final Map<String, Integer> revisions;
    private final List<LaneSimulationOutput> uncommitted = new ArrayList<>();
    private final List<LaneSimulationChangelog.Change> changes = new ArrayList<>();
    private boolean starting = true;
    private int actsToLive;
    private int position;
    private boolean worked;

    /** The lane dies here. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Restores the stores and starts.
     *
     * @param changelog where it begins
     * @param log the command topic
     * @param actsToLive after so many records restored and looks into stores it dies, if it has not started by then
     * @param loses takes the sink of each record and says whether it is lost, as it never should be
     */
    LaneSimulationInstance(
            LaneSettings settings,
            LaneSimulationChangelog changelog,
            List<Appended> log,
            Path folder,
            int actsToLive,
            Predicate<String> loses,
            Consumer<String> notes) {
        this.settings = settings;
        this.changelog = changelog;
        this.log = log;
        this.actsToLive = actsToLive;
        this.notes = notes;
        this.position = changelog.position();
        this.revisions = new HashMap<>(changelog.revisions());
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.lane(Samples.NASA));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
        var task = new TaskId(0, LaneSimulationEvidence.PARTITION);
        this.context = new MockProcessorContext<>(properties, task, folder.toFile()) {
            @Override
            @SuppressWarnings({"rawtypes", "unchecked"}) // the language has no bound that is an array
            public void forward(Record record, String childName) {
                act();
                if (!loses.test(childName)) {
                    super.forward(record, childName);
                }
            }
        };
        for (var store : Topics.Store.values()) {
            var state = Stores.inMemoryKeyValueStore(store.storeName()).get();
            state.init(context.getStateStoreContext(), state);
            changelog.content(store.storeName()).forEach((key, value) -> {
                act();
                state.put(key, value.get());
            });
            var watched = watched(state);
            context.addStateStore(watched);
            stores.put(store.storeName(), watched);
        }
        this.processor = new LaneProcessor(settings);
        context.setCurrentSystemTimeMs(0);
        processor.init(context);
        this.starting = false;
        this.actsToLive = Integer.MAX_VALUE;
    }

    /** It dies at the first write after so many. */
    void liveFor(int writes) {
        actsToLive = writes;
    }

    void process(int most) {
        for (var count = 0; count < most && position < log.size(); count++) {
            var input = log.get(position);
            context.setRecordMetadata(Topics.commands(Samples.NASA), LaneSimulationEvidence.PARTITION, position);
            position++;
            processor.process(
                    new Record<>(input.key(), input.value(), input.appendTime().toEpochMilli()));
            collect(false);
        }
    }

    void tick() {
        List.copyOf(context.scheduledPunctuators()).stream()
                .filter(ticking -> !ticking.cancelled())
                .forEach(ticking -> ticking.getPunctuator().punctuate(0));
        collect(false);
    }

    int position() {
        return position;
    }

    boolean isCaughtUp() {
        return position == log.size();
    }

    /** Whether the last look changed nothing and nothing is left to be done. */
    boolean isIdle() {
        return isCaughtUp() && !worked && !hasUnfinished();
    }

    /** Whether a drain or a scan has begun, or waits, and has not ended. */
    boolean hasUnfinished() {
        var agenda = Objects.requireNonNull(stores.get(Topics.Store.AGENDA.storeName()));
        try (var items = agenda.range(AgendaKey.first(AgendaKey.ITEM), AgendaKey.last(AgendaKey.ITEM))) {
            return items.hasNext();
        }
    }

    /** Whether it asked for a commit since it was last asked. */
    boolean asksForCommit() {
        var asked = context.committed();
        context.resetCommit();
        return asked;
    }

    /** Whether there is anything to commit. */
    boolean hasNews() {
        return position != changelog.position() || !changes.isEmpty() || !uncommitted.isEmpty();
    }

    /** Commits its place and its stores; what it returns is committed with them. */
    List<LaneSimulationOutput> commit() {
        var contents = new HashMap<String, Map<Bytes, Bytes>>();
        stores.forEach((name, store) -> contents.put(name, content(store)));
        changelog.commit(position, revisions, changes, contents);
        changes.clear();
        var records = List.copyOf(uncommitted);
        uncommitted.clear();
        return records;
    }

    /** What it wrote since its last commit. */
    List<LaneSimulationOutput> uncommitted() {
        return uncommitted;
    }

    /** It has died in the middle of a step; what it wrote until then was sent. */
    void died() {
        collect(true);
    }

    private void collect(boolean died) {
        worked = !context.forwarded().isEmpty();
        var step = context.forwarded().stream()
                .map(forwarded -> LaneSimulationOutput.read(
                        settings.codecs(),
                        forwarded.childName().orElseThrow(),
                        forwarded.record().value()))
                .toList();
        context.resetForwards();
        var decisions = step.stream()
                .map(LaneSimulationOutput::content)
                .filter(JournalEntry.class::isInstance)
                .map(JournalEntry.class::cast)
                .toList();
        for (var output : step) {
            notes.accept("  " + output.sink());
            uncommitted.add(output);
            switch (output.content()) {
                case PublicEvent event -> check(event, decisions, died);
                case PartnerEvent event -> check(event, decisions, died);
                default -> {
                    // Nobody is told anything that was held.
                }
            }
        }
    }

    private void check(PublicEvent event, List<JournalEntry> decisions, boolean died) {
        var before = revisions.merge(event.id().lid().value(), 1, Integer::sum) - 1;
        if (event.revision() != before + 1) {
            throw new AssertionError(event + " follows revision " + before);
        }
        if (event.news() instanceof PublicEvent.Released released) {
            var entries = decisions.stream()
                    .filter(entry -> entry.verdict().equals(Verdict.RELEASED.name())
                            && event.id().toString().equals(entry.lidvid()))
                    .toList();
            checkOpened(event.id() + " was released", released.releaseAt(), released.releasedAt(), entries, died);
        }
    }

    private void check(PartnerEvent event, List<JournalEntry> decisions, boolean died) {
        if (event.news() instanceof PartnerEvent.Shared shared) {
            var entries = decisions.stream()
                    .filter(entry -> entry.verdict().equals(Verdict.SHARED.name())
                            && event.id().toString().equals(entry.lidvid())
                            && event.recipient().equals(entry.recipient()))
                    .toList();
            checkOpened(
                    event.id() + " was shared with " + event.recipient(),
                    shared.opensAt(),
                    shared.sharedAt(),
                    entries,
                    died);
        }
    }

    /**
     * The cause stands in what has been read, and its instant had certainly come. The record stands before its journal
     * entry, so a lane that died between them has not named the cause; then there must be one that could be.
     */
    private void checkOpened(
            String what, Instant instant, Instant openedAt, List<JournalEntry> decisions, boolean died) {
        var read = log.subList(0, position);
        if (decisions.isEmpty() && died) {
            if (read.stream()
                    .noneMatch(cause -> cause.appendTime().equals(openedAt)
                            && !watermark(cause).isBefore(instant))) {
                throw new AssertionError(what + " for " + instant + ", and nothing that was read by then allows it");
            }
            return;
        }
        if (decisions.size() != 1) {
            throw new AssertionError(what + " for " + instant + " by the decisions " + decisions);
        }
        var offset = decisions.getFirst().causeOffset();
        if (offset >= read.size()) {
            throw new AssertionError(what + " because of offset " + offset + ", which has not been read");
        }
        var cause = read.get((int) offset);
        if (watermark(cause).isBefore(instant) || !cause.appendTime().equals(openedAt)) {
            throw new AssertionError(what + " at " + openedAt + " for " + instant + " because of offset " + offset
                    + ", appended at " + cause.appendTime() + ", where no more than " + watermark(cause)
                    + " had passed for sure");
        }
    }

    /** The earlier of two clocks; said here once more, so that the lane's own word is not taken for it. */
    private static Instant watermark(Appended input) {
        var carried = input.cause().carriedClock();
        return carried.isBefore(input.appendTime()) ? carried : input.appendTime();
    }

    private void act() {
        if (actsToLive-- == 0) {
            throw new Death();
        }
    }

    /** The store, with every change of it noted; the lane changes stores in no other way. */
    @SuppressWarnings("unchecked")
    private KeyValueStore<Bytes, byte[]> watched(KeyValueStore<Bytes, byte[]> store) {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                KeyValueStore.class.getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, given) -> {
                    switch (method.getName()) {
                        case "put" -> {
                            act();
                            var value = (byte[]) given[1];
                            changes.add(new LaneSimulationChangelog.Change(
                                    store.name(), (Bytes) given[0], value == null ? null : Bytes.wrap(value)));
                        }
                        case "delete" -> {
                            act();
                            changes.add(new LaneSimulationChangelog.Change(store.name(), (Bytes) given[0], null));
                        }
                        case "putAll", "putIfAbsent" -> throw new UnsupportedOperationException(method.getName());
                        default -> {
                            // It changes nothing.
                            if (starting) {
                                act();
                            }
                        }
                    }
                    try {
                        return method.invoke(store, given);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private static Map<Bytes, Bytes> content(KeyValueStore<Bytes, byte[]> state) {
        var content = new TreeMap<Bytes, Bytes>();
        try (var all = state.all()) {
            while (all.hasNext()) {
                var entry = all.next();
                content.put(entry.key, Bytes.wrap(entry.value));
            }
        }
        return content;
    }
}
