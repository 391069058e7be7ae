package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import space.halley.audit.Auditor;
import space.halley.audit.LogReader;
import space.halley.audit.Recording;
import space.halley.audit.ReferenceLanes;
import space.halley.audit.Waiting;
import space.halley.domain.AgencyId;
import space.halley.domain.Cause;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Existence;
import space.halley.domain.Grounds;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.domain.RefusalReason;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.Codecs;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.Input;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.LedgerSchemas;
import space.halley.schemas.installation.SchemaInstaller;
import space.halley.schemas.installation.SchemaLedger;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;
import space.halley.testkit.Samples;

/** The auditor on a real log: first as the lane wrote it, then with violations that somebody with every right planted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
final class AuditorTest {
    private static final String LID = "urn:nasa:pds:mars2020_mastcamz:data:";
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Instant FAR = Instant.parse("2090-01-01T00:00:00Z");
    private static final Topics TOPICS = Samples.topics();
    private static final String HASH = ContentHash.of("other").sha256();

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static FakeRegistry registry;
    private static Codecs codecs;

    @BeforeAll
    static void aLaneAtWork() throws Exception {
        kafka = EmbeddedKafka.secured(TOPICS).install(TOPICS);
        registry = FakeRegistry.open();
        var deployer = RegistryClient.deployer(registry.address(), "deployer", "any");
        var ids = new SchemaInstaller(deployer, TOPICS).install();
        // The registry has it, and Halley's own ledger has not.
        var foreign = deployer.register("others-value", Schema.createRecord("Others", null, "else", false, List.of()));
        new SchemaLedger(Map.copyOf(kafka.clientConfig())).add(ids, Map.of());
        codecs = Codecs.over(new RegistrySchemas(RegistryClient.reader(registry.address())));
        var config = TestConfig.of(kafka, registry, folder, "1", 2);
        try (var service = StreamsService.start(config, Samples.agencies(), CLOCK)) {
            await().atMost(PATIENCE).until(service::ready);
            for (var partition = 0; partition < 2; partition++) {
                policy(partition);
            }
            say(announce("open", Samples.atOnce()));
            say(announce("held", Samples.at(FAR)));
            say(announce("later", Samples.at(CLOCK.instant().plusSeconds(2))));
            say(announce("partner", Samples.byPolicy()));
            say(Samples.announce(Samples.aProduct("urn:esa:psa:a:b:c", "1.0"), Samples.atOnce(), Existence.HIDDEN));
            plant(Topics.commands(Samples.NASA), LID + "poison", new byte[] {1, 2, 3});
            plant(
                    Topics.commands(Samples.NASA),
                    LID + "foreign",
                    ByteBuffer.allocate(5).put((byte) 0).putInt(foreign).array());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(journal())
                    .extracting(JournalEntry::verdict)
                    .contains("SHARED", "POLICY")
                    .filteredOn(verdict -> verdict.equals("RELEASED"))
                    .hasSize(2));
            await().atMost(PATIENCE).until(() -> receipts().size() == 9);
        }
    }

    @AfterAll
    static void close() {
        registry.close();
        kafka.close();
    }

    @Test
    @Order(1)
    void whatALaneWroteKeepsEveryPromise() {
        var report = audit();

        assertThat(report.violations().values())
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(report.isKept()).isTrue();
        assertThat(report.violations())
                .containsKeys("NeverEarly", "Conservation", "ExactlyOnce", "RevisionOrder", "NoOvertaking");
        assertThat(report.published()).isGreaterThanOrEqualTo(2);
        assertThat(report.undecided()).isZero();
        assertThat(audit(1)).isEqualTo(report);
        assertThat(audit(Long.MAX_VALUE, Duration.ZERO))
                .as("the lane is at rest")
                .isEqualTo(report);
    }

    @Test
    @Order(2)
    void whatTheLaneHasNotDecidedYetIsCountedAndNamedAndOnlyWithoutPatienceAViolation() throws Exception {
        var at = place(say(announce("undecided", Samples.at(FAR))));

        var report = audit();

        assertThat(report.isKept()).isTrue();
        assertThat(report.undecided()).isEqualTo(1);
        assertThat(report.oldestCommands()).singleElement().satisfies(waiting -> {
            assertThat(waiting.what()).isEqualTo("Announce of " + LID + "undecided::1.0");
            assertThat(waiting.at()).hasToString(at);
        });
        assertThat(audit(1)).isEqualTo(report);
        assertThat(audit(Long.MAX_VALUE, Duration.ZERO).violations().get("Conservation"))
                .containsExactly("the command at " + at + " has 0 receipts");
    }

    @Test
    @Order(3)
    void recordsOfAnAgencyWithoutAProfileAreCountedAndLeftOut() throws Exception {
        var gone = new AgencyId("cnsa");
        var lid = "urn:cnsa:clep:a:b:c";
        plant(Topics.JOURNAL, lid, codecs.journal().encode(changed(entry("held", "HELD"), gone, lid + "::1.0")));
        // It once asked for another's, and was refused.
        plant(
                Topics.JOURNAL,
                LID + "open",
                codecs.journal()
                        .encode(JournalEntry.of(
                                gone,
                                Verdict.REFUSED,
                                LID + "open::1.0",
                                new Cause(0, 7, FAR, FAR),
                                Samples.statement("astray"),
                                Grounds.of("the identifier lies outside the namespaces of cnsa"),
                                RefusalReason.NOT_YOUR_NAMESPACE)));
        var listed = new CatalogueRecord(
                gone, Lidvid.parse(lid + "::1.0"), "HELD", FAR, "planted", 0, FAR, Samples.aProduct(lid, "1.0"));
        plant(Topics.CATALOG, lid + "::1.0", codecs.catalogue().encode(listed));
        plant(
                Topics.PUBLIC,
                lid,
                codecs.publicEvents()
                        .encode(new PublicEvent(
                                gone, Lidvid.parse(lid + "::1.0"), 1, new PublicEvent.Retracted("planted"))));

        var report = audit();

        assertThat(report.violations().values())
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(report.leftOut()).isEqualTo(Map.of("cnsa", 4));
        assertThat(audit(1)).isEqualTo(report);
    }

    @Test
    @Order(4)
    void aProductThatADrainHasNotReachedIsCountedUnlessTheLaneHadTimeEnough() throws Exception {
        var due = CLOCK.instant().plusSeconds(1);
        var partition = say(announce("burst", Samples.at(due))).partition();
        var number = 0;
        while (say(announce("burst-" + number, Samples.at(due))).partition() != partition) {
            number++;
        }
        await().atMost(PATIENCE).until(() -> CLOCK.instant().isAfter(due));
        append(partition, new Input.Fence(CLOCK.instant(), "somebody", 1));
        var notReached = new Lid(LID + "burst-" + number);
        decide(partition, notReached);

        var report = audit();

        assertThat(report.violations().values())
                .allSatisfy(found -> assertThat(found).isEmpty());
        assertThat(report.unfinished()).isEqualTo(1);
        assertThat(report.oldestProducts())
                .singleElement()
                .extracting(Waiting::what)
                .isEqualTo(notReached.value());
        assertThat(audit(1)).isEqualTo(report);
        assertThat(audit(Long.MAX_VALUE, Duration.ZERO).violations().get("DecisionsAreFacts"))
                .anyMatch(text -> text.contains(notReached.value()) && text.contains("another journal"));
    }

    /** Writes what the lane would have written if it had been killed before it released that product. */
    private static void decide(int partition, Lid notReleased) throws Exception {
        var recording = Recording.of(kafka.clientConfig(), Samples.agencies(), codecs);
        var lids = recording.decided().undecided().stream()
                .filter(input -> input.at().partition() == partition && input.said() != null)
                .map(input -> input.said().lid())
                .collect(Collectors.toSet());
        assertThat(lids).contains(notReleased);
        var decided = new ReferenceLanes(Samples.agencies(), 2).decide(recording.inputs());
        for (var entry : decided.journal()) {
            var lid =
                    entry.lidvid() == null ? null : Lidvid.parse(entry.lidvid()).lid();
            if (lid != null
                    && lids.contains(lid)
                    && !(notReleased.equals(lid) && entry.verdict().equals("RELEASED"))) {
                plant(Topics.JOURNAL, lid.value(), codecs.journal().encode(entry));
            }
        }
        for (var record : decided.published()) {
            var lid = record.event().id().lid();
            if (lids.contains(lid) && !notReleased.equals(lid)) {
                plant(Topics.PUBLIC, lid.value(), codecs.publicEvents().encode(record.event()));
            }
        }
        for (var record : decided.told()) {
            var lid = record.event().id().lid();
            if (lids.contains(lid)) {
                plant(
                        Topics.partners(record.event().recipient()),
                        lid.value(),
                        codecs.partnerEvents().encode(record.event()));
            }
        }
        for (var receipt : decided.receipts()) {
            var lid = receipt.lidvid() == null
                    ? null
                    : Lidvid.parse(receipt.lidvid()).lid();
            if (lid != null && lids.contains(lid)) {
                plant(
                        Topics.receipts(receipt.agency()),
                        lid.value(),
                        codecs.receipts().encode(receipt));
            }
        }
        for (var listed : decided.catalogue()) {
            var record = listed.record();
            var lid = record.id().lid();
            if (lids.contains(lid)
                    && !(notReleased.equals(lid) && record.status().equals("PUBLIC"))) {
                plant(Topics.CATALOG, record.id().toString(), codecs.catalogue().encode(record));
            }
        }
    }

    @Test
    @Order(5)
    void findsEveryPlantedViolationWithItsPlace() throws Exception {
        var foreign = codecs.journal().encode(changed(entry("held", "HELD"), new AgencyId("cnsa"), LID + "open::1.0"));
        var invented = codecs.journal().encode(invented());
        var opened = entry("later", "RELEASED");
        var held = entry("held", "HELD");
        var open = entry("open", "RELEASED");
        var early = plant(Topics.PUBLIC, LID + "held", release("held", 1));
        var aborted = plantAborted(Topics.PUBLIC, LID + "aborted", release("aborted", 1));
        var gap = plant(Topics.PUBLIC, LID + "open", retraction("open", 7));
        var twice = plant(Topics.PUBLIC, LID + "open", retraction("open", 1));
        var told = plant(Topics.partners(Samples.ESA), LID + "stranger", sharing());
        var garbage = plant(Topics.JOURNAL, LID + "open", new byte[] {0, 1});
        var nonsense = plant(
                Topics.JOURNAL, LID + "open", codecs.journal().encode(changed(opened, "EXPLODED", 0, HASH, null)));
        var withdrawal = say(Samples.withdraw(LID + "held", "1.0"));
        var afterwards = withdrawal.offset() + 1;
        plant(Topics.JOURNAL, LID + "held", codecs.journal().encode(changed(held, "RELEASED", afterwards, HASH, null)));
        plant(Topics.JOURNAL, LID + "open", codecs.journal().encode(changed(open, "SHARED", 900, HASH, Samples.ESA)));
        var answered = receipts().stream()
                .filter(receipt -> (LID + "later::1.0").equals(receipt.lidvid()))
                .findFirst()
                .orElseThrow();
        var answer = (Receipt.Accepted) answered.answer();
        plant(
                Topics.receipts(Samples.NASA),
                LID + "later",
                codecs.receipts()
                        .encode(new Receipt(
                                answered.agency(),
                                answered.commandPartition(),
                                answered.commandOffset(),
                                answered.commandId(),
                                answered.lidvid(),
                                new Receipt.Accepted("another", false, "PUBLIC", answer.releaseAt(), ""))));
        var misdirected = plant(
                Topics.receipts(Samples.ESA), LID + "later", codecs.receipts().encode(answered));
        var letter = codecs.deadLetters()
                .decodeOwn(LogReader.committed(kafka.clientConfig(), Topics.deadLetters(Samples.NASA))
                        .getFirst()
                        .value());
        var strayLetter = plant(
                Topics.deadLetters(Samples.ESA), "none", codecs.deadLetters().encode(letter));
        var heldTwice = plant(Topics.JOURNAL, LID + "held", codecs.journal().encode(held));
        var listed = LogReader.committed(kafka.clientConfig(), Topics.CATALOG).stream()
                .map(record -> codecs.catalogue().decodeOwn(record.value()))
                .filter(record -> record.id().toString().equals(LID + "later::1.0"))
                .toList()
                .getLast();
        var catalogued = plant(
                Topics.CATALOG,
                LID + "later::1.0",
                codecs.catalogue()
                        .encode(new CatalogueRecord(
                                listed.agency(),
                                listed.id(),
                                listed.status(),
                                FAR,
                                listed.explanation(),
                                listed.publicRevision(),
                                listed.decidedAt(),
                                listed.product())));
        var hidden = plant(
                Topics.CATALOG,
                LID + "open::1.0",
                codecs.catalogue()
                        .encode(new CatalogueRecord(
                                Samples.NASA,
                                Lidvid.parse(LID + "open::1.0"),
                                "HELD",
                                FAR,
                                "planted",
                                1,
                                FAR,
                                Samples.aProduct(LID + "open", "1.0"))));
        var inAnothersName = plant(
                Topics.PUBLIC,
                LID + "held",
                codecs.publicEvents()
                        .encode(new PublicEvent(
                                new AgencyId("cnsa"),
                                Lidvid.parse(LID + "held::1.0"),
                                1,
                                new PublicEvent.Retracted("planted"))));
        var decidedByAnother = plant(Topics.JOURNAL, LID + "open", foreign);
        plant(Topics.JOURNAL, LID + "open", invented);
        plant(
                Topics.receipts(Samples.NASA),
                LID + "open",
                codecs.receipts()
                        .encode(new Receipt(
                                Samples.NASA,
                                1,
                                4_711,
                                "c",
                                LID + "open::1.0",
                                new Receipt.Accepted("another", false, "PUBLIC", null, ""))));
        plant(
                Topics.deadLetters(Samples.NASA),
                LID + "open",
                codecs.deadLetters()
                        .encode(new DeadLetter(
                                Samples.NASA,
                                Topics.commands(Samples.NASA),
                                1,
                                4_712,
                                FAR,
                                RefusalReason.TOO_LARGE,
                                "planted",
                                ContentHash.of(""),
                                0,
                                null,
                                null)));

        var report = audit();

        var found = report.violations();
        var withdrawnAt = place(withdrawal);
        var releasedAt = "nasa/" + withdrawal.partition() + "@" + afterwards;
        assertThat(found.get("NeverEarly"))
                .anyMatch(text -> text.contains(place(Topics.PUBLIC, early)))
                .anyMatch(text -> text.contains(place(Topics.PUBLIC, aborted)))
                .anyMatch(text -> text.contains(place(Topics.partners(Samples.ESA), told)));
        assertThat(found.get("RevisionOrder")).anyMatch(text -> text.contains(place(Topics.PUBLIC, gap)));
        assertThat(found.get("ExactlyOnce"))
                .anyMatch(text -> text.contains(place(Topics.PUBLIC, twice)))
                .contains("the journal shares " + LID + "open::1.0 with esa at nasa/" + open.causePartition()
                        + "@900, and no partner was told")
                .anyMatch(text -> text.contains("without a decision")
                        && text.contains(place(Topics.partners(Samples.ESA), told)));
        assertThat(found.get("Readable"))
                .anyMatch(text -> text.contains(place(Topics.JOURNAL, garbage)))
                .anyMatch(text -> text.contains(place(Topics.JOURNAL, nonsense)));
        assertThat(found.get("NoOvertaking"))
                .contains("the withdrawal at " + withdrawnAt + " was overtaken by the release of " + LID
                        + "held::1.0 at " + releasedAt);
        assertThat(found.get("Conservation"))
                .anyMatch(text -> text.contains("nasa/1@4711"))
                .anyMatch(text -> text.contains("nasa/0@815"))
                .anyMatch(text -> text.contains("in a topic that somebody else reads")
                        && text.contains(place(Topics.receipts(Samples.ESA), misdirected)))
                .anyMatch(text -> text.contains("has 3 receipts")
                        && text.contains(place(Topics.receipts(Samples.ESA), misdirected)))
                .anyMatch(text -> text.contains(", and HELD at") && text.contains(place(Topics.JOURNAL, heldTwice)));
        assertThat(found.get("DecisionsAreFacts"))
                .anyMatch(text -> text.contains("in the catalogue") && text.contains(place(Topics.CATALOG, hidden)))
                .anyMatch(text -> text.contains("in the catalogue") && text.contains(place(Topics.CATALOG, catalogued)))
                .anyMatch(text -> text.contains("another receipt") && text.contains(commandOf(answered)))
                .anyMatch(text -> text.contains("another journal") && text.contains(releasedAt))
                .anyMatch(text -> text.contains("another public log") && text.contains(place(Topics.PUBLIC, gap)))
                .anyMatch(text -> text.contains("another partners' records")
                        && text.contains(place(Topics.partners(Samples.ESA), told)))
                .anyMatch(text -> text.contains(place(Topics.PUBLIC, inAnothersName)))
                .anyMatch(text -> text.contains(place(Topics.JOURNAL, decidedByAnother)))
                .anyMatch(
                        text -> text.contains("nothing that was said") && text.contains(place(Topics.PUBLIC, aborted)));
        assertThat(found.get("IdempotentPublishing"))
                .anyMatch(text -> text.contains("has the receipts") && text.contains("nasa/1@4711"))
                .anyMatch(text -> text.contains("had the content") && text.contains(releasedAt));
        assertThat(found.values().stream().flatMap(List::stream))
                .as("each with a place")
                .allMatch(text -> text.matches("(?s).*[a-z]/[0-9]+@[0-9]+.*"));
        assertThat(found.get("DeadLettersComplete"))
                .anyMatch(text -> text.contains("nasa/1@4712"))
                .anyMatch(text -> text.contains("in a topic that somebody else reads")
                        && text.contains(place(Topics.deadLetters(Samples.ESA), strayLetter)))
                .anyMatch(text -> text.contains("has 2 dead letters")
                        && text.contains(place(Topics.deadLetters(Samples.ESA), strayLetter)));
        assertThat(report.aborted()).isEqualTo(1);
        assertThat(report.isKept()).isFalse();

        var laneByLane = audit(1);

        assertThat(laneByLane.aborted()).isEqualTo(1);
        for (var promise : List.of("NeverEarly", "RevisionOrder", "ExactlyOnce", "NoOvertaking", "Readable")) {
            assertThat(laneByLane.violations().get(promise))
                    .as(promise)
                    .containsExactlyInAnyOrderElementsOf(found.getOrDefault(promise, List.of()));
        }
        assertThat(laneByLane.violations().get("DecisionsAreFacts"))
                .anyMatch(text -> text.contains(place(Topics.JOURNAL, decidedByAnother)));
        assertThat(laneByLane.violations().get("Conservation"))
                .anyMatch(text -> text.contains("nasa/1@4711"))
                .anyMatch(text -> text.contains("nasa/0@815"));
    }

    private static Auditor.Report audit() {
        return audit(Long.MAX_VALUE);
    }

    /** @param memory so little makes every lane a pass of its own */
    private static Auditor.Report audit(long memory) {
        return audit(memory, PATIENCE);
    }

    private static Auditor.Report audit(long memory, Duration patience) {
        var client = kafka.clientConfig(Topics.Principal.AUDITOR.userName());
        var schemas = new LedgerSchemas(new SchemaLedger(Map.copyOf(client)).read());
        return new Auditor(client, Samples.agencies(), 2, Codecs.over(schemas), patience, memory, text -> {}).audit();
    }

    private static Command.Announce announce(String name, space.halley.domain.ReleaseTerms terms) {
        return Samples.announce(Samples.aProduct(LID + name, "1.0"), terms, Existence.HIDDEN);
    }

    private static byte[] release(String name, int revision) {
        return codecs.publicEvents()
                .encode(new PublicEvent(
                        Samples.NASA,
                        Lidvid.parse(LID + name + "::1.0"),
                        revision,
                        new PublicEvent.Released(
                                FAR, FAR, "planted", false, Optional.empty(), Samples.aProduct(LID + name, "1.0"))));
    }

    private static byte[] retraction(String name, int revision) {
        return codecs.publicEvents()
                .encode(new PublicEvent(
                        Samples.NASA,
                        Lidvid.parse(LID + name + "::1.0"),
                        revision,
                        new PublicEvent.Retracted("planted")));
    }

    private static byte[] sharing() {
        return codecs.partnerEvents()
                .encode(new PartnerEvent(
                        Samples.NASA,
                        Samples.ESA,
                        Lidvid.parse(LID + "stranger::1.0"),
                        1,
                        new PartnerEvent.Shared(
                                FAR, FAR, "planted", Optional.empty(), Samples.aProduct(LID + "stranger", "1.0"))));
    }

    /** A decision that follows from nothing that was said. */
    private static JournalEntry invented() {
        var real = journal().stream()
                .filter(entry -> entry.verdict().equals("RELEASED"))
                .findFirst()
                .orElseThrow();
        return new JournalEntry(
                real.agency(),
                "RETRACTED",
                LID + "open::1.0",
                0,
                815,
                real.causeAppendTime(),
                real.watermark(),
                real.principal(),
                null,
                "",
                "",
                real.grounds(),
                null,
                null,
                List.of(),
                List.of(),
                0,
                null,
                2,
                real.contentSha256(),
                real.firstOffset(),
                real.existence(),
                null);
    }

    private static JournalEntry entry(String name, String verdict) {
        return journal().stream()
                .filter(entry -> entry.verdict().equals(verdict) && (LID + name + "::1.0").equals(entry.lidvid()))
                .findFirst()
                .orElseThrow();
    }

    /** The same of something else. */
    private static JournalEntry changed(
            JournalEntry real, String verdict, long causeOffset, String content, @Nullable AgencyId recipient) {
        return changed(real, real.agency(), real.lidvid(), verdict, causeOffset, content, recipient);
    }

    /** The same by somebody else. */
    private static JournalEntry changed(JournalEntry real, AgencyId agency, String lidvid) {
        return changed(real, agency, lidvid, real.verdict(), real.causeOffset(), HASH, null);
    }

    private static JournalEntry changed(
            JournalEntry real,
            AgencyId agency,
            @Nullable String lidvid,
            String verdict,
            long causeOffset,
            String content,
            @Nullable AgencyId recipient) {
        return new JournalEntry(
                agency,
                verdict,
                lidvid,
                real.causePartition(),
                causeOffset,
                real.causeAppendTime(),
                real.watermark(),
                real.principal(),
                null,
                "",
                "",
                real.grounds(),
                real.terms(),
                real.releaseAt(),
                real.stages(),
                real.waiting(),
                real.schedule(),
                recipient,
                real.publicRevision(),
                content,
                real.firstOffset(),
                real.existence(),
                null);
    }

    private static String commandOf(Receipt receipt) {
        return receipt.agency() + "/" + receipt.commandPartition() + "@" + receipt.commandOffset();
    }

    /** Of an input of NASA. */
    private static String place(RecordMetadata said) {
        return "nasa/" + said.partition() + "@" + said.offset();
    }

    private static String place(String topic, RecordMetadata planted) {
        return topic + "/" + planted.partition() + "@" + planted.offset();
    }

    private static List<JournalEntry> journal() {
        return LogReader.committed(kafka.clientConfig(), Topics.JOURNAL).stream()
                .map(record -> codecs.journal().decodeOwn(record.value()))
                .toList();
    }

    private static List<Receipt> receipts() {
        return LogReader.committed(kafka.clientConfig(), Topics.receipts(Samples.NASA)).stream()
                .map(record -> codecs.receipts().decodeOwn(record.value()))
                .toList();
    }

    private static RecordMetadata say(Command command) throws Exception {
        return plant(
                Topics.commands(Samples.NASA),
                command.id().lid().value(),
                codecs.commands().encode(new Input.Said(command.id().lid(), CLOCK.instant(), command)));
    }

    private static void policy(int partition) throws Exception {
        var document = """
                agency: nasa
                version: 1
                rules:
                  - id: general
                    owner: NASA
                    release: {on: 2090-01-01}
                    source: a test
                    confidence: assumed
                agreements:
                  - id: joint
                    match: {mission: mission.mars2020}
                    with: [esa]
                    share: {exclusive: P1D, from: acquisition-stop}
                    source: a test
                """;
        append(partition, new Input.PolicyVersion(CLOCK.instant(), Samples.statement("p"), 1, document));
    }

    /** An input that belongs to no product. */
    private static void append(int partition, Input input) throws Exception {
        try (var producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(
                            Topics.commands(Samples.NASA),
                            partition,
                            null,
                            codecs.commands().encode(input)))
                    .get();
        }
    }

    private static RecordMetadata plant(String topic, String key, byte[] value) throws Exception {
        try (var producer = producer(Map.of())) {
            return producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    private static RecordMetadata plantAborted(String topic, String key, byte[] value) throws Exception {
        try (var producer = producer(Map.of("transactional.id", "planted"))) {
            producer.initTransactions();
            producer.beginTransaction();
            var planted = producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
            producer.abortTransaction();
            return planted;
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var config = new HashMap<String, Object>(kafka.clientConfig());
        config.putAll(more);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
