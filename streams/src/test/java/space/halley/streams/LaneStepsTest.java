package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.domain.Existence;
import space.halley.domain.ReleaseTerms;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.Topics;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;

/**
 * The lane step by step, that is input by input and tick by tick: on how many products each step decides, and how long it
 * takes by a clock that goes on with every decision and stands still otherwise.
 */
final class LaneStepsTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:";
    private static final Instant DUE = LaneHarness.START.plusSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Codecs codecs = Codecs.over(new FakeSchemas());

    @SuppressWarnings("NullAway.Init")
    private MockProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private LaneProcessor lane;

    private Instant clock = LaneHarness.START;
    private long nanos;
    private long nanosOfADecision;
    private long offset;
    private int released;
    private int decisions;
    /** Products that the step under way has decided on. */
    private final Set<Bytes> decided = new HashSet<>();

    private int mostProducts;
    private Duration longest = Duration.ZERO;

    @BeforeEach
    void open() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.lane(Samples.NASA));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
        context = new MockProcessorContext<>(properties, new TaskId(0, 0), folder.toFile()) {
            @Override
            @SuppressWarnings("rawtypes") // the language has no bound that is an array
            public void forward(Record record, String childName) {
                if (childName.equals(Outputs.Sink.JOURNAL.sinkName()) && record.key() instanceof byte[] product) {
                    nanos += nanosOfADecision;
                    decisions++;
                    decided.add(Bytes.wrap(product));
                } else if (childName.equals(Outputs.Sink.PUBLIC.sinkName())) {
                    released++;
                }
            }
        };
        for (var store : Topics.Store.values()) {
            var state = Stores.inMemoryKeyValueStore(store.storeName()).get();
            state.init(context.getStateStoreContext(), state);
            context.addStateStore(state);
        }
        context.setCurrentSystemTimeMs(0);
        lane = new LaneProcessor(new LaneSettings(
                Samples.nasa(),
                codecs,
                1,
                () -> clock,
                () -> nanos,
                new Nobody(),
                LaneSettings.BUDGET,
                LaneSettings.SCAN_BUDGET,
                Set.of(),
                new LaneGauges(),
                new Turns()));
        lane.init(context);
    }

    /**
     * Two more fences stand behind the first, a policy version is on its way to other products, and a command comes between
     * two ticks.
     *
     * @param micros that a decision takes. A step ends at the count with the least of them, and at its time with the others.
     *     Drain and scan both end behind the decision during which their time ends, so the bound holds for both together
     *     as long as a decision takes less than 47 ms; it takes less than a thousandth of that
     */
    @ParameterizedTest
    @CsvSource({"0, 12000", "15, 12000", "50, 12000", "1000, 2000", "44000, 60"})
    void noStepOfADrainDoesMoreThanTwiceItsBudget(int micros, int products) {
        say(policy(1, "P3M"), 1);
        for (var i = 0; i < products; i++) {
            say("due-" + i, Samples.at(DUE));
            say("held-" + i, Samples.byPolicy());
        }
        clock = DUE;
        nanosOfADecision = Duration.ofMillis(micros).toNanos() / 1_000;
        decisions = 0;
        mostProducts = 0;
        longest = Duration.ZERO;
        say(policy(2, "P4M"), 2);
        for (var number = 0; number < 3; number++) {
            process(null, new Input.Fence(clock, "somebody", number));
        }

        var commands = 0;
        while (isAtWork()) {
            tick();
            say("meanwhile-" + commands++, Samples.byPolicy());
        }

        assertThat(released).isEqualTo(products);
        assertThat(decisions).as("opened, held anew, and announced").isEqualTo(2 * products + commands);
        var budget = LaneSettings.BUDGET;
        assertThat(mostProducts).as("products in one step").isLessThanOrEqualTo(2 * budget.count());
        assertThat(longest)
                .as("of the longest step")
                .isLessThanOrEqualTo(budget.time().multipliedBy(2));
        // Otherwise nothing had to be divided into steps.
        assertThat(mostProducts >= budget.count() || longest.compareTo(budget.time()) >= 0)
                .as("a step did as much as it may: %s products, %s", mostProducts, longest)
                .isTrue();
    }

    private void say(String name, ReleaseTerms terms) {
        var command = Samples.announce(Samples.aProduct(LID + name, "1.0"), terms, Existence.HIDDEN);
        var lid = command.id().lid();
        process(lid.value().getBytes(StandardCharsets.UTF_8), new Input.Said(lid, clock, command));
    }

    private void say(String policy, int version) {
        process(null, new Input.PolicyVersion(clock, Samples.statement("policy-" + version), version, policy));
    }

    private void process(byte @Nullable [] key, Input input) {
        context.setRecordMetadata(Topics.commands(Samples.NASA), 0, offset++);
        step(() -> lane.process(new Record<>(key, codecs.commands().encode(input), clock.toEpochMilli())));
    }

    private void tick() {
        context.scheduledPunctuators()
                .forEach(ticking -> step(() -> ticking.getPunctuator().punctuate(0)));
    }

    private void step(Runnable step) {
        var begin = nanos;
        decided.clear();
        step.run();
        var took = Duration.ofNanos(nanos - begin);
        longest = took.compareTo(longest) > 0 ? took : longest;
        mostProducts = Math.max(mostProducts, decided.size());
    }

    /** Whether a fence or a policy version has not reached every product yet. */
    private boolean isAtWork() {
        KeyValueStore<Bytes, byte[]> agenda = context.getStateStore(Topics.Store.AGENDA.storeName());
        try (var items = agenda.range(AgendaKey.first(AgendaKey.ITEM), AgendaKey.last(AgendaKey.ITEM))) {
            return items.hasNext();
        }
    }

    private static String policy(int version, String period) {
        return """
                agency: nasa
                version: %d
                rules:
                  - id: general
                    owner: NASA
                    release: {exclusive: %s, from: acquisition-stop}
                    source: a test
                    confidence: assumed
                """.formatted(version, period);
    }

    /** What it proposes never arrives. */
    private static final class Nobody implements FenceProposer {
        @Override
        public void propose(int partition, long number) {
            // The test writes fences itself.
        }

        @Override
        public String name() {
            return "nobody";
        }
    }
}
