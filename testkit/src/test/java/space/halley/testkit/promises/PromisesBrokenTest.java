package space.halley.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import space.halley.audit.Appended;
import space.halley.audit.Conservation;
import space.halley.audit.DeadLettersComplete;
import space.halley.audit.DecisionsAreFacts;
import space.halley.audit.ExactlyOnce;
import space.halley.audit.IdempotentPublishing;
import space.halley.audit.Listed;
import space.halley.audit.Liveness;
import space.halley.audit.NeverEarly;
import space.halley.audit.NoGapNoDuplicate;
import space.halley.audit.NoLeak;
import space.halley.audit.NoOvertaking;
import space.halley.audit.Place;
import space.halley.audit.Places;
import space.halley.audit.Position;
import space.halley.audit.Promise;
import space.halley.audit.Promises;
import space.halley.audit.Published;
import space.halley.audit.Recording;
import space.halley.audit.ReferenceLanes;
import space.halley.audit.RevisionOrder;
import space.halley.audit.Told;
import space.halley.domain.Agencies;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.Existence;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.domain.RefusalReason;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.Codecs;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.Input;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;

/** Every promise notices when it is broken, in a recording that keeps it but for one change. */
class PromisesBrokenTest {
    private static final String LID = "urn:nasa:pds:b:c:p";
    private static final Instant T = Instant.parse("2026-03-01T00:00:00Z");

    private final Codecs codecs = Codecs.over(new FakeSchemas());
    private final List<Promise> promises = Promises.all(Samples.agencies(), 1);
    private final List<Appended> inputs = new ArrayList<>();
    private final Recording kept = record();

    @Test
    void theRecordingKeepsThemAll() {
        Promises.check(promises, kept);
        assertThat(kept.journal().stream().map(JournalEntry::verdict))
                .containsExactly(
                        "HELD", "RESCHEDULED", "REPEATED", "REFUSED", "RELEASED", "REFUSED", "RETRACTED", "REFUSED");
    }

    @Test
    void neverEarlyNoticesAWatermarkBeforeTheInstant() {
        var early = journal("RELEASED", entry -> watermark(entry, T.minusMillis(1)));

        assertThat(new NeverEarly().violations(early)).anyMatch(text -> text.contains("has the watermark"));
    }

    @Test
    void neverEarlyNoticesARecordThatWasThereBeforeTheInstantEvenIfItWasAborted() {
        var event = kept.published().get(2).event();
        assertThat(event.news()).isInstanceOf(PublicEvent.Released.class);
        // Nothing that was said was appended then.
        var physical = new ArrayList<>(kept.physical());
        physical.add(new Published(releasedAt(event, T.plusMillis(1)), T.minusMillis(1)));

        assertThat(new NeverEarly().violations(with(kept.journal(), kept.published(), physical)))
                .containsExactly(LID + "::1.0 is in the public log since 2026-02-28T23:59:59.999Z, before " + T);
    }

    @Test
    void neverEarlySaysSoIfItIsTheBrokersClockThatDiffers() {
        var event = kept.published().get(2).event();
        var physical = new ArrayList<>(kept.physical());
        physical.add(new Published(event, T.minusSeconds(1)));
        assertThat(new NeverEarly().violations(with(kept.journal(), kept.published(), physical)))
                .as("as clocks do that are kept right")
                .isEmpty();

        physical.add(new Published(event, T.minusMillis(1_001)));

        assertThat(new NeverEarly().violations(with(kept.journal(), kept.published(), physical)))
                .singleElement()
                .asString()
                .contains("is in the public log since 2026-02-28T23:59:58.999Z")
                .contains("its cause was appended at " + T)
                .contains("that of the broker that took this record is behind them by PT1.001S or more");
    }

    private static PublicEvent releasedAt(PublicEvent event, Instant at) {
        var released = (PublicEvent.Released) event.news();
        return new PublicEvent(
                event.agency(),
                event.id(),
                event.revision(),
                new PublicEvent.Released(
                        at,
                        released.releaseAt(),
                        released.explanation(),
                        released.late(),
                        released.archiveReleaseDate(),
                        released.product()));
    }

    @Test
    void neverEarlyNoticesAReleaseThatNobodyDecided() {
        var journal = kept.journal().stream()
                .filter(entry -> !entry.verdict().equals("RELEASED"))
                .toList();

        assertThat(new NeverEarly().violations(with(journal, kept.published(), kept.physical())))
                .anyMatch(text -> text.contains("without a decision"));
    }

    @Test
    void neverEarlyNoticesAnInstantThatWasNotInForce() {
        var stale = journal("RESCHEDULED", entry -> releaseAt(entry, T.plusSeconds(1)));

        assertThat(new NeverEarly().violations(stale)).anyMatch(text -> text.contains("was in force"));
    }

