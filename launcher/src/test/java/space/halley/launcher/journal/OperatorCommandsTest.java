package space.halley.launcher.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.AgencyId;
import space.halley.domain.Existence;
import space.halley.domain.Facts;
import space.halley.domain.Lidvid;
import space.halley.domain.ReleaseTerms;
import space.halley.launcher.client.Shell;
import space.halley.launcher.system.WholeSystem;
import space.halley.producer.Announcement;
import space.halley.producer.Mandate;
import space.halley.producer.PolicyOutcome;
import space.halley.producer.Publisher;
import space.halley.producer.cli.CliCommand;
import space.halley.producer.cli.ExitCode;
import space.halley.producer.label.LabelReader;
import space.halley.producer.label.LabelReading;
import space.halley.schemas.Input;
import space.halley.schemas.Topics;
import space.halley.testkit.Samples;

/** Policies through the real lanes, and what the journal tells of them afterwards. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
final class OperatorCommandsTest {
    private static final Mandate MANDATE = new Mandate("release manager", "as agreed");
    private static final Path HELD = WholeSystem.ROOT.resolve("samples/held");

    @TempDir
    private static Path folder;

    private static WholeSystem system;
    private static Path auditor;

    @BeforeAll
    static void open() throws Exception {
        system = new WholeSystem(folder);
        // The deployer may do everything.
        auditor = settings("auditor.properties", system.kafka.clientConfig());
    }

    @AfterAll
    static void close() {
        system.close();
    }

    @Test
    void aBroadcastThatWasKilledIsAlarmedShownAndResumed() throws Exception {
        var document = policy("kari");
        // What a program leaves that is killed after the first of the partitions.
        sayInOnePartition("kari", 1, document);
        await().atMost(WholeSystem.PATIENCE)
                .until(() ->
                        system.lanes().path("kari").path("interrupted_policy").asInt() == 1);
        var interrupted = run(new PolicyStatusCommand(), "--agency", "kari");
        assertThat(interrupted.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(interrupted.out())
                .contains("kari: the broadcast of version 1 is interrupted")
                .contains("version 1 in partition 0")
                .contains("none in partition 1")
                .contains("halley policy publish --agency kari");

        try (var kari = system.publisher("kari")) {
            assertThat(publish(kari, document).inForceEverywhere()).isTrue();
        }

        await().atMost(WholeSystem.PATIENCE)
                .until(() -> !system.lanes().path("kari").has("interrupted_policy")
                        && system.lanes().path("kari").path("policy").asInt() == 1);
        var resumed = run(new PolicyStatusCommand(), "--agency", "kari");
        assertThat(resumed.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(resumed.out()).contains("kari: version 1 in all 2 partitions since ");
        var json = new ObjectMapper()
                .readTree(run(new PolicyStatusCommand(), "--agency", "kari", "--json")
                        .out());
        assertThat(json.path("interrupted").asBoolean(true)).isFalse();
        assertThat(json.path("partitions").toString()).isEqualTo("[1,1]");
    }

    @Test
    void aGapAndAConflictAreRefusedByTheLanes() throws Exception {
        try (var uae = system.publisher("uae")) {
            var document = policy("uae");
            var third = document.replace("version: 1", "version: 3");
            assertThat(publish(uae, third).inForceEverywhere()).isFalse();
            assertThat(publish(uae, document).inForceEverywhere()).isTrue();
            assertThat(publish(uae, document).inForceEverywhere())
                    .as("the same again")
                    .isTrue();
            assertThat(publish(uae, document + "# changed\n").inForceEverywhere())
                    .isFalse();
            assertThat(publish(uae, document.replace("version: 1", "version: 2"))
                            .inForceEverywhere())
                    .isTrue();
            assertThat(publish(uae, document).replies())
                    .as("the first again, which another has replaced")
                    .allMatch(PolicyOutcome.Reply::isReplaced)
                    .noneMatch(PolicyOutcome.Reply::isInForce);
        }
        assertThat(run(new PolicyStatusCommand(), "--agency", "uae").out())
                .contains("uae: version 2 in all 2 partitions");
    }

    @Test
    void whyTellsOfARuleThatWaitsForAFactAndLaterHowItWasReleased() throws Exception {
        var label =
                ((LabelReading.Read) new LabelReader().read(HELD.resolve("esa/rolis_first_touchdown.xml"))).product();
        var id = label.id().toString();
        try (var esa = system.publisher("esa")) {
            assertThat(publish(esa, policy("esa")).inForceEverywhere()).isTrue();
            esa.announce(Announcement.of(label, new ReleaseTerms.ByPolicy(), Existence.HIDDEN), MANDATE)
                    .join();

            var held = run(why(), id);
            assertThat(held.err()).isEmpty();
            assertThat(held.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(held.outLines().getFirst())
                    .isEqualTo(id + " is held until it is known: the reception on Earth.");
            assertThat(held.out())
                    .contains("rosetta, of ESA")
                    .contains("version 1 of esa, hash ")
                    .contains("by esa as 'release manager'")
                    .contains("reason given: as agreed");

            // The journal's times have milliseconds: the fact comes in a later one than the announcement.
            var between = InstantSource.system().instant();
            await().until(() -> InstantSource.system().instant().isAfter(between.plusMillis(5)));
            esa.stateFact(label.id(), Facts.Kind.RECEPTION, Instant.parse("2014-11-12T16:03:00Z"), MANDATE)
                    .join();

            var open = new ObjectMapper().readTree(run(why(), id, "--json").out());
            assertThat(open.path("status").asText()).isEqualTo("public");
            assertThat(open.path("rule").asText()).isEqualTo("rosetta");
            assertThat(open.path("clock_start").asText()).isEqualTo("2014-11-12T16:03:00Z");
            assertThat(open.path("late").asBoolean()).isTrue();
            assertThat(open.path("decisions").findValuesAsText("verdict")).containsExactly("held", "fact", "released");
            assertThat(run(why(), id, "--at", between.toString()).outLines().getFirst())
                    .contains("is held until it is known: the reception on Earth");
            assertThat(run(why(), id, "--at", "2026-01-01").exitCode()).isEqualTo(ExitCode.REFUSED);
        }
    }

    @Test
    void whyTellsWithWhomAProductIsSharedBeforeItIsPublic() throws Exception {
        var product = Samples.aProduct("urn:jaxa:darts:halley_test:data:ryugu", "1.0");
        try (var jaxa = system.publisher("jaxa")) {
            publish(jaxa, policy("jaxa").replace("mission: mission.hyb2", "mission: mission.mars2020"));
            jaxa.announce(Announcement.of(product, Samples.at("2099-01-01T00:00:00Z"), Existence.HIDDEN), MANDATE)
                    .join();
        }

        await().atMost(WholeSystem.PATIENCE).untilAsserted(() -> assertThat(
                        run(why(), product.id().toString()).outLines().getFirst())
                .isEqualTo(product.id() + " is held until 2099-01-01T00:00:00Z, and shared with nasa."));
    }

    @Test
    void anAbsentProductIsNotKnown() {
        var said = run(why(), "urn:nasa:pds:nothing:data:image::1.0");

        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.errLines())
                .containsExactly("halley knows no such product: urn:nasa:pds:nothing:data:image::1.0");
    }

    @Test
    void whatWasOnlyRefusedIsNotKnownButToldOf() {
        try (var isro = system.publisher("isro")) {
            isro.withdraw(Samples.id("urn:isro:isda:never:data:said", "1.0"), MANDATE)
                    .join();
        }

        var said = run(why(), "urn:isro:isda:never:data:said::1.0");

        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.err()).contains("knows no such product").contains("UNKNOWN_PRODUCT: isro has not announced");
    }

    @Test
    void whatStoodInAWrongPlaceIsToldOfToo() throws Exception {
        var id = Samples.id("urn:isro:isda:misrouted:data:product", "1.0");
        // The journal's records of these have no key, so they are in whatever partition the producer took.
        sayMisrouted(id, 0, "another key");
        sayMisrouted(id, 1, "another key");

        await().atMost(WholeSystem.PATIENCE).untilAsserted(() -> {
            var said = run(why(), id.toString());
            assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(said.err()).contains("0@", "1@");
            assertThat(said.errLines())
                    .filteredOn(line -> line.contains("MISROUTED: the record's key is not the product's"))
                    .hasSize(2);
        });
    }

    @Test
    void anAgencysCredentialsAreNotEnough() throws IOException {
        var said = Shell.run(
                why(),
                "--settings",
                settings("esa.properties", system.kafka.clientConfig("esa")).toString(),
                "urn:esa:psa:a:b:c::1.0");

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(said.errLines()).singleElement().asString().contains("only an auditor may");
    }

    @Test
    void complainsInOneLineAboutWhatIsMissing() throws IOException {
        assertThat(Shell.run(why(), "--data", folder.toString(), "urn:esa:psa:a:b:c::1.0")
                        .errLines())
                .singleElement()
                .asString()
                .contains("there is no ")
                .contains("./halley up");
        assertThat(Shell.run(
                                why(),
                                "--settings",
                                settings("down.properties", Map.of("bootstrap.servers", "127.0.0.1:1"))
                                        .toString(),
                                "urn:esa:psa:a:b:c::1.0")
                        .errLines())
                .singleElement()
                .asString()
                .contains("gives no answer in time");
        assertThat(run(why(), "urn:esa:psa:a:b:c::1.0", "--at", "2999-01-01").errLines())
                .singleElement()
                .asString()
                .contains("lies ahead");
    }

    @Test
    void anAuditSaysThatAllIsKeptAndWhatItLeftOut() throws IOException {
        try (var isro = system.publisher("isro")) {
            isro.withdraw(Samples.id("urn:isro:isda:never:data:audited", "1.0"), MANDATE)
                    .join();
        }
        var all = WholeSystem.ROOT.resolve("agencies");

        var kept = run(new AuditCommand(), "--patience", "0", "--agencies", all.toString());

        assertThat(kept.exitCode()).as(kept.out()).isEqualTo(ExitCode.DONE);
        assertThat(kept.out()).contains("DecisionsAreFacts").doesNotContain("broken", "left out", "not decided yet");

        var fewer = Files.createDirectory(folder.resolve("fewer"));
        try (var folders = Files.list(all)) {
            for (var profiled : folders.filter(Files::isDirectory).toList()) {
                var name = String.valueOf(profiled.getFileName());
                if (!name.equals("isro")) {
                    Files.createDirectory(fewer.resolve(name));
                    Files.copy(
                            profiled.resolve("profile.yaml"),
                            fewer.resolve(name).resolve("profile.yaml"));
                }
            }
        }

        assertThat(run(new AuditCommand(), "--agencies", fewer.toString()).outLines())
                .anyMatch(line -> line.matches("  left out: [1-9][0-9]* records of isro, which has no profile here"));
        var json = new ObjectMapper()
                .readTree(run(new AuditCommand(), "--json", "--agencies", fewer.toString())
                        .out());
        assertThat(json.path("left_out").path("isro").asInt()).isPositive();
        assertThat(json.path("oldest_undecided").isArray()).isTrue();
        assertThat(json.path("oldest_unfinished").isArray()).isTrue();
    }

    @Test
    void anAuditOfALogThatLacksTopicsSaysNothingOfThePromises() throws IOException {
        var profile = Files.createDirectories(folder.resolve("another/jaxb")).resolve("profile.yaml");
        Files.writeString(profile, """
                id: jaxb
                name: An agency that came later
                country: A country
                archive: An archive
                namespaces: ["urn:jaxb:archive:"]
                """);

        var audit =
                run(new AuditCommand(), "--agencies", folder.resolve("another").toString());

        assertThat(audit.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(audit.err())
                .contains("nothing was audited", "halley.commands.jaxb, halley.receipts.jaxb")
                .doesNotContain("halley.public");
        assertThat(audit.out()).isEmpty();
    }

    private static WhyCommand why() {
        return new WhyCommand(InstantSource.system());
    }

    private static Shell.Said run(CliCommand command, String... arguments) {
        var all = new ArrayList<>(List.of("--settings", auditor.toString()));
        all.addAll(List.of(arguments));
        return Shell.run(command, all.toArray(String[]::new));
    }

    private static PolicyOutcome.Said publish(Publisher publisher, String document) {
        return (PolicyOutcome.Said) publisher.publishPolicy(document, MANDATE).join();
    }

    private static String policy(String agency) throws IOException {
        return Files.readString(WholeSystem.ROOT.resolve("agencies/" + agency + "/policy.yaml"));
    }

    private static void sayInOnePartition(String agency, int number, String document)
            throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(system.kafka.clientConfig(agency)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var version = new Input.PolicyVersion(
                    InstantSource.system().instant(), Samples.statement("killed"), number, document);
            producer.send(new ProducerRecord<>(
                            Topics.commands(new AgencyId(agency)),
                            0,
                            null,
                            system.codecs.commands().encode(version)))
                    .get();
        }
    }

    private static void sayMisrouted(Lidvid id, int partition, String key)
            throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(system.kafka.clientConfig("isro")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var withdrawal = Samples.withdraw(id.lid().value(), id.vid().toString());
            producer.send(new ProducerRecord<>(
                            Topics.commands(new AgencyId("isro")),
                            partition,
                            key.getBytes(StandardCharsets.UTF_8),
                            system.codecs
                                    .commands()
                                    .encode(Samples.said(
                                            withdrawal, InstantSource.system().instant()))))
                    .get();
        }
    }

    private static Path settings(String name, Map<String, String> kafka) throws IOException {
        var file = folder.resolve(name);
        try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
            kafka.forEach((key, value) -> writer.println(key + "=" + value));
        }
        return file;
    }
}
