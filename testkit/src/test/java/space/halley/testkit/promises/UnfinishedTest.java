package space.halley.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import space.halley.audit.Appended;
import space.halley.audit.Auditor;
import space.halley.audit.Inspection;
import space.halley.audit.LanePartition;
import space.halley.audit.Position;
import space.halley.audit.Recording;
import space.halley.audit.ReferenceLanes;
import space.halley.audit.Waiting;
import space.halley.audit.WorkingTime;
import space.halley.domain.Command;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.JournalEntry;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;

/** An audit while a drain or a scan is unfinished, because the lanes are at work or were killed in the middle of it. */
final class UnfinishedTest {
    private static final Instant T = Instant.parse("2026-03-01T00:00:00Z");
    private static final String FIRST = "urn:nasa:pds:b:c:first";
    private static final String SECOND = "urn:nasa:pds:b:c:second";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Codecs codecs = Codecs.over(new FakeSchemas());
    private final List<Appended> inputs = new ArrayList<>();

    @Test
    void aFinishedRecordingIsFinished() {
        var report = audit(burst());

        assertThat(report.isKept()).isTrue();
        assertThat(report.unfinished()).isZero();
    }

    @Test
    void aProductThatTheDrainHasNotReachedIsCountedAndNoViolation() {
        var cut = without(burst(), SECOND, offset -> offset == 2);

        var report = audit(cut);

        assertThat(report.violations().values())
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(report.unfinished()).isEqualTo(1);
    }

    @Test
    void aProductThatTheScanHasNotReachedIsCountedAndNoViolation() {
        policy(1, "P6M");
        say(T, Samples.announce(FIRST, "1.0", Samples.byPolicy()));
        say(T, Samples.announce(SECOND, "1.0", Samples.byPolicy()));
        policy(2, "P1Y");
        var cut = without(decided(), SECOND, offset -> offset == 3);
        assertThat(cut.journal()).extracting(JournalEntry::verdict).containsOnlyOnce("REEVALUATED");

        var report = audit(cut);

        assertThat(report.violations().values())
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(report.unfinished()).isEqualTo(1);
    }

    @Test
    void aReleaseThatWasOvertakenByACommandIsAViolation() {
        burst();
        say(T, Samples.withdraw(SECOND, "1.0"));
        var cut = without(decided(), SECOND, offset -> offset == 2);

        var report = audit(cut);

        assertThat(report.violations().get("DecisionsAreFacts"))
                .anyMatch(text -> text.contains("deciding again gives nasa on " + SECOND + " another journal"));
        assertThat(report.unfinished()).isZero();
    }

    @Test
    void aCommandWhoseDecisionIsMissingIsNotUnfinished() {
        burst();
        say(T, Samples.announce(SECOND, "2.0", Samples.atOnce()));
        say(T, Samples.announce("urn:nasa:pds:b:c:third", "1.0", Samples.atOnce()));
        var cut = without(decided(), SECOND, offset -> offset >= 2);

        var report = audit(cut);

        assertThat(report.violations().get("DecisionsAreFacts")).isNotEmpty();
        assertThat(report.unfinished()).isZero();
    }

    @Test
    void whatIsPublicThoughTheJournalSaysNothingYetIsAViolation() {
        var all = burst();
        var cut = without(all, SECOND, offset -> offset == 2);
        var tornApart = recording(cut.journal(), all, cut.work());

        assertThat(audit(tornApart).violations().get("DecisionsAreFacts"))
                .anyMatch(text -> text.contains("another public log"))
                .anyMatch(text -> text.contains("in the catalogue"));
    }

    @Test
    void aReleaseIsMissingForGoodIfTheLaneHasWorkedForLongerThanADrainTakes() {
        var cut = without(burst(), SECOND, offset -> offset == 2);

        for (var seconds = 1; seconds <= 4; seconds++) {
            var report = audit(recording(cut.journal(), cut, worked(seconds, 2)));

            assertThat(report.isKept()).as("%d seconds", seconds).isEqualTo(seconds <= 3);
            assertThat(report.unfinished()).isEqualTo(seconds <= 3 ? 1 : 0);
        }
        assertThat(audit(recording(cut.journal(), cut, worked(1_000, 1))).isKept())
                .as("the lane worked long, but on what stands before the fence")
                .isTrue();
        for (var seconds = 0; seconds <= 1; seconds++) {
            assertThat(withoutPatience(recording(cut.journal(), cut, worked(seconds, 2)))
                            .isKept())
                    .as("nothing may be unfinished, even if nobody saw the lane at work")
                    .isFalse();
        }
    }

    @Test
    void aCommandThatNothingFollowsFromIsNamedAndWithoutPatienceAViolation() {
        var before = burst();
        say(T.plusSeconds(1), Samples.announce("urn:nasa:pds:b:c:third", "1.0", Samples.atOnce()));
        say(T.plusSeconds(2), Samples.announce("urn:nasa:pds:b:c:fourth", "1.0", Samples.atOnce()));
        var more = ofAll(before);

        var report = audit(more);

        assertThat(report.isKept()).isTrue();
        assertThat(report.undecided()).isEqualTo(2);
        assertThat(report.oldestCommands())
                .containsExactly(new Waiting(
                        "Announce of urn:nasa:pds:b:c:third::1.0", new Position(Samples.NASA, 0, 3), T.plusSeconds(1)));
        assertThat(withoutPatience(more).violations().get("Conservation"))
                .containsExactly("the command at nasa/0@3 has 0 receipts", "the command at nasa/0@4 has 0 receipts");
        assertThat(withoutPatience(more).oldestCommands()).isEqualTo(report.oldestCommands());
    }