    @Test
    void conservationNoticesAnUnansweredCommandAndAnAnswerToNothing() {
        assertThat(new Conservation()
                        .violations(
                                with(kept.receipts().subList(1, kept.receipts().size()), kept.deadLetters())))
                .containsExactly("the command at nasa/0@0 has 0 receipts");
        var inputsButOne = new Recording(
                kept.inputs().subList(1, kept.inputs().size()),
                kept.journal(),
                kept.published(),
                kept.physical(),
                kept.receipts(),
                kept.deadLetters(),
                kept.catalogue());
        assertThat(new Conservation().violations(inputsButOne))
                .hasSize(2)
                .allMatch(text -> text.contains("where nothing was said"));
    }

    @Test
    void conservationNoticesAWayThatNoVersionGoes() {
        var backAgain = journal("RETRACTED", entry -> verdict(entry, "WITHDRAWN"));

        assertThat(new Conservation().violations(backAgain))
                .containsExactly(LID + "::1.0 was PUBLIC, and WITHDRAWN at nasa/0@8");
    }

    @Test
    void exactlyOnceNoticesARecordThatIsThereTwice() {
        var twice = new ArrayList<>(kept.published());
        twice.add(kept.published().get(2));

        assertThat(new ExactlyOnce().violations(with(kept.journal(), twice, twice)))
                .containsExactly("revision 3 of " + LID + "::1.0 is public twice", LID + "::1.0 was released twice");
    }

    @Test
    void whatIsThereTwiceIsNamedWithBothPlaces() {
        var twice = new ArrayList<>(kept.published());
        twice.set(2, new Published(kept.published().get(2).event(), T, new Place("halley.public", 0, 4)));
        twice.add(new Published(kept.published().get(2).event(), T, new Place("halley.public", 0, 9)));

        assertThat(new ExactlyOnce().violations(with(kept.journal(), twice, twice)))
                .containsExactly(
                        "revision 3 of " + LID
                                + "::1.0 (halley.public/0@9) is public twice, first at halley.public/0@4",
                        LID + "::1.0 (halley.public/0@9) was released twice, first at halley.public/0@4");
    }

    @Test
    void aSharingThatNoPartnerWasToldOfIsNamedWithItsPlace() {
        var shared = shared();

        assertThat(new ExactlyOnce().violations(told(shared, List.of(), List.of())))
                .containsExactly("the journal shares " + LID + "::1.0 with esa at nasa/0@2, and no partner was told");
    }

    @Test
    void aPublicRecordThatIsMissingIsNamedWithThePlaceThatItFollowsFrom() {
        var missing = kept.published().subList(0, 2);

        assertThat(new DecisionsAreFacts(Samples.agencies(), 1).violations(with(kept.journal(), missing, missing)))
                .singleElement()
                .asString()
                .contains("another public log")
                .contains("which follows from nasa/0@5");
    }

    @Test
    void theSameVersionWithTwoContentsIsNamedWithBothPlaces() {
        var changed = journal("RELEASED", entry -> content(entry, ContentHash.of("other")));

        assertThat(new IdempotentPublishing().violations(changed))
                .anySatisfy(text -> assertThat(text).contains("at nasa/0@0").contains("at nasa/0@5"));
    }

    @Test
    void revisionOrderNoticesAGap() {
        var gap = new ArrayList<>(kept.published());
        gap.remove(1);

        assertThat(new RevisionOrder().violations(with(kept.journal(), gap, gap)))
                .containsExactly("revision 3 of " + LID + "::1.0 follows revision 1");
    }

    @Test
    void noOvertakingNoticesAWithdrawalThatStoodInTheLogBefore() {
        var overtaken = new ArrayList<>(kept.inputs());
        overtaken.set(4, appended(4, T.minusMillis(1), Samples.withdraw(LID, "1.0")));

        assertThat(new NoOvertaking().violations(inputs(overtaken)))
                .containsExactly(
                        "the withdrawal at nasa/0@4 was overtaken by the release of " + LID + "::1.0 at nasa/0@5");
    }

    @Test
    void noOvertakingNoticesAnExtensionThatStoodInTheLogBefore() {
        var overtaken = new ArrayList<>(kept.inputs());
        overtaken.set(4, appended(4, T.minusMillis(1), Samples.reschedule(LID, "1.0", Samples.at(T.plusSeconds(60)))));

        assertThat(new NoOvertaking().violations(inputs(overtaken)))
                .hasSize(2)
                .anyMatch(text -> text.startsWith("the extension at nasa/0@4"))
                .anyMatch(text -> text.startsWith("the reschedule at nasa/0@4 was refused"));
    }

    @Test
    void deadLettersCompleteNoticesOneThatIsMissingAndOneOfOtherBytes() {
        var letters = kept.deadLetters();
        assertThat(new DeadLettersComplete().violations(with(kept.receipts(), letters.subList(1, letters.size()))))
                .contains("the refused command at nasa/0@4 has 0 dead letters");
        var changed = new ArrayList<>(letters);
        changed.set(0, hash(letters.getFirst(), ContentHash.of("other")));
        assertThat(new DeadLettersComplete().violations(with(kept.receipts(), changed)))
                .containsExactly("the dead letter of nasa/0@4 has the digest or the size of other bytes");
    }

