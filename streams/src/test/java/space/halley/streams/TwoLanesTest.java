package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.audit.Promises;
import space.halley.audit.Recording;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Existence;
import space.halley.domain.Facts;
import space.halley.domain.RefusalReason;
import space.halley.schemas.Codecs;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;

/**
 * Two agencies claim one product, each in its own topic and with its own lane: whatever comes first, the owner's lane
 * decides as if nobody else had said anything, and the other agency learns nothing.
 */
final class TwoLanesTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:claimed";
    private static final Instant DUE = LaneHarness.START.plusSeconds(60);
    private static final Duration TICK = Duration.ofMillis(50);

    private static final List<Consumer<LaneHarness>> OWNERS = List.of(
            lane -> lane.say(Samples.announce(Samples.aProduct(LID, "1.0"), Samples.at(DUE), Existence.HIDDEN)),
            lane -> lane.say(Samples.reschedule(LID, "1.0", Samples.at(DUE.plusSeconds(30)))),
            lane -> lane.pass(
                    Duration.between(LaneHarness.START, DUE.plusSeconds(30)).plus(TICK)),
            lane -> lane.say(Samples.withdraw(LID, "1.0")));

    private static final List<Consumer<LaneHarness>> OTHERS = List.of(
            lane -> lane.say(Samples.announce(Samples.aProduct(LID, "1.0"), Samples.atOnce(), Existence.PUBLIC)),
            lane -> lane.say(Samples.fact(LID, "1.0", Facts.Kind.REVIEW, LaneHarness.START)),
            lane -> lane.say(Samples.withdraw(LID, "1.0")));

    private final FakeSchemas schemas = new FakeSchemas();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theOwnerIsServedAndTheOtherLearnsNothingInEveryInterleaving() throws IOException {
        var ownerAlone = run(Stream.generate(() -> true).limit(OWNERS.size()).toList());
        var otherAlone = run(Stream.generate(() -> false).limit(OTHERS.size()).toList());
        assertThat(of(Samples.NASA, ownerAlone).journal())
                .extracting(JournalEntry::verdict)
                .containsExactly("HELD", "RESCHEDULED", "RELEASED", "RETRACTED");
        assertThat(ownerAlone.published()).hasSize(2);
        assertThat(of(Samples.ESA, otherAlone).receipts()).hasSize(3).allSatisfy(receipt -> assertThat(receipt.answer())
                .isInstanceOfSatisfying(Receipt.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_YOUR_NAMESPACE);
                    assertThat(refused.explanation()).doesNotContain("held", "public", "2026");
                }));
        var count = 0;

        for (var order : interleavings(OWNERS.size(), OTHERS.size()).toList()) {
            var both = run(order);

            Promises.check(Promises.all(Samples.agencies(), 1), both);
            assertThat(of(Samples.NASA, both)).as("%s", order).isEqualTo(of(Samples.NASA, ownerAlone));
            assertThat(both.published()).isEqualTo(ownerAlone.published());
            assertThat(both.told()).isEmpty();
            assertThat(both.catalogue()).isEqualTo(ownerAlone.catalogue());
            assertThat(of(Samples.ESA, both).receipts())
                    .isEqualTo(of(Samples.ESA, otherAlone).receipts());
            assertThat(of(Samples.ESA, both).deadLetters().stream().map(TwoLanesTest::withoutTime))
                    .containsExactlyElementsOf(of(Samples.ESA, otherAlone).deadLetters().stream()
                            .map(TwoLanesTest::withoutTime)
                            .toList());
            assertThat(of(Samples.ESA, both).journal())
                    .extracting(JournalEntry::verdict)
                    .containsExactly("REFUSED", "REFUSED", "REFUSED");
            count++;
        }
        assertThat(count).isEqualTo(35);
    }

    /** What one agency's lane decided and answered. */
    private record Answers(List<JournalEntry> journal, List<Receipt> receipts, List<DeadLetter> deadLetters) {}

    private static Answers of(AgencyId agency, Recording recording) {
        return new Answers(
                recording.journal().stream()
                        .filter(entry -> entry.agency().equals(agency))
                        .toList(),
                recording.receipts().stream()
                        .filter(receipt -> receipt.agency().equals(agency))
                        .toList(),
                recording.deadLetters().stream()
                        .filter(letter -> letter.agency().equals(agency))
                        .toList());
    }

    private static List<Object> withoutTime(DeadLetter letter) {
        return List.of(
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.reason(),
                letter.explanation(),
                String.valueOf(letter.commandId()),
                String.valueOf(letter.lid()));
    }

    /** Both lanes over what is said in that order, by the owner or by the other; what the owner says comes at the same times. */
    private Recording run(List<Boolean> order) throws IOException {
        var recording = Recording.builder(Codecs.over(schemas));
        try (var owner = lane(Samples.nasa(), Samples.ESA);
                var other = lane(Samples.esa(), Samples.NASA)) {
            var owners = OWNERS.iterator();
            var others = OTHERS.iterator();
            for (var isOwner : order) {
                if (isOwner) {
                    owners.next().accept(owner);
                    owner.recordInto(recording);
                } else {
                    other.broker.set(owner.broker.instant());
                    other.host.set(owner.host.instant());
                    others.next().accept(other);
                    other.recordInto(recording);
                }
            }
            return recording.build();
        }
    }

    private LaneHarness lane(Agency agency, AgencyId partner) throws IOException {
        return new LaneHarness(
                Files.createTempDirectory(folder, agency.id().value()),
                agency,
                Set.of(partner),
                schemas,
                LaneSettings.BUDGET,
                LaneSettings.SCAN_BUDGET,
                () -> 0L);
    }

    private static Stream<List<Boolean>> interleavings(int owners, int others) {
        if (owners == 0 && others == 0) {
            return Stream.of(List.of());
        }
        return Stream.of(true, false)
                .filter(isOwner -> isOwner ? owners > 0 : others > 0)
                .flatMap(isOwner -> interleavings(owners - (isOwner ? 1 : 0), others - (isOwner ? 0 : 1))
                        .map(rest -> {
                            var all = new ArrayList<Boolean>(List.of(isOwner));
                            all.addAll(rest);
                            return List.copyOf(all);
                        }));
    }
}