    @Test
    void aFenceBehindEverythingThatShouldHaveOpenedSomethingIsNamedAndWithoutPatienceAViolation() {
        announceBoth();
        var before = decided();
        add(null, T, new Input.Fence(T, "lane", 1));
        var more = ofAll(before);

        var report = audit(more);

        assertThat(report.violations().values())
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(report.undecided()).isZero();
        assertThat(report.unfinished()).isEqualTo(2);
        assertThat(report.oldestProducts())
                .containsExactly(
                        new Waiting(FIRST, new Position(Samples.NASA, 0, 2), T),
                        new Waiting(SECOND, new Position(Samples.NASA, 0, 2), T));
        assertThat(withoutPatience(more).violations().get("DecisionsAreFacts"))
                .filteredOn(text -> text.contains("another journal"))
                .hasSize(2)
                .allMatch(text -> text.contains("nasa/0@2"));
    }

    @Test
    void aFenceBehindEverythingThatOpensNothingIsNoWork() {
        burst();
        add(null, T, new Input.Fence(T, "lane", 2));

        var report = withoutPatience(decided());

        assertThat(report.isKept()).isTrue();
        assertThat(report.undecided()).isZero();
    }

    @Test
    void whatWaitsIsShownWithItsAge() {
        var waiting = new Waiting(FIRST, new Position(Samples.NASA, 0, 2), T);

        assertThat(waiting.shown(T.plus(Duration.ofMinutes(61)).plusMillis(1)))
                .isEqualTo(FIRST + " at nasa/0@2, appended at 2026-03-01T00:00:00Z, 1h1m ago");
        assertThat(waiting.shown(T.minusSeconds(1)))
                .as("by a clock that is behind")
                .isEqualTo(FIRST + " at nasa/0@2, appended at 2026-03-01T00:00:00Z");
    }

    /** With all inputs that there are by now, of which the last were not decided. */
    private Recording ofAll(Recording decided) {
        return new Recording(
                inputs,
                decided.journal(),
                decided.published(),
                decided.physical(),
                decided.receipts(),
                decided.deadLetters(),
                decided.catalogue());
    }

    private static Auditor.Report withoutPatience(Recording recording) {
        return new Inspection(Samples.agencies(), 1, Duration.ZERO).of(recording);
    }

    /** Two products that become due at the same fence. */
    private Recording burst() {
        announceBoth();
        add(null, T, new Input.Fence(T, "lane", 1));
        return decided();
    }

    private void announceBoth() {
        say(T.minus(Duration.ofDays(1)), Samples.announce(FIRST, "1.0", Samples.at(T)));
        say(T.minus(Duration.ofDays(1)), Samples.announce(SECOND, "1.0", Samples.at(T)));
    }

    private static Auditor.Report audit(Recording recording) {
        return new Inspection(Samples.agencies(), 1, PATIENCE).of(recording);
    }

    private static WorkingTime worked(int seconds, long offset) {
        var lane = new HashMap<Long, Long>();
        for (var second = 0; second < seconds; second++) {
            lane.put(T.getEpochSecond() + 60L * second, offset);
        }
        return new WorkingTime(Map.of(new LanePartition(Samples.NASA, 0), lane));
    }

    private Recording decided() {
        return new ReferenceLanes(Samples.agencies(), 1).decide(List.copyOf(inputs));
    }

    /** Without what follows for that product from inputs at these offsets, as if nobody had come to it. */
    private Recording without(Recording all, String lid, Predicate<Long> offsets) {
        var kept = new ArrayList<JournalEntry>();
        var revisions = new ArrayList<Integer>();
        for (var entry : all.journal()) {
            if (String.valueOf(entry.lidvid()).startsWith(lid) && offsets.test(entry.causeOffset())) {
                revisions.add(entry.publicRevision());
            } else {
                kept.add(entry);
            }
        }
        var published = all.published().stream()
                .filter(record -> !record.event().id().lid().value().equals(lid)
                        || !revisions.contains(record.event().revision()))
                .toList();
        var catalogue = all.catalogue().stream()
                .filter(listed -> !listed.record().id().lid().value().equals(lid)
                        || !revisions.contains(listed.record().publicRevision()))
                .toList();
        var receipts = all.receipts().stream()
                .filter(receipt ->
                        !String.valueOf(receipt.lidvid()).startsWith(lid) || !offsets.test(receipt.commandOffset()))
                .toList();
        return new Recording(all.inputs(), kept, published, published, receipts, all.deadLetters(), catalogue);
    }

    /** What these lanes said otherwise. */
    private static Recording recording(List<JournalEntry> journal, Recording rest, WorkingTime work) {
        return new Recording(
                rest.inputs(),
                journal,
                rest.published(),
                rest.physical(),
                rest.told(),
                rest.physicallyTold(),
                rest.receipts(),
                rest.deadLetters(),
                rest.catalogue(),
                List.of(),
                List.of(),
                work);
    }

    private void policy(int version, String exclusive) {
        var document = """
                agency: nasa
                version: %d
                rules:
                  - id: general
                    owner: NASA
                    release: {exclusive: %s, from: acquisition-stop}
                    source: a test
                    confidence: assumed
                """.formatted(version, exclusive);
        add(null, T, new Input.PolicyVersion(T, Samples.statement("policy-" + version), version, document));
    }

    private void say(Instant time, Command command) {
        add(command.id().lid().value().getBytes(StandardCharsets.UTF_8), time, Samples.said(command, time));
    }

    private void add(byte @Nullable [] key, Instant time, Input input) {
        var bytes = codecs.commands().encode(input);
        inputs.add(new Appended(
                new Position(Samples.NASA, 0, inputs.size()),
                time,
                key,
                bytes,
                codecs.commands().decode(bytes)));
    }
}