    @Test
    void deadLettersCompleteNoticesASilentCommand() {
        assertThat(new DeadLettersComplete()
                        .violations(
                                with(kept.receipts().subList(1, kept.receipts().size()), kept.deadLetters())))
                .containsExactly("the command at nasa/0@0 is not answered");
    }

    @Test
    void deadLettersCompleteNoticesMistakesThatMakeUpForEachOther() {
        var receipts = new ArrayList<>(kept.receipts());
        receipts.set(0, receipts.get(1));

        assertThat(new DeadLettersComplete().violations(with(receipts, kept.deadLetters())))
                .containsExactly(
                        "the command at nasa/0@0 is not answered", "the command at nasa/0@1 is answered 2 times");
    }

    @Test
    void whatStandsInAnotherAgencysTopicIsNamedWithItsPlace() {
        var receipt = kept.receipts().getFirst();
        var letter = kept.deadLetters().getFirst();
        var right = new Places.Builder()
                .at(receipt, new Place("halley.receipts.nasa", 0, 3))
                .at(letter, new Place("halley.dead-letters.nasa", 0, 4));
        var wrong = new Places.Builder()
                .at(receipt, new Place("halley.receipts.esa", 0, 3))
                .at(letter, new Place("halley.dead-letters.esa", 0, 4));

        Promises.check(promises, placed(kept, right));
        assertThat(Promises.violations(promises, placed(kept, wrong)))
                .containsExactly(
                        "Conservation: the receipt for nasa/0@0 (halley.receipts.esa/0@3) stands in a topic that somebody"
                                + " else reads",
                        "DeadLettersComplete: the dead letter of nasa/0@4 (halley.dead-letters.esa/0@4) stands in a topic"
                                + " that somebody else reads");
    }

    @Test
    void answersAndDecisionsThatAreThereTwiceAreNamedWithBothPlaces() {
        var first = kept.receipts().getFirst();
        var again = answer(first, first.answer());
        var receipts = new ArrayList<>(kept.receipts());
        receipts.add(again);
        var letter = kept.deadLetters().getFirst();
        var otherLetter = hash(letter, letter.payloadHash());
        var letters = new ArrayList<>(kept.deadLetters());
        letters.add(otherLetter);
        var held = kept.journal().getFirst();
        var otherHeld = verdict(held, "HELD");
        var journal = new ArrayList<>(kept.journal());
        journal.add(1, otherHeld);
        var recording = placed(
                new Recording(
                        kept.inputs(), journal, kept.published(), kept.physical(), receipts, letters, kept.catalogue()),
                new Places.Builder()
                        .at(first, new Place("halley.receipts.nasa", 0, 1))
                        .at(again, new Place("halley.receipts.nasa", 0, 7))
                        .at(letter, new Place("halley.dead-letters.nasa", 0, 2))
                        .at(otherLetter, new Place("halley.dead-letters.nasa", 0, 8))
                        .at(held, new Place("halley.journal", 0, 3))
                        .at(otherHeld, new Place("halley.journal", 0, 9)));

        assertThat(new Conservation().violations(recording))
                .containsExactly(
                        "the command at nasa/0@0 has 2 receipts (halley.receipts.nasa/0@1, halley.receipts.nasa/0@7)",
                        LID + "::1.0 was HELD, and HELD at nasa/0@0 (halley.journal/0@9)");
        assertThat(new DeadLettersComplete().violations(recording))
                .contains("the refused command at nasa/0@4 has 2 dead letters (halley.dead-letters.nasa/0@2,"
                        + " halley.dead-letters.nasa/0@8)");
        assertThat(new DecisionsAreFacts(Samples.agencies(), 1).violations(recording))
                .anyMatch(text -> text.contains("another journal") && text.contains("halley.journal/0@9"));
    }

    private static Recording placed(Recording recording, Places.Builder places) {
        return new Recording(
                recording.inputs(),
                recording.journal(),
                recording.published(),
                recording.physical(),
                recording.told(),
                recording.physicallyTold(),
                recording.receipts(),
                recording.deadLetters(),
                recording.catalogue(),
                List.of(),
                List.of(),
                recording.work(),
                places.build(),
                Map.of());
    }

    @Test
    void aFenceThatIsTooLargeIsAnsweredAsACommandIs() {
        var large = "x".repeat(Topics.MAX_COMMAND_BYTES);
        add(null, T, new Input.Fence(T, large, 4));
        var decided = new ReferenceLanes(Samples.agencies(), 1).decide(List.copyOf(inputs));

        assertThat(decided.receipts().getLast().answer()).isEqualTo(new Receipt.Refused(RefusalReason.TOO_LARGE, ""));
        Promises.check(promises, decided);
    }

