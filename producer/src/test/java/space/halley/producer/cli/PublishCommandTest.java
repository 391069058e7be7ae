package space.halley.producer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.producer.Policies;

@Timeout(120)
final class PublishCommandTest {
    private static final AtomicInteger PRODUCTS = new AtomicInteger();

    private static Site site;

    @TempDir
    private static Path data;

    @TempDir
    private Path folder;

    private LabelFolder labels = new LabelFolder(Path.of(""));

    @BeforeAll
    static void start() throws Exception {
        site = Site.open(data);
        site.policy("nasa", Policies.holding("nasa", 1, "P6M"));
        assertThat(site.run(new PolicyPublishCommand(Site.CLOCK, Site::commandId), "--agency", "nasa")
                        .exitCode())
                .isZero();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void useAFolderOfItsOwn() {
        labels = new LabelFolder(folder);
    }

    @Test
    void holdsByTheAgencysPolicyUnlessOtherTermsAreGiven() throws IOException {
        var lid = aLid();
        labels.label("a.xml", lid);

        var said = publish("--agency", "nasa", folder.toString());

        assertThat(said.err()).isEmpty();
        assertThat(said.outLines())
                .containsExactly(
                        "held       " + lid + "::1.0 until 2026-08-01T01:00:00Z: exclusive period P6M since the end of"
                                + " the acquisition, 2026-02-01T01:00:00Z (rule everything of the agency, policy version 1)",
                        "1 product, 1 accepted (0 public, 1 held)");
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void publishesGoodLabelsBesideBadOnes() throws IOException {
        var good = List.of(aLid(), aLid());
        labels.label("good-1.xml", good.getFirst());
        labels.file("bad.xml", "<Product_Observational xmlns='http://pds.nasa.gov/pds4/pds/v1'><cut off");
        labels.label("foreign.xml", "urn:esa:psa:not:nasas");
        labels.label("good-2.xml", good.getLast());

        var said = publish("--agency", "nasa", "--release-at", "2030-01-01", folder.toString());

        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.outLines())
                .containsExactly(
                        "held       " + good.getFirst() + "::1.0 until 2030-01-01T00:00:00Z: fixed release date",
                        "held       " + good.getLast() + "::1.0 until 2030-01-01T00:00:00Z: fixed release date",
                        "4 products, 2 accepted (0 public, 2 held), 1 refused by the label reader, 1 refused by the lane");
        assertThat(said.errLines()).hasSize(2);
        assertThat(said.errLines().getFirst())
                .startsWith("refused    " + folder.resolve("bad.xml") + ":")
                .contains("MALFORMED_XML");
        assertThat(said.errLines().getLast())
                .startsWith("refused    " + folder.resolve("foreign.xml") + " urn:esa:psa:not:nasas::1.0:")
                .contains("NOT_YOUR_NAMESPACE")
                .contains("check --agency");
    }

    @Test
    void repeatsWithoutHarm() throws IOException {
        var label = labels.label("a.xml", aLid()).toString();
        publish("--agency", "nasa", "--now", label);

        var again = publish("--agency", "nasa", "--now", label);

        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(again.outLines()).last().isEqualTo("1 product, 0 accepted, 1 said before");
        assertThat(again.outLines().getFirst()).startsWith("public ").endsWith("(said before)");
    }

    @Test
    void saysWhatToDoAboutOtherContentUnderTheSameVersion() throws IOException {
        var lid = aLid();
        publish("--agency", "nasa", labels.label("a.xml", lid).toString());

        var other = publish(
                "--agency", "nasa", labels.label("b.xml", lid, "Another title").toString());

        assertThat(other.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(other.err()).contains("CONTENT_CONFLICT").contains("raise the version_id in the label");
    }

    @Test
    void printsJsonForScripts() throws IOException {
        var lid = aLid();
        labels.label("a.xml", lid);
        labels.file("b.xml", "");

        var said = publish(
                "--agency", "nasa", "--json", "--exclusive", "P1Y", "--from", "acquisition-stop", folder.toString());

        assertThat(said.err()).isEmpty();
        var lines = json(said.out());
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).path("result").asText()).isEqualTo("accepted");
        assertThat(lines.get(0).path("lidvid").asText()).isEqualTo(lid + "::1.0");
        assertThat(lines.get(0).path("status").asText()).isEqualTo("held");
        assertThat(lines.get(0).path("release_at").asText()).isEqualTo("2027-02-01T01:00:00Z");
        assertThat(lines.get(0).path("receipt_id").asText()).isNotEmpty();
        assertThat(lines.get(1).path("result").asText()).isEqualTo("refused_by_reader");
        assertThat(lines.get(1).path("reason").asText()).isEqualTo("EMPTY_FILE");
        assertThat(lines.get(2).path("summary").path("accepted").asInt()).isEqualTo(1);
        assertThat(lines.get(2).path("summary").path("refused_by_reader").asInt())
                .isEqualTo(1);
        assertThat(lines.get(2).path("summary").path("exit_code").asInt()).isEqualTo(1);
    }

