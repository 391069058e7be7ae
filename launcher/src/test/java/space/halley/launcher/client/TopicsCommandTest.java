package space.halley.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.producer.cli.ExitCode;
import space.halley.schemas.Topics;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.Samples;

@Timeout(120)
final class TopicsCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void describeTheAgencies() throws IOException {
        profile("nasa", "urn:nasa:pds:");
        profile("esa", "urn:esa:psa:");
    }

    @Test
    void printsTheCatalogueForPeople() {
        var said = topics("--agencies", folder.toString());

        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.outLines())
                .contains("halley.commands.nasa", "halley.public", "halley.receipts.esa")
                .anyMatch(line -> line.startsWith("  may ") && line.contains("public-reader read"));
    }

    @Test
    void printsTheCatalogueForPrograms() throws IOException {
        var lines = topics("--agencies", folder.toString(), "--json").outLines();

        assertThat(lines).hasSize(Samples.topics().all().size());
        for (var line : lines) {
            var topic = new ObjectMapper().readTree(line);
            assertThat(topic.path("name").asText()).isNotEmpty();
            assertThat(topic.path("config").size()).isPositive();
        }
    }

    @Test
    void printsTheCatalogueForDocumentation() {
        var lines = topics("--agencies", folder.toString(), "--markdown").outLines();

        assertThat(lines).hasSize(2 + Samples.topics().all().size());
        assertThat(lines).allMatch(line -> line.startsWith("|") && line.endsWith("|"));
        assertThat(lines.stream()
                        .map(line -> line.chars().filter(c -> c == '|').count())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void findsWhatIsMissingAndCreatesIt() throws IOException {
        try (var kafka = EmbeddedKafka.secured(new Topics(Samples.agencies(), 2, (short) 1))) {
            var settings = settings(kafka.clientConfig());

            var before = topics("--check", "--config", settings);
            assertThat(before.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(before.out()).contains("topic halley.public is missing");

            var applied = topics("--apply", "--config", settings);
            assertThat(applied.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(applied.outLines()).contains("created halley.public");

            var after = topics("--check", "--config", settings);
            assertThat(after.exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(after.out()).contains("topics are as the catalogue has them");
        }
    }

    @Test
    void complainsInOneLineThatTheClusterOrTheInstallationIsNotThere() throws IOException {
        assertThat(topics("--check", "--data", folder.toString()).errLines())
                .singleElement()
                .asString()
                .contains("./halley up");
        assertThat(topics("--agencies", folder.resolve("none").toString()).errLines())
                .singleElement()
                .asString()
                .contains("cannot be read");
        assertThat(topics("--check", "--config", settings(Map.of("bootstrap.servers", "127.0.0.1:1")))
                        .errLines())
                .singleElement()
                .asString()
                .contains("Kafka at 127.0.0.1:1 gives no answer in time");
    }

    private static Shell.Said topics(String... arguments) {
        return Shell.run(new TopicsCommand(), arguments);
    }

    private String settings(Map<String, String> client) throws IOException {
        var settings = new TreeMap<>(client);
        settings.put("halley.registry.url", "http://127.0.0.1:1");
        settings.put("halley.agencies.dir", folder.toString());
        settings.put("halley.data.dir", folder.toString());
        settings.put("halley.partitions", "2");
        var text = new StringBuilder();
        settings.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        return Files.writeString(folder.resolve("deployer.properties"), text).toString();
    }

    private void profile(String id, String namespace) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve(id)).resolve("profile.yaml"),
                "id: %s\nname: %s\nnamespaces: ['%s']\n".formatted(id, id, namespace));
    }
}