    @Test
    void decisionsAreFactsNoticesAnotherDecisionAndAnotherCatalogue() {
        var promise = new DecisionsAreFacts(Samples.agencies(), 1);
        assertThat(promise.violations(journal("RELEASED", entry -> verdict(entry, "WITHDRAWN"))))
                .anyMatch(text -> text.startsWith("deciding again gives"));
        assertThat(promise.violations(
                        catalogue(kept.catalogue().subList(0, kept.catalogue().size() - 1))))
                .containsExactly(LID + "::1.0 is RETRACTED by the journal, at nasa/0@8, and PUBLIC in the catalogue");
    }

    @Test
    void decisionsAreFactsNoticesACatalogueThatIsRightInItsStatusOnly() {
        var catalogue = new ArrayList<>(kept.catalogue());
        var last = catalogue.removeLast().record();
        assertThat(last.status()).isEqualTo("RETRACTED");
        catalogue.add(new Listed(
                new CatalogueRecord(
                        last.agency(),
                        last.id(),
                        last.status(),
                        T.plusSeconds(1),
                        last.explanation(),
                        last.publicRevision(),
                        last.decidedAt(),
                        last.product()),
                new Place("halley.catalog", 0, 7)));

        assertThat(new DecisionsAreFacts(Samples.agencies(), 1).violations(catalogue(catalogue)))
                .singleElement()
                .asString()
                .contains("another last record in the catalogue")
                .contains("halley.catalog/0@7")
                .contains("nasa/0@8");
    }

    @Test
    void decisionsAreFactsNoticesAWrongReceipt() {
        var promise = new DecisionsAreFacts(Samples.agencies(), 1);
        for (var wrong : List.<UnaryOperator<Receipt.Accepted>>of(
                answer -> new Receipt.Accepted(
                        "nasa-0-7", false, answer.status(), answer.releaseAt(), answer.explanation()),
                answer -> new Receipt.Accepted(
                        answer.receiptId(), true, answer.status(), answer.releaseAt(), answer.explanation()),
                answer -> new Receipt.Accepted(
                        answer.receiptId(), false, "PUBLIC", answer.releaseAt(), answer.explanation()),
                answer -> new Receipt.Accepted(answer.receiptId(), false, answer.status(), T, answer.explanation()),
                answer -> new Receipt.Accepted(
                        answer.receiptId(), false, answer.status(), answer.releaseAt(), "because"))) {
            var receipts = new ArrayList<>(kept.receipts());
            var first = receipts.getFirst();
            receipts.set(0, answer(first, wrong.apply((Receipt.Accepted) first.answer())));

            assertThat(promise.violations(with(receipts, kept.deadLetters())))
                    .singleElement()
                    .asString()
                    .startsWith("deciding again gives the command at nasa/0@0 another receipt");
        }
    }

    @Test
    void theWordsForWhatNeverReachedTheRulesAreNoPartOfThePromise() {
        var receipts = new ArrayList<>(kept.receipts());
        var last = receipts.getLast();
        assertThat(last.answer()).isEqualTo(new Receipt.Refused(RefusalReason.UNDECODABLE, ""));
        receipts.set(receipts.size() - 1, answer(last, new Receipt.Refused(RefusalReason.UNDECODABLE, "no record")));
        var promise = new DecisionsAreFacts(Samples.agencies(), 1);

        assertThat(promise.violations(with(receipts, kept.deadLetters()))).isEmpty();

        receipts.set(receipts.size() - 1, answer(last, new Receipt.Refused(RefusalReason.TOO_LARGE, "no record")));

        assertThat(promise.violations(with(receipts, kept.deadLetters()))).hasSize(1);
    }

    /** The lane asks the registry, which has others' schemas too; the auditor asks the ledger, which has not. */
    @Test
    void bothReasonsForWhatCannotBeReadAreOne() {
        var receipts = new ArrayList<>(kept.receipts());
        receipts.add(answer(receipts.removeLast(), new Receipt.Refused(RefusalReason.UNKNOWN_SCHEMA, "no schema 7")));
        var letters = new ArrayList<>(kept.deadLetters());
        letters.add(letter(letters.removeLast(), RefusalReason.UNKNOWN_SCHEMA, "no schema 7", null, null));
        var journal = new ArrayList<>(kept.journal());
        journal.add(refusal(journal.removeLast(), RefusalReason.UNKNOWN_SCHEMA));

        Promises.check(
                promises,
                new Recording(
                        kept.inputs(),
                        journal,
                        kept.published(),
                        kept.physical(),
                        receipts,
                        letters,
                        kept.catalogue()));
    }

    @Test
    void decisionsAreFactsNoticesAWrongDeadLetter() {
        var promise = new DecisionsAreFacts(Samples.agencies(), 1);
        var first = kept.deadLetters().getFirst();
        for (var wrong : List.of(
                letter(first, RefusalReason.ALREADY_PUBLIC, first.explanation(), first.commandId(), first.lid()),
                letter(first, first.reason(), "because", first.commandId(), first.lid()),
                letter(first, first.reason(), first.explanation(), "another", first.lid()),
                letter(first, first.reason(), first.explanation(), first.commandId(), LID))) {
            var letters = new ArrayList<>(kept.deadLetters());
            letters.set(0, wrong);

            assertThat(promise.violations(with(kept.receipts(), letters)))
                    .singleElement()
                    .asString()
                    .startsWith("deciding again gives the command at nasa/0@4 another dead letter");
        }
    }