    @Test
    void rehearsesWithoutSendingAnything() throws IOException {
        labels.label("a.xml", aLid());
        labels.label("b.xml", "urn:esa:psa:not:nasas");
        var before = site.commands("nasa");

        var said = publish("--agency", "nasa", "--dry-run", folder.toString());

        assertThat(site.commands("nasa")).isEqualTo(before);
        assertThat(said.outLines().getFirst()).startsWith("held ").contains("until 2026-08-01T01:00:00Z");
        assertThat(said.outLines().getLast())
                .isEqualTo("2 products, 1 would be accepted (0 public, 1 held), 1 would be refused by the rules");
        assertThat(said.err()).contains("NOT_YOUR_NAMESPACE");
        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void saysWhatIsNotAnsweredInTimeAndThatItIsInTheLog() throws IOException {
        labels.label("a.xml", "urn:esa:psa:no_lane:p" + PRODUCTS.incrementAndGet());

        var said = publish("--agency", "esa", "--wait", "1s", folder.toString());

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNANSWERED);
        assertThat(said.err()).contains("no receipt within 1 s").contains("it is in the log");
    }

    @Test
    void doesNotWaitIfItIsToldNotTo() throws IOException {
        labels.label("a.xml", "urn:esa:psa:no_lane:p" + PRODUCTS.incrementAndGet());

        var said = publish("--agency", "esa", "--no-wait", folder.toString());

        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.outLines().getLast()).isEqualTo("1 product, 0 accepted, 1 sent");
    }

    @Test
    void printsNothingButProblemsIfItIsToldToBeQuiet() throws IOException {
        labels.label("a.xml", aLid());

        var said = publish("--agency", "nasa", "--quiet", folder.toString());

        assertThat(said.out()).isEmpty();
        assertThat(said.err()).isEmpty();
    }

    @Test
    void makesPastReleasesPublicAtOnceWithTheirDate() throws IOException {
        var table = labels.file("history.tsv", """
                lid\tdata_set_id\ttitle\tstart_time\tstop_time\trelease_date\tarchive_status\tmissions\tinstrument_hosts\tinstruments\ttargets\tnode
                urn:nasa:pds:context_pds3:data_set:test-1\tTEST-1\tVoyager at Jupiter\t1979-01-01\t1979-04-01\t1981-06-01\tARCHIVED\tmission.voyager\tspacecraft.vg1\tiss.vg1\tplanet.jupiter\tnode.imaging
                urn:nasa:pds:context_pds3:data_set:test-2\tTEST-2\tVoyager at Saturn\t1980-01-01\t1980-04-01\t\tARCHIVED\tmission.voyager\tspacecraft.vg1\tiss.vg1\tplanet.saturn\tnode.imaging
                urn:nasa:pds:context_pds3:data_set:test-3\tTEST-3
                """);

        var said = publish("--agency", "nasa", table.toString());

        assertThat(said.outLines().getLast())
                .isEqualTo("3 products, 2 accepted (2 public, 0 held), 1 refused by the label reader");
        assertThat(said.errLines()).singleElement().asString().contains("history.tsv:4: BAD_ROW");
        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void withdrawsAndReschedules() throws IOException {
        var lid = aLid();
        publish("--agency", "nasa", labels.label("a.xml", lid).toString());

        var later = site.run(
                new RescheduleCommand(Site.CLOCK, Site::commandId),
                "--agency",
                "nasa",
                "--reason",
                "more to check",
                "--release-at",
                "2031-05-01",
                lid + "::1.0");
        var back = site.run(
                new WithdrawCommand(Site.CLOCK, Site::commandId),
                "--agency",
                "nasa",
                "--reason",
                "wrong calibration",
                lid + "::1.0",
                lid + "::9.0");

        assertThat(later.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(later.outLines().getFirst())
                .isEqualTo("held       " + lid
                        + "::1.0 until 2031-05-01T00:00:00Z: extended from 2026-08-01T01:00:00Z: fixed release date");
        assertThat(back.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(back.outLines().getFirst()).isEqualTo("withdrawn  " + lid + "::1.0");
        assertThat(back.err()).contains(lid + "::9.0: UNKNOWN_PRODUCT");
    }

    @Test
    void complainsInOneLineThatNoBrokerAnswers() throws IOException {
        labels.label("a.xml", aLid());
        var config = site.settings(
                folder.resolve("down.properties"), Map.of("bootstrap.servers", "127.0.0.1:" + freePort()));

        var said = publish("--agency", "nasa", "--config", config, folder.toString());

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(said.errLines())
                .singleElement()
                .asString()
                .contains("gives no answer in time")
                .contains("./halley up");
    }

    @Test
    void complainsInOneLineThatTheRegistryDoesNotAnswer() throws IOException {
        labels.label("a.xml", aLid());
        var settings = new TreeMap<>(site.kafka.clientConfig("nasa"));
        settings.put("halley.registry.url", "http://127.0.0.1:" + freePort());
        var config = site.settings(folder.resolve("down.properties"), settings);

        var said = publish("--agency", "nasa", "--config", config, folder.toString());

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(said.errLines())
                .singleElement()
                .asString()
                .contains("registry")
                .contains("does not answer");
    }

    @Test
    void complainsInOneLineThatAnAgencyIsUnknown() throws IOException {
        labels.label("a.xml", aLid());

        assertThat(publish("--agency", "atlantis", folder.toString()).errLines())
                .singleElement()
                .asString()
                .endsWith("no agency 'atlantis'; it has esa, nasa");
    }

    @Test
    void complainsInOneLineThatTheCredentialsAreAnotherAgencys() throws IOException {
        labels.label("a.xml", aLid());
        var config = site.settings(folder.resolve("esa.properties"), site.kafka.clientConfig("esa"));

        assertThat(publish("--agency", "nasa", "--config", config, folder.toString())
                        .errLines())
                .singleElement()
                .asString()
                .contains("halley.receipts.nasa");
    }

    @Test
    void complainsAboutAFolderWithoutLabels() {
        var said = publish("--agency", "nasa", folder.toString());

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(said.err()).contains("there is no label in");
    }

    @Test
    void acceptsOneKindOfTermsOnly() {
        for (var wrong : List.of(
                List.of("--now", "--release-at", "2030-01-01"),
                List.of("--exclusive", "P6M"),
                List.of("--exclusive", "P6M", "--from", "launch"),
                List.of("--from", "delivery"),
                List.of("--release-at", "soon"),
                List.of("--existence", "maybe"))) {
            var arguments = new ArrayList<>(List.of("--agency", "nasa"));
            arguments.addAll(wrong);
            arguments.add(folder.toString());

            var said = publish(arguments.toArray(String[]::new));

            assertThat(said.exitCode())
                    .as("exit code of %s: %s", wrong, said.err())
                    .isEqualTo(ExitCode.UNABLE);
            assertThat(said.errLines()).as("words for %s", wrong).hasSize(2);
        }
    }

    @Test
    void explainsItselfWithoutConnectingToAnything() {
        var said = publish("--help");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).contains("--release-at").contains("Exit codes").contains("halley publish --agency esa");
    }

    private static Shell.Said publish(String... arguments) {
        return site.run(new PublishCommand(Site.CLOCK, Site::commandId), arguments);
    }

    private static List<JsonNode> json(String text) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var line : text.lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static String aLid() {
        return "urn:nasa:pds:cli:data:p" + PRODUCTS.incrementAndGet();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
