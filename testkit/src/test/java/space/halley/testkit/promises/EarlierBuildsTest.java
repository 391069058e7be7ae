package space.halley.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import space.halley.audit.Appended;
import space.halley.audit.Auditor;
import space.halley.audit.Inspection;
import space.halley.audit.Position;
import space.halley.audit.Recording;
import space.halley.audit.ReferenceLanes;
import space.halley.domain.Command;
import space.halley.domain.Facts;
import space.halley.domain.Grounds;
import space.halley.domain.ReleasePlan;
import space.halley.domain.ReleaseTerms;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.JournalEntry;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;

/** An audit of a log in which an earlier build, which did not say yet who waits for a turn, has decided all or some. */
class EarlierBuildsTest {
    private static final Instant T = Instant.parse("2026-03-01T00:00:00Z");
    private static final String FIRST = "urn:nasa:pds:b:c:first";
    private static final String SECOND = "urn:nasa:pds:b:c:second";

    private static final String WITH_ESA = """
            agreements:
              - id: joint
                match: {mission: mission.mars2020}
                with: [esa]
                share: {exclusive: P1M, from: reception}
                source: a test
            """;

    /** What an entry of a policy version could say beside who waits, under the number of the plan before. */
    private static final List<UnaryOperator<JournalEntry>> FORGERS = List.of(
            EarlierBuildsTest::later,
            entry -> changed(
                    entry,
                    entry.grounds(),
                    entry.terms(),
                    entry.releaseAt(),
                    List.of(new ReleasePlan.Stage(Samples.ESA, T, "forged")),
                    entry.waiting(),
                    entry.schedule()),
            entry -> changed(
                    entry,
                    entry.grounds(),
                    Samples.atOnce(),
                    entry.releaseAt(),
                    entry.stages(),
                    entry.waiting(),
                    entry.schedule()),
            entry -> changed(
                    entry,
                    Grounds.of("forged"),
                    entry.terms(),
                    entry.releaseAt(),
                    entry.stages(),
                    entry.waiting(),
                    entry.schedule()),
            entry -> changed(
                    entry,
                    late(entry.grounds()),
                    entry.terms(),
                    entry.releaseAt(),
                    entry.stages(),
                    entry.waiting(),
                    entry.schedule()),
            // The earlier build wrote no such entry.
            entry -> entry.withWaiting(null));

    private final Codecs codecs = Codecs.over(new FakeSchemas());
    private final List<Appended> inputs = new ArrayList<>();

    @Test
    void whatAnEarlierBuildDidNotSayIsNotAskedFor() {
        var all = waiting();
        assertThat(verdicts(all.journal(), FIRST)).containsExactly("HELD", "REEVALUATED", "FACT", "RELEASED");

        var earlier = silent(all.journal(), entry -> true);

        assertThat(verdicts(earlier, FIRST)).containsExactly("HELD", "FACT", "RELEASED");
        assertKept(audit(journal(all, earlier)));
    }

    /** By which policy something was withdrawn, refused or said again. */
    @Test
    void ofWhatEndedOrChangedNothingAnEarlierBuildIsNotAskedForThePolicy() {
        policy(1, "P6M", "");
        say(T, Samples.announce(SECOND, "1.0", Samples.byPolicy()));
        say(T.plusSeconds(1), Samples.withdraw(SECOND, "1.0"));
        say(T.plusSeconds(2), Samples.withdraw(SECOND, "1.0"));
        say(T.plusSeconds(3), Samples.waive(SECOND, "1.0"));
        var all = decided();
        assertThat(verdicts(all.journal(), SECOND)).endsWith("WITHDRAWN", "REPEATED", "REFUSED");
        var ends = Set.of("WITHDRAWN", "REPEATED", "REFUSED");

        var earlier = all.journal().stream()
                .map(entry -> ends.contains(entry.verdict()) ? entry.explainedAlone() : entry)
                .toList();

        assertThat(earlier).isNotEqualTo(all.journal());
        assertKept(audit(journal(all, earlier)));
        for (var end : ends) {
            var wrong = earlier.stream()
                    .map(entry -> entry.verdict().equals(end)
                            ? changed(
                                    entry,
                                    late(entry.grounds()),
                                    entry.terms(),
                                    entry.releaseAt(),
                                    entry.stages(),
                                    entry.waiting(),
                                    entry.schedule())
                            : entry)
                    .toList();
            assertThat(audit(journal(all, wrong)).violations().get("DecisionsAreFacts"))
                    .as(end)
                    .isNotEmpty();
        }
    }

    @Test
    void aLaterBuildMayAddWhatTheEarlierOneDidNotSay() {
        var all = waiting();

        for (var since = 0L; since < all.inputs().size(); since++) {
            var upgraded = since;
            assertKept(audit(journal(all, silent(all.journal(), entry -> entry.causeOffset() < upgraded))));
        }
    }

