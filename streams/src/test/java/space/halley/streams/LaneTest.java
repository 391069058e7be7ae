package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.Existence;
import space.halley.domain.PublicEvent;
import space.halley.domain.RefusalReason;
import space.halley.domain.ReleaseTerms;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.testkit.Samples;

final class LaneTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:image-1";
    private static final Instant T = LaneHarness.START.plusSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LaneHarness lane;

    @BeforeEach
    void open() {
        lane = new LaneHarness(folder);
    }

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    void releasesAtTheInstantAndNotAMillisecondBefore() {
        lane.say(announce(Existence.HIDDEN));
        lane.pass(Duration.ofSeconds(60).minusMillis(1));
        assertThat(lane.published()).isEmpty();

        lane.pass(Duration.ofMillis(50));

        assertThat(lane.published()).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(Samples.id(LID, "1.0"));
            assertThat(event.revision()).isEqualTo(1);
            assertThat(event.news()).isInstanceOfSatisfying(PublicEvent.Released.class, released -> {
                assertThat(released.releaseAt()).isEqualTo(T);
                assertThat(released.releasedAt()).isAfterOrEqualTo(T);
            });
        });
        assertThat(lane.journal()).extracting(JournalEntry::verdict).containsExactly("HELD", "RELEASED");
        assertThat(lane.catalogue()).extracting(CatalogueRecord::status).containsExactly("HELD", "PUBLIC");
        assertThat(lane.receipts()).hasSize(1);
        assertThat(lane.deadLetters()).isEmpty();
    }

    @Test
    void writesNoFenceWhileNothingIsDue() {
        lane.say(announce(Existence.HIDDEN));
        lane.elapse(Duration.ofSeconds(59));
        assertThat(lane.proposals).isEmpty();

        lane.elapse(Duration.ofSeconds(2));
        lane.elapse(Duration.ofSeconds(2));

        assertThat(lane.proposals)
                .as("one outstanding fence, however often the lane looks")
                .hasSize(1);
        lane.elapse(Duration.ofSeconds(5));
        assertThat(lane.proposals).as("asked for again when it does not come").hasSize(2);
    }

    @Test
    void honoursAWithdrawalThatWasAppendedBeforeTheFenceThoughTheInstantHasPassed() {
        lane.say(announce(Existence.HIDDEN));
        lane.elapse(Duration.ofSeconds(61));
        lane.say(new Command.Withdraw(Samples.statement(lane.nextId()), Samples.id(LID, "1.0")));
        lane.deliverFences();

        assertThat(lane.published()).isEmpty();
        assertThat(lane.journal()).extracting(JournalEntry::verdict).containsExactly("HELD", "WITHDRAWN");
    }

    @Test
    void isNotAdvancedByOneWrongClock() {
        lane.say(announce(Existence.HIDDEN));
        lane.fence(T.plus(Duration.ofDays(3650)));
        assertThat(lane.published()).as("a forged fence far in the future").isEmpty();

        lane.broker.step(Duration.ofDays(3650));
        lane.fence(lane.host.instant());

        assertThat(lane.published()).as("a broker's clock far ahead").isEmpty();
    }

    @Test
    void announcesThePlanOfAProductWhoseExistenceIsPublicAndCancelsIt() {
        lane.say(announce(Existence.PUBLIC));
        var later = T.plusSeconds(600);
        lane.say(new Command.Reschedule(
                Samples.statement(lane.nextId()), Samples.id(LID, "1.0"), new ReleaseTerms.FixedDate(later)));
        lane.say(new Command.Withdraw(Samples.statement(lane.nextId()), Samples.id(LID, "1.0")));

        var news = lane.published();

        assertThat(news).extracting(PublicEvent::revision).containsExactly(1, 2, 3);
        assertThat(news.get(1).news()).isInstanceOfSatisfying(PublicEvent.Announced.class, announced -> assertThat(
                        announced.plannedReleaseAt())
                .isEqualTo(later));
        assertThat(news.get(2).news()).isInstanceOf(PublicEvent.Cancelled.class);
    }

    @Test
    void answersTheSameAnnouncementWithTheSameReceipt() {
        lane.say(announce(Existence.HIDDEN));
        lane.say(announce(Existence.HIDDEN));

        assertThat(lane.receipts())
                .extracting(receipt -> ((Receipt.Accepted) receipt.answer()).receiptId())
                .containsExactly("nasa-0-0", "nasa-0-0");
        assertThat(lane.journal()).extracting(JournalEntry::verdict).containsExactly("HELD", "REPEATED");
    }

    @Test
    void refusesForeignNamespacesWithoutTellingWhetherTheProductExists() {
        var foreign = "urn:esa:psa:bc_mpo:data:image-1";
        lane.say(Samples.announce(Samples.aProduct(foreign, "1.0"), new ReleaseTerms.AtOnce(), Existence.HIDDEN));

        assertThat(lane.receipts()).singleElement().satisfies(receipt -> assertThat(receipt.answer())
                .isInstanceOfSatisfying(Receipt.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(RefusalReason.NOT_YOUR_NAMESPACE)));
        assertThat(lane.deadLetters()).hasSize(1);
    }

    @Test
    void makesADeadLetterOfBytesThatAreNothingAndGoesOn() {
        var poison = "not a record".getBytes(StandardCharsets.UTF_8);
        lane.append(poison, poison);
        lane.append(null, null);
        lane.append(
                "wrong key".getBytes(StandardCharsets.UTF_8),
                lane.codecs
                        .commands()
                        .encode(new space.halley.schemas.Input.Said(
                                Samples.id(LID, "1.0").lid(), LaneHarness.START, announce(Existence.HIDDEN))));
        lane.say(announce(Existence.HIDDEN));

        assertThat(lane.deadLetters())
                .extracting(letter -> letter.reason())
                .containsExactly(RefusalReason.UNDECODABLE, RefusalReason.UNDECODABLE, RefusalReason.MISROUTED);
        assertThat(lane.receipts()).hasSize(4);
        assertThat(lane.journal())
                .extracting(JournalEntry::verdict)
                .containsExactly("REFUSED", "REFUSED", "REFUSED", "HELD");
    }

    @Test
    void keepsOnlyTheHashOfARefusedInput() {
        var poison = "not a record".getBytes(StandardCharsets.UTF_8);
        lane.append(poison, poison);

        assertThat(lane.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.payloadHash()).isEqualTo(ContentHash.of(poison));
            assertThat(letter.payloadSize()).isEqualTo(poison.length);
            assertThat(letter.explanation()).doesNotContain("not a record");
        });
    }

    @Test
    void dropsTheTimerOfAnEarlierSchedule() {
        lane.say(announce(Existence.HIDDEN));
        lane.say(new Command.Reschedule(
                Samples.statement(lane.nextId()),
                Samples.id(LID, "1.0"),
                new ReleaseTerms.FixedDate(T.plusSeconds(3600))));
        lane.pass(Duration.ofMinutes(2));
        assertThat(lane.published()).isEmpty();

        lane.pass(Duration.ofHours(1));

        assertThat(lane.published()).hasSize(1);
    }

    @Test
    void findsATimerThatWasArmedBelowWhereAnEarlierDrainEnded() {
        lane.say(announce(Existence.HIDDEN));
        lane.pass(Duration.ofMinutes(2));
        assertThat(lane.published()).hasSize(1);

        // The agency's clock is behind, so the instant lies in the past without being reached at the command.
        lane.host.step(Duration.ofSeconds(-100));
        var other = "urn:nasa:pds:mars2020_mastcamz:data:image-2";
        lane.say(Samples.announce(Samples.aProduct(other, "1.0"), new ReleaseTerms.FixedDate(T), Existence.HIDDEN));
        assertThat(lane.published()).isEmpty();
        lane.host.step(Duration.ofSeconds(100));
        lane.pass(Duration.ofSeconds(1));

        assertThat(lane.published()).hasSize(1);
    }

    @Test
    void supersedesAHeldVersionByAHigherOne() {
        lane.say(announce(Existence.HIDDEN));
        lane.say(Samples.announce(
                Samples.aProduct(LID, "2.0"), new ReleaseTerms.FixedDate(T.plusSeconds(10)), Existence.HIDDEN));
        lane.pass(Duration.ofMinutes(2));

        assertThat(lane.published()).singleElement().satisfies(event -> assertThat(event.id())
                .isEqualTo(Samples.id(LID, "2.0")));
        assertThat(lane.journal())
                .extracting(JournalEntry::verdict)
                .containsExactly("HELD", "SUPERSEDED", "HELD", "RELEASED");
    }

    @Test
    void stopsAtACommandForALaterReader() {
        var envelope = space.halley.schemas.avro.CommandEnvelope.newBuilder()
                .setCommandId("c")
                .setMinReader(space.halley.schemas.Input.READER + 1)
                .setIssuedAt(LaneHarness.START)
                .setLid(LID)
                .build();
        var bytes = new space.halley.schemas.AvroCodec<space.halley.schemas.avro.CommandEnvelope>(
                        space.halley.schemas.avro.CommandEnvelope.getClassSchema(), lane.schemas)
                .encode(envelope);

        assertThatThrownBy(() -> lane.append(LID.getBytes(StandardCharsets.UTF_8), bytes))
                .hasRootCauseInstanceOf(LaneStoppedException.class);
    }

    @Test
    void leavesEverySecondStepOfADrainToCommandsIfThereAreAny() {
        try (var other = new LaneHarness(folder.resolve("steps"), new Budget(1, Duration.ofHours(1)), () -> 0L)) {
            for (var i = 0; i < 9; i++) {
                other.say(Samples.announce(
                        Samples.aProduct(LID + i, "1.0"), new ReleaseTerms.FixedDate(T), Existence.HIDDEN));
            }
            other.elapse(Duration.ofSeconds(61));
            other.deliverFences();
            // The first of them comes at once, and its commit comes before the next.
            assertThat(other.published()).hasSize(1);
            var tick = Duration.ofMillis(50);
            other.elapse(tick);
            assertThat(other.published()).isEmpty();
            other.elapse(tick);
            other.elapse(tick);
            assertThat(other.published()).hasSize(2);

            other.say(new Command.Withdraw(Samples.statement(other.nextId()), Samples.id(LID + 8, "1.0")));
            other.published();
            other.elapse(tick);
            assertThat(other.published()).isEmpty();

            other.elapse(tick);
            assertThat(other.published()).hasSize(1);
            other.elapse(tick);
            assertThat(other.published()).hasSize(1);
        }
    }

    @Test
    void givesTheSameHistoryWithEveryDrainBudget() {
        var one = history(1);
        assertThat(history(7)).isEqualTo(one);
        assertThat(history(Integer.MAX_VALUE)).isEqualTo(one);
    }

    /** Per product what was decided and why, with a command for one of them in the middle of the drain. */
    private List<String> history(int budget) {
        try (var other = new LaneHarness(
                folder.resolve("budget-" + budget), new Budget(budget, Duration.ofHours(1)), () -> 0L)) {
            for (var i = 0; i < 20; i++) {
                other.say(Samples.announce(
                        Samples.aProduct(LID + i, "1.0"), new ReleaseTerms.FixedDate(T), Existence.HIDDEN));
            }
            other.elapse(Duration.ofSeconds(61));
            other.deliverFences();
            other.say(new Command.Withdraw(Samples.statement(other.nextId()), Samples.id(LID + 19, "1.0")));
            other.fence(other.host.instant());
            other.say(new Command.Withdraw(Samples.statement(other.nextId()), Samples.id(LID + 18, "1.0")));
            for (var i = 0; i < 50; i++) {
                other.pass(Duration.ofMillis(100));
            }
            return other.journal().stream()
                    .map(entry -> entry.lidvid() + " " + entry.verdict() + " by " + entry.causeOffset())
                    .sorted()
                    .toList();
        }
    }

    private Command.Announce announce(Existence existence) {
        return Samples.announce(Samples.aProduct(LID, "1.0"), new ReleaseTerms.FixedDate(T), existence);
    }
}
