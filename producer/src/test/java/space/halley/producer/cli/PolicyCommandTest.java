package space.halley.producer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.producer.Policies;

@Timeout(120)
final class PolicyCommandTest {
    @TempDir
    private Path data;

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = Site.open(data);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void putsTheVersionBesideTheCommandIntoForceInEveryPartition() throws IOException {
        site.policy("nasa", Policies.holding("nasa", 1, "P6M"));

        var said = publish("--agency", "nasa", "--reason", "as agreed");
        var again = publish("--agency", "nasa");

        assertThat(said.err()).isEmpty();
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.outLines())
                .startsWith("in force   partition 0 (0@0)", "in force   partition 1 (1@0)")
                .last()
                .asString()
                .startsWith("version 1 of nasa's policy is in force in all 2 partitions; hash ");
        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(again.outLines().getFirst()).isEqualTo("in force   partition 0 (0@1) (said before)");
    }

    @Test
    void saysThatAnEarlierVersionDoesNotComeBack() throws IOException {
        var first = Files.writeString(folder.resolve("first.yaml"), Policies.holding("nasa", 1, "P6M"));
        var second = Files.writeString(folder.resolve("second.yaml"), Policies.holding("nasa", 2, "P6M"));
        publish("--agency", "nasa", first.toString());
        publish("--agency", "nasa", second.toString());

        var again = publish("--agency", "nasa", first.toString());
        var json = publish("--agency", "nasa", "--json", first.toString());

        assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.outLines()).isEmpty();
        assertThat(again.err())
                .contains("replaced   partition 0 (0@2): ")
                .contains(
                        "in force as version 1 of nasa's policy in 0 of 2 partitions; a later version is in force, and"
                                + " none comes back: raise the document's version to publish it again");
        assertThat(new ObjectMapper()
                        .readTree(json.outLines().getFirst())
                        .path("result")
                        .asText())
                .isEqualTo("replaced");
    }

    @Test
    void tellsScriptsWhatEveryPartitionAnswered() throws IOException {
        var file = Files.writeString(folder.resolve("draft.yaml"), Policies.holding("nasa", 2, "P6M"));

        var said = publish("--agency", "nasa", "--json", file.toString());

        var lines = said.outLines();
        assertThat(lines).hasSize(3);
        var first = new ObjectMapper().readTree(lines.getFirst());
        assertThat(first.path("result").asText()).isEqualTo("refused");
        assertThat(first.path("partition").asInt()).isZero();
        assertThat(first.path("reason").asText()).isEqualTo("POLICY_GAP");
        var summary = new ObjectMapper().readTree(lines.getLast()).path("summary");
        assertThat(summary.path("version").asInt()).isEqualTo(2);
        assertThat(summary.path("in_force").asInt()).isZero();
        assertThat(summary.path("partitions").asInt()).isEqualTo(2);
        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void saysThatAnInterruptedBroadcastIsResumedByTheSameCommand() throws IOException {
        site.policy("esa", Policies.holding("esa", 1, "P6M"));

        var said = publish("--agency", "esa", "--wait", "1s");

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNANSWERED);
        assertThat(said.errLines())
                .startsWith("unanswered partition 0 (0@0): no receipt within 1 s")
                .last()
                .asString()
                .contains("in force as version 1 of esa's policy in 0 of 2 partitions")
                .contains("the same command again");
    }

    @Test
    void doesNotAdviseTheSameCommandAgainWhereAnotherDocumentHasTheNumber() throws IOException {
        site.policy("nasa", Policies.holding("nasa", 1, "P6M"));
        assertThat(publish("--agency", "nasa").exitCode()).isEqualTo(ExitCode.DONE);
        site.policy("nasa", Policies.holding("nasa", 1, "P1Y"));

        var said = publish("--agency", "nasa");

        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.errLines().getFirst()).contains("POLICY_CONFLICT", "give the changed policy the number 2");
        assertThat(said.errLines().getLast())
                .contains("in force as version 1 of nasa's policy in 0 of 2 partitions")
                .contains("the same command again cannot help: raise the document's version to the number")
                .doesNotContain("give the same command again");
    }

    @Test
    void sendsNothingIfTheDocumentIsWrongAndNamesEveryProblem() throws IOException {
        site.policy("nasa", Policies.holding("nasa", 0, "P6Q"));

        var said = publish("--agency", "nasa");

        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.errLines())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(line -> line.startsWith("refused    ") && line.contains("policy.yaml: line "));
        assertThat(site.commands("nasa")).isZero();
    }

    @Test
    void refusesToSendAnotherAgencysPolicy() throws IOException {
        var file = Files.writeString(folder.resolve("esa.yaml"), Policies.holding("esa", 1, "P6M"));

        var said = publish("--agency", "nasa", file.toString());

        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.err()).contains("the policy of esa");
    }

    @Test
    void complainsInOneLineThatThereIsNoDocument() {
        assertThat(publish("--agency", "nasa").errLines())
                .singleElement()
                .asString()
                .contains("there is no file")
                .contains("policy.yaml");
    }

    @Test
    void checksDocumentsWithoutConnectingToAnything() throws IOException {
        var good = Files.writeString(folder.resolve("good.yaml"), Policies.holding("nasa", 3, "P6M"));
        var bad = Files.writeString(folder.resolve("bad.yaml"), Policies.holding("nasa", 0, "P6Q"));
        var agencies = data.resolve("agencies").toString();

        var said = Shell.run(new PolicyCheckCommand(), "--agencies", agencies, good.toString(), bad.toString());
        var json = Shell.run(new PolicyCheckCommand(), "--agencies", agencies, "--json", bad.toString());

        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.outLines())
                .singleElement()
                .asString()
                .startsWith(good + ": version 3 of nasa's policy, 1 rule, 0 agreements; hash ");
        assertThat(said.errLines()).hasSizeGreaterThanOrEqualTo(2).allMatch(line -> line.startsWith(bad + ": line "));
        var report = new ObjectMapper().readTree(json.out());
        assertThat(report.path("valid").asBoolean(true)).isFalse();
        assertThat(report.path("problems").size()).isEqualTo(said.errLines().size());
        assertThat(Shell.run(new PolicyCheckCommand(), "--agencies", agencies, good.toString())
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void holdsUntilAFactIsStatedOrAWaiverIsGiven() throws IOException {
        site.policy("nasa", Policies.reviewing("nasa", 1));
        publish("--agency", "nasa");
        var labels = new LabelFolder(folder);
        labels.label("a.xml", "urn:nasa:pds:facts:data:a");
        labels.label("b.xml", "urn:nasa:pds:facts:data:b");

        var announced = site.run(
                new PublishCommand(Site.CLOCK, Site::commandId),
                "--agency",
                "nasa",
                "--received",
                "2025-12-01",
                folder.toString());
        assertThat(announced.outLines().getFirst())
                .startsWith("held       urn:nasa:pds:facts:data:a::1.0: held until it is known: the review");

        var reviewed = fact("--agency", "nasa", "--reviewed", "urn:nasa:pds:facts:data:a::1.0");
        assertThat(reviewed.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(reviewed.outLines().getFirst()).startsWith("public     urn:nasa:pds:facts:data:a::1.0 since ");

        var again = fact("--agency", "nasa", "--reviewed", "2026-02-01", "urn:nasa:pds:facts:data:a::1.0");
        assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("ALREADY_PUBLIC");

        var waived = site.run(
                new WaiveCommand(Site.CLOCK, Site::commandId),
                "--agency",
                "nasa",
                "--reason",
                "for the press",
                "urn:nasa:pds:facts:data:b::1.0",
                "urn:nasa:pds:facts:data:absent::1.0");
        assertThat(waived.outLines().getFirst()).startsWith("public     urn:nasa:pds:facts:data:b::1.0 since ");
        assertThat(waived.err()).contains("absent::1.0: UNKNOWN_PRODUCT");
        assertThat(waived.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void asksForExactlyOneFactAndForAReasonToWaive() {
        for (var wrong : List.of(
                List.of("urn:nasa:pds:a:b:c::1.0"),
                List.of("--reviewed", "--received", "2026-01-01", "urn:nasa:pds:a:b:c::1.0"),
                List.of("--received", "yesterday", "urn:nasa:pds:a:b:c::1.0"))) {
            var arguments = new java.util.ArrayList<>(List.of("--agency", "nasa"));
            arguments.addAll(wrong);
            assertThat(fact(arguments.toArray(String[]::new)).exitCode())
                    .as(wrong.toString())
                    .isEqualTo(ExitCode.UNABLE);
        }
        assertThat(site.run(
                                new WaiveCommand(Site.CLOCK, Site::commandId),
                                "--agency",
                                "nasa",
                                "urn:nasa:pds:a:b:c::1.0")
                        .err())
                .contains("--reason");
    }

    private Shell.Said publish(String... arguments) {
        return site.run(new PolicyPublishCommand(Site.CLOCK, Site::commandId), arguments);
    }

    private Shell.Said fact(String... arguments) {
        return site.run(new FactCommand(Site.CLOCK, Site::commandId), arguments);
    }
}