    @Test
    void everythingElseIsAskedForOfAnEarlierBuildToo() {
        var all = waiting();
        var earlier = silent(all.journal(), entry -> true);

        for (UnaryOperator<JournalEntry> wrong :
                List.<UnaryOperator<JournalEntry>>of(EarlierBuildsTest::later, EarlierBuildsTest::planned)) {
            var changed = new ArrayList<>(earlier);
            changed.replaceAll(entry -> entry.verdict().equals("FACT") ? wrong.apply(entry) : entry);

            assertThat(audit(journal(all, changed)).violations().get("DecisionsAreFacts"))
                    .singleElement()
                    .asString()
                    .contains("deciding again gives nasa on " + FIRST + " another journal");
        }
    }

    @Test
    void ofWhatCameAfterTheEarlierBuildWhoWaitsIsAskedFor() {
        var all = waiting();
        // The second product was there, the first one came then.
        var earlier = silent(all.journal(), entry -> entry.causeOffset() < 2);
        assertThat(verdicts(earlier, FIRST)).contains("REEVALUATED");

        var wrong = new ArrayList<>(earlier);
        wrong.replaceAll(entry -> isOf(entry, FIRST) ? entry.withWaiting(List.of()) : entry);
        var missing = new ArrayList<>(earlier);
        missing.removeIf(entry -> entry.verdict().equals("REEVALUATED"));

        assertKept(audit(journal(all, earlier)));
        for (var journal : List.of(wrong, missing)) {
            assertThat(audit(journal(all, journal)).violations().get("DecisionsAreFacts"))
                    .singleElement()
                    .asString()
                    .contains("deciding again gives nasa on " + FIRST + " another journal");
        }
    }

    @Test
    void aPlanThatAPolicyChangedIsAskedForOfAnEarlierBuildToo() {
        policy(1, "P6M", WITH_ESA);
        say(T, Samples.announce(FIRST, "1.0", Samples.byPolicy()));
        policy(2, "P1Y", WITH_ESA);
        var all = decided();
        var earlier = silent(all.journal(), entry -> true);
        var missing = new ArrayList<>(earlier);
        missing.removeIf(entry -> entry.verdict().equals("REEVALUATED"));
        var wrong = new ArrayList<>(earlier);
        wrong.replaceAll(entry -> entry.verdict().equals("REEVALUATED") ? later(entry) : entry);

        assertThat(verdicts(earlier, FIRST)).containsExactly("HELD", "REEVALUATED");
        assertKept(audit(journal(all, earlier)));
        assertThat(new Inspection(Samples.agencies(), 1, Duration.ZERO)
                        .of(journal(all, missing))
                        .isKept())
                .isFalse();
        assertThat(audit(journal(all, wrong)).isKept()).isFalse();
    }

    @Test
    void anEntryThatIsPlantedAsOneAboutWaitingIsFound() {
        var all = waiting();
        // The first product's fact came under the earlier build, so what is said of who waits is left out.
        var earlier = silent(all.journal(), entry -> entry.verdict().equals("FACT"));
        assertThat(verdicts(earlier, FIRST)).contains("REEVALUATED");
        assertKept(audit(journal(all, earlier)));

        for (var forger : FORGERS) {
            var changed = new ArrayList<>(earlier);
            changed.replaceAll(entry -> isReevaluationOfFirst(entry) ? forger.apply(entry) : entry);
            var planted = new ArrayList<JournalEntry>();
            for (var entry : earlier) {
                planted.add(entry);
                if (isReevaluationOfFirst(entry)) {
                    planted.add(forger.apply(entry));
                }
            }

            for (var journal : List.of(changed, planted)) {
                assertThat(audit(journal(all, journal)).violations().get("DecisionsAreFacts"))
                        .singleElement()
                        .asString()
                        .contains("deciding again gives nasa on " + FIRST + " another journal");
            }
        }
    }

    private static boolean isReevaluationOfFirst(JournalEntry entry) {
        return isOf(entry, FIRST) && entry.verdict().equals("REEVALUATED");
    }

    @Test
    void whatAnEarlierBuildHasNotReachedIsCounted() {
        waiting();
        say(T, Samples.announce("urn:nasa:pds:b:c:third", "1.0", Samples.byPolicy()));
        var before = new ReferenceLanes(Samples.agencies(), 1)
                .decide(inputs.stream().filter(input -> !input.isFence()).toList());
        var stopped = journal(before, silent(before.journal(), entry -> true));
        var killed = new Recording(
                inputs,
                stopped.journal(),
                stopped.published(),
                stopped.physical(),
                stopped.receipts(),
                stopped.deadLetters(),
                stopped.catalogue());

        var report = audit(killed);

        assertThat(report.violations().values())
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(report.unfinished()).isEqualTo(2);
    }

