package space.halley.streams;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import space.halley.audit.Recording;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Command;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.Codecs;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.Input;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.RecordCodec;
import space.halley.schemas.Topics;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;
import space.halley.testkit.SimulatedClock;

/**
 * One lane with one partition, NASA's if nothing else is said, driven by hand: the test decides what is appended and when,
 * what the two clocks say, and when the fences that the lane asks for arrive.
 */
final class LaneHarness implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    final SimulatedClock broker = new SimulatedClock(START);
    final SimulatedClock host = new SimulatedClock(START);
    final FakeSchemas schemas;
    final Codecs codecs;
    final LaneGauges gauges = new LaneGauges();
    final Turns turns = new Turns();
    final Deque<Long> proposals = new ArrayDeque<>();

    private final AgencyId agency;
    private final Set<AgencyId> partners;
    private final Topology topology;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte @Nullable [], byte @Nullable []> commands;
    private final List<TestRecord<byte @Nullable [], byte @Nullable []>> unrecorded = new ArrayList<>();
    private long appended;
    private long ids;

    LaneHarness(Path stateDir) {
        this(stateDir, LaneSettings.BUDGET, System::nanoTime);
    }

    LaneHarness(Path stateDir, Budget budget, LongSupplier nanoClock) {
        this(stateDir, budget, LaneSettings.SCAN_BUDGET, nanoClock);
    }

    LaneHarness(Path stateDir, Budget budget, Budget scanBudget, LongSupplier nanoClock) {
        this(stateDir, Samples.nasa(), Set.of(Samples.ESA), new FakeSchemas(), budget, scanBudget, nanoClock);
    }

    /** @param schemas which lanes that write the same topics have in common */
    LaneHarness(
            Path stateDir,
            Agency owner,
            Set<AgencyId> partners,
            FakeSchemas schemas,
            Budget budget,
            Budget scanBudget,
            LongSupplier nanoClock) {
        this.agency = owner.id();
        this.partners = Set.copyOf(partners);
        this.schemas = schemas;
        this.codecs = Codecs.over(schemas);
        var proposer = new FenceProposer() {
            @Override
            public void propose(int partition, long number) {
                proposals.add(number);
            }

            @Override
            public String name() {
                return "harness";
            }
        };
        var settings = new LaneSettings(
                owner, codecs, 1, host, nanoClock, proposer, budget, scanBudget, this.partners, gauges, turns);
        var properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                Topics.lane(agency),
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                "none:0",
                StreamsConfig.STATE_DIR_CONFIG,
                stateDir.toString(),
                StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                true));
        this.topology = LaneTopology.build(new TopologyConfig(new StreamsConfig(properties)), settings);
        this.driver = new TopologyTestDriver(topology, properties, START);
        this.commands =
                driver.createInputTopic(Topics.commands(agency), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The topology's nodes, stores and topics. */
    String describe() {
        return topology.describe().toString();
    }

    /** Appends a command now. */
    void say(Command command) {
        var lid = command.id().lid();
        append(
                lid.value().getBytes(StandardCharsets.UTF_8),
                codecs.commands().encode(new Input.Said(lid, host.instant(), command)));
    }

    /** Appends a version of the policy now. */
    void say(int number, String document) {
        append(
                null,
                codecs.commands()
                        .encode(new Input.PolicyVersion(
                                host.instant(), Samples.statement("policy-" + number), number, document)));
    }

    /** Appends bytes now. */
    void append(byte @Nullable [] key, byte @Nullable [] value) {
        var record = new TestRecord<byte @Nullable [], byte @Nullable []>(key, value, broker.instant());
        unrecorded.add(record);
        commands.pipeInput(record);
    }

    /** Appends a fence that carries this clock. */
    void fence(Instant carried) {
        append(null, codecs.commands().encode(new Input.Fence(carried, "somebody", 1)));
    }

    /** Both clocks go on; the lane looks at its timers; nothing that it asks for arrives. */
    void elapse(Duration duration) {
        broker.step(duration);
        host.step(duration);
        driver.advanceWallClockTime(duration);
    }

    /** Appends the fences that the lane has asked for. */
    void deliverFences() {
        while (!proposals.isEmpty()) {
            append(null, codecs.commands().encode(new Input.Fence(host.instant(), "harness", proposals.removeFirst())));
        }
    }

    /** Time passes and what the lane asks for arrives. */
    void pass(Duration duration) {
        elapse(duration);
        deliverFences();
    }

    String nextId() {
        return "c" + ids++;
    }

    List<PublicEvent> published() {
        return read(Topics.PUBLIC, codecs.publicEvents());
    }

    List<JournalEntry> journal() {
        return read(Topics.JOURNAL, codecs.journal());
    }

    /** What was shared with ESA. */
    List<PartnerEvent> shared() {
        return read(Topics.partners(Samples.ESA), codecs.partnerEvents());
    }

    /** What was shared with anyone, one partner's topic after the other. */
    private List<PartnerEvent> told() {
        return partners.stream()
                .sorted(Comparator.comparing(AgencyId::value))
                .flatMap(partner -> read(Topics.partners(partner), codecs.partnerEvents()).stream())
                .toList();
    }

    List<Receipt> receipts() {
        return read(Topics.receipts(agency), codecs.receipts());
    }

    List<DeadLetter> deadLetters() {
        return read(Topics.deadLetters(agency), codecs.deadLetters());
    }

    List<CatalogueRecord> catalogue() {
        return read(Topics.CATALOG, codecs.catalogue());
    }

    /** Adds what was appended and what was written since the last time, and since no other look. */
    void recordInto(Recording.Builder recording) {
        for (var record : unrecorded) {
            recording.input(
                    agency, 0, appended++, Instant.ofEpochMilli(record.timestamp()), record.key(), record.value());
        }
        unrecorded.clear();
        recording
                .journal(journal())
                .published(published())
                .told(told())
                .receipts(receipts())
                .deadLetters(deadLetters())
                .catalogue(catalogue());
    }

    /** How many bytes the state of that product takes in the store, and in its changelog. */
    int stateBytes(String lid) {
        KeyValueStore<Bytes, byte[]> products = driver.getKeyValueStore(Topics.Store.PRODUCTS.storeName());
        return products.get(Bytes.wrap(lid.getBytes(StandardCharsets.UTF_8))).length;
    }

    /** How many timers are armed. */
    int timers() {
        var armed = 0;
        KeyValueStore<Bytes, byte[]> timers = driver.getKeyValueStore(Topics.Store.TIMERS.storeName());
        try (var all = timers.all()) {
            for (; all.hasNext(); all.next()) {
                armed++;
            }
        }
        return armed;
    }

    private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new java.util.HashMap<>();

    /** What was written to the topic since the last look. */
    private <T> List<T> read(String topic, RecordCodec<T> codec) {
        var output = outputs.computeIfAbsent(
                topic,
                name -> driver.createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        var values = new ArrayList<T>();
        for (var bytes : output.readValuesToList()) {
            values.add(codec.decodeOwn(bytes));
        }
        return values;
    }

    @Override
    public void close() {
        driver.close();
    }
}