    @Test
    void decisionsAreFactsNoticesAnEntryOfAPolicyOrARefusalThatSaysSomethingElse() {
        inputs.clear();
        var said = Samples.statement("policy");
        var other = new Command.Statement("policy", "somebody else", said.reason());
        policy(said, 1, document("esa"));
        policy(said, 3, document("esa"));
        var decided = decided(Samples.agencies());
        assertThat(decided.journal().stream().map(JournalEntry::verdict)).containsExactly("POLICY", "REFUSED");
        var promise = new DecisionsAreFacts(Samples.agencies(), 1);
        assertThat(promise.violations(decided)).isEmpty();

        // What was decided, and something else that was said.
        inputs.clear();
        policy(other, 1, document("esa").replace("a test", "another document"));
        policy(other, 3, document("esa"));

        assertThat(promise.violations(with(decided, List.copyOf(inputs))))
                .filteredOn(text -> text.contains("another journal"))
                .satisfiesExactly(
                        text -> assertThat(text)
                                .startsWith("deciding again gives the input at nasa/0@0 another journal")
                                .contains("somebody else"),
                        text -> assertThat(text)
                                .startsWith("deciding again gives the input at nasa/0@1 another journal")
                                .contains("somebody else"));

        inputs.clear();
        policy(said, 1, document("esa").replace("a test", "another document"));
        policy(said, 3, document("esa"));

        assertThat(promise.violations(with(decided, List.copyOf(inputs))))
                .as("the document's hash")
                .singleElement()
                .asString()
                .startsWith("deciding again gives the input at nasa/0@0 another journal");
    }

    private Recording with(Recording recording, List<Appended> changed) {
        return new Recording(
                changed,
                recording.journal(),
                recording.published(),
                recording.physical(),
                recording.receipts(),
                recording.deadLetters(),
                recording.catalogue());
    }

    private static Receipt answer(Receipt receipt, Receipt.Answer answer) {
        return new Receipt(
                receipt.agency(),
                receipt.commandPartition(),
                receipt.commandOffset(),
                receipt.commandId(),
                receipt.lidvid(),
                answer);
    }

    private Recording catalogue(List<Listed> catalogue) {
        return new Recording(
                kept.inputs(),
                kept.journal(),
                kept.published(),
                kept.physical(),
                kept.receipts(),
                kept.deadLetters(),
                catalogue);
    }

    @Test
    void decisionsAreFactsNoticesAnAbortedRecordThatNothingLeadsTo() {
        var event = kept.published().get(2).event();
        var physical = new ArrayList<>(kept.physical());
        physical.add(new Published(event, T));
        var promise = new DecisionsAreFacts(Samples.agencies(), 1);
        assertThat(promise.violations(with(kept.journal(), kept.published(), physical)))
                .as("a decision, written once more and aborted")
                .isEmpty();

        var invented = new PublicEvent(event.agency(), event.id(), event.revision() + 1, event.news());
        physical.add(new Published(invented, T));

        assertThat(promise.violations(with(kept.journal(), kept.published(), physical)))
                .singleElement()
                .asString()
                .contains("nothing that was said leads to the public record of " + LID);
    }

    @Test
    void partnersRecordsAreDecidedAgainAndStandWhereTheRecipientReads() {
        var shared = shared();
        assertThat(shared.told()).hasSize(1);
        var promise = new DecisionsAreFacts(Samples.agencies(), 1);
        assertThat(promise.violations(shared)).isEmpty();
        var event = shared.told().getFirst().event();

        assertThat(promise.violations(told(shared, List.of(), shared.physicallyTold())))
                .singleElement()
                .asString()
                .contains("another partners' records");

        var other = new Told(
                new PartnerEvent(event.agency(), Samples.NASA, event.id(), event.number(), event.news()), null, null);
        assertThat(promise.violations(
                        told(shared, shared.told(), List.of(shared.told().getFirst(), other))))
                .singleElement()
                .asString()
                .contains("nothing that was said leads to the record of " + LID);

        for (var topic : List.of("halley.partners.esa", "halley.partners.jaxa")) {
            var placed = new Told(event, T, new Place(topic, 0, 7));
            assertThat(new ExactlyOnce().violations(told(shared, shared.told(), List.of(placed))))
                    .as(topic)
                    .hasSize(topic.endsWith("esa") ? 0 : 1)
                    .allMatch(text -> text.contains("in a topic that somebody else reads"));
        }
        assertThat(new Liveness(T.plus(Duration.ofDays(300)), Duration.ZERO).violations(shared))
                .as("shared, and its public release is long due")
                .hasSize(1);
    }

