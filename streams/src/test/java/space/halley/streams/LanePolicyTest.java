package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.domain.AgencyId;
import space.halley.domain.Existence;
import space.halley.domain.Facts;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PolicyRegister;
import space.halley.domain.PublicEvent;
import space.halley.domain.RefusalReason;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.Codecs;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.PolicyDocument;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;

/** Policies in the lane: in force from their place in the log on, for what comes and for what is held. */
final class LanePolicyTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:image-1";

    /** The sample's acquisition ended at 2026-01-01T10:01:00Z, two months before the lane begins. */
    private static final Instant STOP = Instant.parse("2026-01-01T10:01:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void holdsByThePolicyInForceAndExplainsIt() {
        try (var lane = new LaneHarness(folder)) {
            lane.say(1, policy(1, "P3M", ""));
            lane.say(byPolicy(LID));

            assertThat(lane.receipts().getLast().answer()).isInstanceOfSatisfying(Receipt.Accepted.class, accepted -> {
                assertThat(accepted.releaseAt()).isEqualTo(Instant.parse("2026-04-01T10:01:00Z"));
                assertThat(accepted.explanation())
                        .contains("P3M since the end of the acquisition", "rule general of NASA, policy version 1");
            });
            var journal = lane.journal();
            assertThat(journal).extracting(JournalEntry::verdict).containsExactly("POLICY", "HELD");
            assertThat(journal.getLast().grounds()).satisfies(grounds -> {
                assertThat(grounds.rule()).contains("general");
                assertThat(grounds.policy()).isEqualTo(1);
                assertThat(grounds.clockStart()).contains(STOP);
            });
        }
    }

    @Test
    void refusesAnAnnouncementByPolicyWhereThereIsNone() {
        try (var lane = new LaneHarness(folder)) {
            lane.say(byPolicy(LID));

            assertThat(lane.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.reason())
                    .isEqualTo(RefusalReason.NO_POLICY));
        }
    }

    @Test
    void takesTheVersionsInOrderOnceAndRefusesGapsConflictsAndWhatIsNoPolicy() {
        try (var lane = new LaneHarness(folder)) {
            lane.say(1, policy(1, "P3M", ""));
            lane.say(1, policy(1, "P3M", ""));
            lane.say(3, policy(3, "P3M", ""));
            lane.say(1, policy(1, "P4M", ""));
            lane.say(2, "rules: [");
            lane.say(2, policy(2, "P3M", agreement("cnsa", "once")));
            lane.say(2, policy(3, "P3M", ""));
            lane.say(2, policy(2, "P4M", ""));
            lane.say(1, policy(1, "P3M", ""));
            lane.say(2, policy(2, "P4M", ""));

            assertThat(lane.receipts())
                    .extracting(receipt -> switch (receipt.answer()) {
                        case Receipt.Accepted accepted -> (accepted.repeated() ? "repeated " : "") + accepted.status();
                        case Receipt.Refused refused -> refused.reason().name();
                    })
                    .containsExactly(
                            "IN_FORCE",
                            "repeated IN_FORCE",
                            "POLICY_GAP",
                            "POLICY_CONFLICT",
                            "POLICY_INVALID",
                            "POLICY_INVALID",
                            "POLICY_INVALID",
                            "IN_FORCE",
                            "repeated REPLACED",
                            "repeated IN_FORCE");
            assertThat(lane.deadLetters()).hasSize(5);
            assertThat(lane.journal())
                    .extracting(JournalEntry::verdict)
                    .containsExactly(
                            "POLICY",
                            "REPEATED",
                            "REFUSED",
                            "REFUSED",
                            "REFUSED",
                            "REFUSED",
                            "REFUSED",
                            "POLICY",
                            "REPEATED",
                            "REPEATED");
        }
    }

    @Test
    void aNewVersionReplansWhatIsHeldUnderItStepByStepAndReleasesWhatIsDueByIt() {
        try (var lane = new LaneHarness(folder, LaneSettings.BUDGET, new Budget(2, Duration.ofSeconds(1)), () -> 0L)) {
            lane.say(1, policy(1, "P3M", ""));
            IntStream.range(0, 5).forEach(i -> lane.say(byPolicy(LID + i)));
            lane.say(Samples.announce(
                    Samples.aProduct(LID, "1.0"), Samples.at("2026-05-01T00:00:00Z"), Existence.HIDDEN));
            lane.journal();

            lane.say(2, policy(2, "P6M", ""));
            assertThat(lane.journal()).extracting(JournalEntry::verdict).containsExactly("POLICY");
            lane.elapse(Duration.ofMillis(50));
            assertThat(lane.journal())
                    .as("two products a step, one of them with terms of its own")
                    .hasSize(1);
            IntStream.range(0, 5).forEach(step -> lane.elapse(Duration.ofMillis(50)));
            assertThat(lane.journal())
                    .as("what has terms of its own is not concerned")
                    .hasSize(4);

            lane.say(3, policy(3, "P1M", ""));
            IntStream.range(0, 5).forEach(step -> lane.elapse(Duration.ofMillis(50)));

            assertThat(lane.published()).hasSize(5).allSatisfy(event -> assertThat(event.news())
                    .isInstanceOf(PublicEvent.Released.class));
            assertThat(lane.journal())
                    .extracting(JournalEntry::verdict)
                    .filteredOn(verdict -> !verdict.equals("POLICY"))
                    .containsOnly("REEVALUATED", "RELEASED")
                    .hasSize(10);
        }
    }

    /** What is due waits for the steps of all that scan; those that have nothing to scan take no time. */
    @ParameterizedTest
    @CsvSource({"0, 8", "7, 4"})
    void theScansOfAThreadShareTheBudget(int others, int step) {
        try (var lane = new LaneHarness(folder, LaneSettings.BUDGET, new Budget(8, Duration.ofSeconds(1)), () -> 0L)) {
            lane.say(1, policy(1, "P3M", ""));
            lane.elapse(Duration.ofMillis(50));
            IntStream.range(0, 20).forEach(i -> lane.say(byPolicy(LID + i)));
            for (var partition = 1; partition <= 10; partition++) {
                lane.turns.scans(partition, partition <= others);
            }
            lane.say(2, policy(2, "P6M", ""));
            lane.journal();

            lane.elapse(Duration.ofMillis(50));
            assertThat(lane.journal()).hasSize(step);

            IntStream.range(0, 20).forEach(i -> lane.elapse(Duration.ofMillis(50)));
            assertThat(lane.journal()).hasSize(20 - step);
            assertThat(lane.turns.scans(10, true)).as("this one is over").isEqualTo(others + 1);
        }
    }

    @Test
    void aNewVersionHoldsForACommandEvenBeforeItsScanCameByAndAReleaseWaitsForNoScan() {
        try (var lane = new LaneHarness(folder, LaneSettings.BUDGET, new Budget(1, Duration.ofSeconds(1)), () -> 0L)) {
            lane.say(1, policy(1, "P3M", ""));
            IntStream.range(0, 50).forEach(i -> lane.say(byPolicy(LID + "-" + i)));
            lane.say(Samples.announce(
                    Samples.aProduct(LID, "1.0"), Samples.at(LaneHarness.START.plusMillis(200)), Existence.HIDDEN));
            lane.say(2, policy(2, "P6M", ""));

            lane.say(Samples.fact(
                    LID + "-49", "1.0", Facts.Kind.ACQUISITION_STOP, Instant.parse("2026-02-01T00:00:00Z")));
            assertThat(lane.journal()).last().satisfies(entry -> {
                assertThat(entry.verdict()).isEqualTo("FACT");
                assertThat(entry.releaseAt()).isEqualTo(Instant.parse("2026-08-01T00:00:00Z"));
            });

            IntStream.range(0, 8).forEach(step -> lane.pass(Duration.ofMillis(50)));
            assertThat(lane.published()).as("released while the scan goes on").hasSize(1);
            IntStream.range(0, 60).forEach(step -> lane.pass(Duration.ofMillis(50)));
            assertThat(lane.journal())
                    .filteredOn(entry -> entry.verdict().equals("REEVALUATED"))
                    .hasSize(49);
        }
    }

    @Test
    void whatAPolicyChangesAndOpensIsDecidedInTheNameOfWhoPublishedIt() {
        try (var lane = new LaneHarness(folder)) {
            lane.say(1, policy(1, "P3M", ""));
            lane.say(byPolicy(LID));
            lane.say(2, policy(2, "P1M", ""));
            IntStream.range(0, 4).forEach(step -> lane.pass(Duration.ofMillis(50)));

            assertThat(lane.journal())
                    .filteredOn(entry -> entry.causeOffset() == 2 && entry.lidvid() != null)
                    .hasSize(2)
                    .allSatisfy(entry -> {
                        assertThat(entry.verdict()).isIn("REEVALUATED", "RELEASED");
                        assertThat(entry.principal()).isEqualTo("nasa");
                        assertThat(entry.commandId()).isEqualTo("policy-2");
                        assertThat(entry.author())
                                .isEqualTo(Samples.statement("policy-2").author());
                    });
        }
    }

    @Test
    void refusesAPolicyOfABrokenClockAndNamesEveryPartnerThatIsNone() {
        try (var lane = new LaneHarness(folder)) {
            lane.host.set(Instant.EPOCH);
            lane.say(1, policy(1, "P3M", ""));
            lane.host.set(LaneHarness.START);
            lane.say(1, policy(1, "P3M", agreement("cnsa, roscosmos", "once")));

            assertThat(lane.deadLetters())
                    .satisfiesExactly(
                            letter -> assertThat(letter.reason()).isEqualTo(RefusalReason.CLOCK_WRONG), letter -> {
                                assertThat(letter.reason()).isEqualTo(RefusalReason.POLICY_INVALID);
                                assertThat(letter.explanation()).contains("line ", "cnsa", "roscosmos");
                            });
        }
    }

    @Test
    void waitsForAMissingFactAndSaysWhichOne() {
        try (var lane = new LaneHarness(folder)) {
            lane.say(1, policy(1, "P3M", "").replace("acquisition-stop", "reception"));
            lane.say(byPolicy(LID));
            assertThat(lane.journal().getLast().grounds().missing()).contains("the reception on Earth");
            lane.pass(Duration.ofDays(4_000));
            assertThat(lane.published()).isEmpty();

            lane.say(Samples.fact(LID, "1.0", Facts.Kind.RECEPTION, Instant.parse("2026-01-02T00:00:00Z")));

            assertThat(lane.published()).hasSize(1);
            assertThat(lane.journal()).extracting(JournalEntry::verdict).containsExactly("FACT", "RELEASED");
        }
    }

    @Test
    void sharesWithAPartnerAtItsOwnInstantAndTakesBackWhatIsWithdrawn() {
        try (var lane = new LaneHarness(folder)) {
            lane.say(1, policy(1, "P6M", agreement("esa", "P3M")));
            lane.say(byPolicy(LID));
            var opens = Instant.parse("2026-04-01T10:01:00Z");
            lane.pass(Duration.between(LaneHarness.START, opens).minusMillis(1));
            assertThat(lane.shared()).isEmpty();

            lane.pass(Duration.ofMillis(50));

            assertThat(lane.shared()).singleElement().satisfies(event -> assertThat(event.news())
                    .isInstanceOfSatisfying(PartnerEvent.Shared.class, shared -> {
                        assertThat(shared.opensAt()).isEqualTo(opens);
                        assertThat(shared.publicAt()).contains(Instant.parse("2026-07-01T10:01:00Z"));
                    }));
            assertThat(lane.published()).isEmpty();
            assertThat(lane.catalogue()).extracting(CatalogueRecord::status).containsExactly("HELD", "PARTNERS");

            lane.say(Samples.withdraw(LID, "1.0"));
            assertThat(lane.shared()).singleElement().satisfies(event -> assertThat(event.news())
                    .isInstanceOf(PartnerEvent.TakenBack.class));
        }
    }

    @Test
    void doesNotStartWithoutAPartnerOfThePolicyInForce() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.lane(Samples.NASA));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
        var context = new MockProcessorContext<byte[], byte[]>(properties, new TaskId(0, 0), folder.toFile());
        for (var store : Topics.Store.values()) {
            var state = Stores.inMemoryKeyValueStore(store.storeName()).get();
            state.init(context.getStateStoreContext(), state);
            context.addStateStore(state);
        }
        var document = policy(1, "P6M", agreement("esa", "P3M"));
        var policy = PolicyDocument.read(document);
        KeyValueStore<Bytes, byte[]> agenda = context.getStateStore(Topics.Store.AGENDA.storeName());
        var applied = (PolicyRegister.Applied) PolicyRegister.EMPTY.say(1, policy.hash());
        new PolicyBook(agenda, PolicyDocument::read)
                .apply(policy, document, Samples.statement("policy-1"), 0, applied.after());
        assertThat(new PolicyBook(agenda, PolicyDocument::read).statement(1)).isEqualTo(Samples.statement("policy-1"));

        assertThatThrownBy(() -> lane(Set.of(new AgencyId("jaxa"))).init(context))
                .isInstanceOf(LaneStoppedException.class)
                .hasMessageContaining("version 1 of the policy of nasa")
                .hasMessageContaining("agreement joint is with esa");
        lane(Set.of(Samples.ESA)).init(context);
    }

    private static LaneProcessor lane(Set<AgencyId> partners) {
        var nobody = new FenceProposer() {
            @Override
            public void propose(int partition, long number) {
                throw new AssertionError("nothing is due");
            }

            @Override
            public String name() {
                return "nobody";
            }
        };
        return new LaneProcessor(new LaneSettings(
                Samples.nasa(),
                Codecs.over(new FakeSchemas()),
                1,
                InstantSource.fixed(LaneHarness.START),
                () -> 0L,
                nobody,
                LaneSettings.BUDGET,
                LaneSettings.SCAN_BUDGET,
                partners,
                new LaneGauges(),
                new Turns()));
    }

    private static space.halley.domain.Command byPolicy(String lid) {
        return Samples.announce(Samples.aProduct(lid, "1.0"), Samples.byPolicy(), Existence.HIDDEN);
    }

    private static String policy(int version, String period, String agreements) {
        return """
                agency: nasa
                version: %d
                rules:
                  - id: general
                    owner: NASA
                    release: {exclusive: %s, from: acquisition-stop}
                    source: a test
                    confidence: assumed
                %s""".formatted(version, period, agreements);
    }

    private static String agreement(String partner, String period) {
        var share = period.equals("once") ? "{at: once}" : "{exclusive: " + period + ", from: acquisition-stop}";
        return """
                agreements:
                  - id: joint
                    match: {mission: mission.mars2020}
                    with: [%s]
                    share: %s
                    source: a test
                """.formatted(partner, share);
    }
}