    @Property(tries = 300)
    void buildsMayTakeTurns(@ForAll long seed, @ForAll @IntRange(max = 120) int length) {
        var history = RandomHistory.of(seed, length, codecs);
        var all = new ReferenceLanes(RandomHistory.AGENCIES, RandomHistory.PARTITIONS).decide(history);
        var random = new Random(seed);
        var builds = random.ints(1_000, 0, random.nextInt(1, 5)).toArray();

        var mixed = silent(all.journal(), entry -> builds[(int) entry.causeOffset()] == 0);

        assertKept(new Inspection(RandomHistory.AGENCIES, RandomHistory.PARTITIONS, Duration.ZERO)
                .of(journal(all, mixed)));
        Statistics.label("some build wrote no entry about waiting alone")
                .collect(mixed.size() < all.journal().size())
                .coverage(cases -> cases.check(true).count(count -> count > 0));
        Statistics.label("both builds decided of one product")
                .collect(bothDecided(mixed))
                .coverage(cases -> cases.check(true).count(count -> count > 0));
    }

    /** Whether of some product the journal has entries of both builds, and something of who waits was said. */
    private static boolean bothDecided(List<JournalEntry> mixed) {
        return mixed.stream()
                .filter(entry -> entry.waiting() != null && !entry.waiting().isEmpty())
                .anyMatch(said -> mixed.stream()
                        .anyMatch(entry -> entry.waiting() == null && Objects.equals(entry.lidvid(), said.lidvid())));
    }

    /** Two products that ESA waits for, of one of which it learns. */
    private Recording waiting() {
        policy(1, "P6M", "");
        say(T, Samples.announce(SECOND, "1.0", Samples.byPolicy()));
        say(T, Samples.announce(FIRST, "1.0", Samples.byPolicy()));
        policy(2, "P6M", WITH_ESA);
        say(T, Samples.fact(FIRST, "1.0", Facts.Kind.RECEPTION, T.plus(Duration.ofDays(365))));
        var end = Instant.parse("2026-07-01T10:01:00Z");
        add(null, end, new Input.Fence(end, "lane", 1));
        return decided();
    }

    private Recording decided() {
        return new ReferenceLanes(Samples.agencies(), 1).decide(List.copyOf(inputs));
    }

    /** The journal if these entries had been written by the earlier build, which wrote none about waiting alone. */
    private static List<JournalEntry> silent(List<JournalEntry> journal, Predicate<JournalEntry> its) {
        var schedules = new HashMap<String, Integer>();
        var silent = new ArrayList<JournalEntry>();
        for (var entry : journal) {
            var before = entry.schedule() == 0 ? null : schedules.put(String.valueOf(entry.lidvid()), entry.schedule());
            if (!its.test(entry)) {
                silent.add(entry);
            } else if (!entry.verdict().equals("REEVALUATED")
                    || !Integer.valueOf(entry.schedule()).equals(before)) {
                silent.add(entry.withWaiting(null));
            }
        }
        return silent;
    }

    private static JournalEntry later(JournalEntry entry) {
        return changed(entry, entry.releaseAt() == null ? T : entry.releaseAt().plusMillis(1), entry.schedule());
    }

    private static Grounds late(Grounds grounds) {
        return new Grounds(
                grounds.explanation(),
                grounds.rule(),
                grounds.owner(),
                grounds.policy(),
                grounds.policyHash(),
                grounds.clockStart(),
                grounds.embargoEnd(),
                grounds.missing(),
                !grounds.late());
    }

    private static JournalEntry planned(JournalEntry entry) {
        return changed(entry, entry.releaseAt(), entry.schedule() + 1);
    }

    private static JournalEntry changed(JournalEntry entry, @Nullable Instant releaseAt, int schedule) {
        return changed(entry, entry.grounds(), entry.terms(), releaseAt, entry.stages(), entry.waiting(), schedule);
    }

    private static JournalEntry changed(
            JournalEntry entry,
            Grounds grounds,
            @Nullable ReleaseTerms terms,
            @Nullable Instant releaseAt,
            List<ReleasePlan.Stage> stages,
            @Nullable List<ReleasePlan.Waiting> waiting,
            int schedule) {
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
                grounds,
                terms,
                releaseAt,
                stages,
                waiting,
                schedule,
                entry.recipient(),
                entry.publicRevision(),
                entry.contentSha256(),
                entry.firstOffset(),
                entry.existence(),
                entry.refusal());
    }

    private static Auditor.Report audit(Recording recording) {
        return new Inspection(Samples.agencies(), 1, Duration.ofSeconds(3)).of(recording);
    }

    private static void assertKept(Auditor.Report report) {
        assertThat(report.violations().values())
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(report.unfinished()).isZero();
    }

    private static List<String> verdicts(List<JournalEntry> journal, String lid) {
        return journal.stream()
                .filter(entry -> isOf(entry, lid))
                .map(JournalEntry::verdict)
                .toList();
    }

    private static boolean isOf(JournalEntry entry, String lid) {
        return String.valueOf(entry.lidvid()).startsWith(lid);
    }

    private static Recording journal(Recording rest, List<JournalEntry> journal) {
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
                rest.work());
    }

    private void policy(int version, String exclusive, String agreements) {
        var document = """
                agency: nasa
                version: %d
                rules:
                  - id: general
                    owner: NASA
                    release: {exclusive: %s, from: acquisition-stop}
                    source: a test
                    confidence: assumed
                %s""".formatted(version, exclusive, agreements);
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