    /** There is no order between the topics of two partners, and numbers count for each by itself. */
    @Test
    void whatTwoPartnersAreToldIsComparedForEachByItself() {
        share("esa, jaxa");
        say(T, Samples.withdraw(LID, "1.0"));
        var agencies = Samples.threeAgencies();
        var decided = decided(agencies);
        var topicAfterTopic = decided.told().stream()
                .sorted(Comparator.comparing(
                        record -> record.event().recipient().value()))
                .toList();
        assertThat(topicAfterTopic)
                .extracting(record -> record.event().number())
                .containsExactly(1, 2, 1, 2);

        Promises.check(Promises.all(agencies, 1), told(decided, topicAfterTopic, topicAfterTopic));

        var turned = new ArrayList<>(topicAfterTopic);
        turned.addFirst(turned.remove(1));
        assertThat(new DecisionsAreFacts(agencies, 1).violations(told(decided, turned, turned)))
                .singleElement()
                .asString()
                .startsWith("deciding again gives " + LID + " for esa another partners' records from its entry 0 on");
    }

    /** A version that waits for its public release and is shared with ESA before. */
    private Recording shared() {
        share("esa");
        return decided(Samples.agencies());
    }

    private void share(String partners) {
        inputs.clear();
        policy(Samples.statement("policy"), 1, document(partners));
        say(T.minus(Duration.ofDays(59)), Samples.announce(LID, "1.0", Samples.byPolicy()));
        add(null, T, new Input.Fence(T, "lane", 1));
    }

    private static String document(String partners) {
        return """
                agency: nasa
                version: 1
                rules:
                  - id: general
                    owner: NASA
                    release: {exclusive: P6M, from: acquisition-stop}
                    source: a test
                    confidence: assumed
                agreements:
                  - id: joint
                    match: {mission: mission.mars2020}
                    with: [%s]
                    share: {exclusive: P1M, from: acquisition-stop}
                    source: a test
                """.formatted(partners);
    }

    private void policy(Command.Statement statement, int number, String document) {
        var at = T.minus(Duration.ofDays(60));
        add(
                null,
                at,
                new Input.PolicyVersion(at, statement, number, document.replace("version: 1", "version: " + number)));
    }

    private Recording decided(Agencies agencies) {
        return new ReferenceLanes(agencies, 1).decide(List.copyOf(inputs));
    }

    private static Recording told(Recording recording, List<Told> told, List<Told> physically) {
        return new Recording(
                recording.inputs(),
                recording.journal(),
                recording.published(),
                recording.physical(),
                told,
                physically,
                recording.receipts(),
                recording.deadLetters(),
                recording.catalogue(),
                List.of(),
                List.of(),
                recording.work());
    }

    @Test
    void noLeakNoticesAPlanOfAHiddenProduct() {
        var hidden = journal("HELD", PromisesBrokenTest::hidden);

        assertThat(new NoLeak().violations(hidden))
                .containsOnly("the public is told of a plan for " + LID + "::1.0, whose existence is hidden");
    }

    @Test
    void noLeakNoticesTheEndOfWhatNobodyWasToldOf() {
        var announced = kept.published().getFirst();
        var retracted = kept.published().getLast();
        var event = retracted.event();
        var cancelled = new Published(
                new PublicEvent(event.agency(), event.id(), event.revision(), new PublicEvent.Cancelled()), T);
        assertThat(event.news()).isInstanceOf(PublicEvent.Retracted.class);

        for (var published : List.of(
                List.of(retracted),
                List.of(cancelled),
                List.of(announced, retracted),
                List.of(announced, cancelled, cancelled),
                List.of(cancelled, announced))) {
            assertThat(new NoLeak().violations(with(kept.journal(), published, published)))
                    .containsExactly("the public is told that " + LID + "::1.0 is taken back, and was not told of it");
        }
        assertThat(new NoLeak().violations(with(kept.journal(), List.of(announced, cancelled), List.of())))
                .isEmpty();
    }

    @Test
    void noLeakNoticesWhatAPartnerIsToldBesideTheProduct() {
        share("esa");
        say(T, Samples.withdraw(LID, "1.0"));
        var shared = decided(Samples.agencies());
        assertThat(shared.told()).hasSize(2);
        assertThat(new NoLeak().violations(shared)).isEmpty();
        var back = shared.told().getLast();

        assertThat(new NoLeak().violations(told(shared, List.of(back), List.of(back))))
                .containsExactly(
                        "a partner is told that " + LID + "::1.0 for esa is taken back, and was not told of it");

        var event = back.event();
        var telling = new PartnerEvent(
                event.agency(),
                event.recipient(),
                event.id(),
                event.number(),
                new PartnerEvent.TakenBack("superseded by version 7.7"));
        assertThat(new NoLeak().violations(told(shared, shared.told(), List.of(new Told(telling, null, null)))))
                .as("even if it was aborted")
                .containsExactly(
                        "a partner is told why " + LID + "::1.0 for esa was taken back: superseded by version 7.7");
    }

    @Test
    void noLeakNoticesATextThatNamesAnIdentifier() {
        var event = kept.published().get(2).event();
        var released = (PublicEvent.Released) event.news();
        var texts = List.of(
                "given with urn:nasa:pds:secret",
                "of Saturn: VIMS (rule vims of Saturn: VIMS, policy version 1)",
                "after 1 year (rule vims of urn:nasa:pds:context:agency:agency.nasa, policy version 1)");
        var physical = texts.stream()
                .map(text -> new Published(
                        new PublicEvent(
                                event.agency(),
                                event.id(),
                                event.revision(),
                                new PublicEvent.Released(
                                        released.releasedAt(),
                                        released.releaseAt(),
                                        text,
                                        released.late(),
                                        released.archiveReleaseDate(),
                                        released.product())),
                        T))
                .toList();

        assertThat(new NoLeak().violations(with(kept.journal(), List.of(), physical)))
                .containsExactly("the public is told of an identifier in the explanation of " + LID + "::1.0: "
                        + texts.getFirst());
    }

    @Test
    void idempotentPublishingNoticesASecondReceipt() {
        var receipts = new ArrayList<>(kept.receipts());
        var second = receipts.get(2);
        if (second.answer() instanceof Receipt.Accepted accepted) {
            receipts.set(
                    2,
                    new Receipt(
                            second.agency(),
                            second.commandPartition(),
                            second.commandOffset(),
                            second.commandId(),
                            second.lidvid(),
                            new Receipt.Accepted("another", true, accepted.status(), null, "")));
        }

        assertThat(new IdempotentPublishing().violations(with(receipts, kept.deadLetters())))
                .anyMatch(text -> text.contains("has the receipts nasa-0-0 for nasa/0@0 and another for nasa/0@2"));
    }

    @Test
    void livenessNoticesWhatIsHeldForTooLong() {
        var held = catalogue(kept.catalogue().subList(0, 2));

        assertThat(new Liveness(T.plusSeconds(6), Duration.ofSeconds(5)).violations(held))
                .hasSize(1);
        assertThat(new Liveness(T.plusSeconds(5), Duration.ofSeconds(5)).violations(held))
                .isEmpty();
        assertThat(new Liveness(T.plusSeconds(6), Duration.ofSeconds(5)).violations(kept))
                .isEmpty();
    }

    @Test
    void noGapNoDuplicateNoticesAllThatASubscriberCanMissOrSeeTwice() {
        var events = kept.published().stream().map(Published::event).toList();
        assertThat(new NoGapNoDuplicate(events).violations(kept)).isEmpty();

        assertThat(new NoGapNoDuplicate(events.subList(1, events.size())).violations(kept))
                .containsExactly("revision 1 of " + LID + "::1.0 was not seen");
        assertThat(new NoGapNoDuplicate(
                                List.of(events.get(0), events.get(1), events.get(0), events.get(2), events.get(3)))
                        .violations(kept))
                .containsExactly(
                        "revision 1 of " + LID + "::1.0 was seen twice",
                        "revision 1 of " + LID + " was seen after revision 2");
    }

    @Test
    void aCheckNamesThePromise() {
        var twice = new ArrayList<>(kept.published());
        twice.add(kept.published().get(2));

        assertThatThrownBy(() -> Promises.check(promises, with(kept.journal(), twice, twice)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ExactlyOnce: revision 3");
    }

    private Recording record() {
        say(T.minus(Duration.ofDays(2)), Samples.announce(LID, "1.0", Samples.at(T.minusSeconds(9))));
        say(T.minus(Duration.ofDays(1)), Samples.reschedule(LID, "1.0", Samples.at(T)));
        say(T.minus(Duration.ofDays(1)), Samples.announce(LID, "1.0", Samples.at(T.minusSeconds(9))));
        add(null, T.minusMillis(1), new Input.Fence(T.minusMillis(1), "lane", 1));
        say(T, Samples.withdraw("urn:nasa:pds:b:c:unknown", "1.0"));
        add(null, T, new Input.Fence(T, "lane", 2));
        add(null, T, new Input.Fence(T, "lane", 3));
        say(T, Samples.reschedule(LID, "1.0", Samples.at(T.plusSeconds(60))));
        say(T, Samples.withdraw(LID, "1.0"));
        inputs.add(new Appended(
                new Position(Samples.NASA, 0, 9),
                T,
                null,
                new byte[] {1},
                codecs.commands().decode(new byte[] {1})));
        return new ReferenceLanes(Samples.agencies(), 1).decide(inputs);
    }

    private void say(Instant time, Command command) {
        inputs.add(appended(inputs.size(), time, command));
    }

    private Appended appended(long offset, Instant time, Command command) {
        var key = command.id().lid().value().getBytes(StandardCharsets.UTF_8);
        return appended(offset, key, time, Samples.said(command, time));
    }

    private void add(byte @Nullable [] key, Instant time, Input input) {
        inputs.add(appended(inputs.size(), key, time, input));
    }

    private Appended appended(long offset, byte @Nullable [] key, Instant time, Input input) {
        var bytes = codecs.commands().encode(input);
        return new Appended(
                new Position(Samples.NASA, 0, offset),
                time,
                key,
                bytes,
                codecs.commands().decode(bytes));
    }

    private Recording inputs(List<Appended> changed) {
        return new Recording(
                changed,
                kept.journal(),
                kept.published(),
                kept.physical(),
                kept.receipts(),
                kept.deadLetters(),
                kept.catalogue());
    }

    private Recording with(List<JournalEntry> journal, List<Published> published, List<Published> physical) {
        return new Recording(
                kept.inputs(), journal, published, physical, kept.receipts(), kept.deadLetters(), kept.catalogue());
    }

    private Recording with(List<Receipt> receipts, List<DeadLetter> letters) {
        return new Recording(
                kept.inputs(), kept.journal(), kept.published(), kept.physical(), receipts, letters, kept.catalogue());
    }

    private Recording journal(String verdict, UnaryOperator<JournalEntry> change) {
        return with(
                kept.journal().stream()
                        .map(entry -> entry.verdict().equals(verdict) ? change.apply(entry) : entry)
                        .toList(),
                kept.published(),
                kept.physical());
    }

    private static JournalEntry hidden(JournalEntry entry) {
        return new JournalEntry(
                entry.agency(),
                entry.verdict(),
                entry.lidvid(),
                entry.causePartition(),
                entry.causeOffset(),
                entry.causeAppendTime(),
                entry.watermark(),
                entry.principal(),
                entry.commandId(),
                entry.author(),
                entry.reason(),
                entry.grounds(),
                entry.terms(),
                entry.releaseAt(),
                entry.stages(),
                entry.waiting(),
                entry.schedule(),
                entry.recipient(),
                entry.publicRevision(),
                entry.contentSha256(),
                entry.firstOffset(),
                Existence.HIDDEN,
                entry.refusal());
    }

    private static JournalEntry watermark(JournalEntry entry, Instant watermark) {
        return changed(entry, entry.verdict(), watermark, entry.releaseAt());
    }

    private static JournalEntry verdict(JournalEntry entry, String verdict) {
        return changed(entry, verdict, entry.watermark(), entry.releaseAt());
    }

    private static JournalEntry releaseAt(JournalEntry entry, Instant releaseAt) {
        return changed(entry, entry.verdict(), entry.watermark(), releaseAt);
    }

    private static JournalEntry content(JournalEntry entry, ContentHash content) {
        return changed(entry, entry.verdict(), entry.watermark(), entry.releaseAt(), content.sha256());
    }

    private static JournalEntry changed(
            JournalEntry entry, String verdict, Instant watermark, @Nullable Instant releaseAt) {
        return changed(entry, verdict, watermark, releaseAt, entry.contentSha256());
    }

    private static JournalEntry refusal(JournalEntry entry, RefusalReason refusal) {
        return changed(
                entry, entry.verdict(), entry.watermark(), entry.releaseAt(), entry.contentSha256(), refusal.name());
    }

    private static JournalEntry changed(
            JournalEntry entry,
            String verdict,
            Instant watermark,
            @Nullable Instant releaseAt,
            @Nullable String content) {
        return changed(entry, verdict, watermark, releaseAt, content, entry.refusal());
    }

    private static JournalEntry changed(
            JournalEntry entry,
            String verdict,
            Instant watermark,
            @Nullable Instant releaseAt,
            @Nullable String content,
            @Nullable String refusal) {
        return new JournalEntry(
                entry.agency(),
                verdict,
                entry.lidvid(),
                entry.causePartition(),
                entry.causeOffset(),
                entry.causeAppendTime(),
                watermark,
                entry.principal(),
                entry.commandId(),
                entry.author(),
                entry.reason(),
                entry.grounds(),
                entry.terms(),
                releaseAt,
                entry.stages(),
                entry.waiting(),
                entry.schedule(),
                entry.recipient(),
                entry.publicRevision(),
                content,
                entry.firstOffset(),
                entry.existence(),
                refusal);
    }

    private static DeadLetter hash(DeadLetter letter, ContentHash hash) {
        return new DeadLetter(
                letter.agency(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.appendTime(),
                letter.reason(),
                letter.explanation(),
                hash,
                letter.payloadSize(),
                letter.commandId(),
                letter.lid());
    }

    private static DeadLetter letter(
            DeadLetter letter,
            RefusalReason reason,
            String explanation,
            @Nullable String commandId,
            @Nullable String lid) {
        return new DeadLetter(
                letter.agency(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.appendTime(),
                reason,
                explanation,
                letter.payloadHash(),
                letter.payloadSize(),
                commandId,
                lid);
    }
}
