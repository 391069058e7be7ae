package space.halley.producer.label;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Reads real labels, which are kept beside the repository and not in it; without them there is nothing to test. What is
 * expected of each label that is not in order stands in {@code expected-readings.tsv}.
 */
class LabelCorpusTest {
    private static final Path CORPUS =
            Path.of(System.getProperty("halley.root", "."), "..", "shared").normalize();
    private static final String READ = "OK";

    private final LabelReader reader = new LabelReader();

    @BeforeAll
    static void theCorpusIsThere() {
        assumeTrue(
                Files.isRegularFile(CORPUS.resolve("labels/INDEX.tsv")),
                "no real labels beside the repository: the corpus is not tested");
    }

    @Test
    void readsEveryLabelThatPassesTheSchemasAndIdentifiesItRightly() throws IOException {
        var wrong = new ArrayList<String>();
        var sound = 0;
        for (var row : index()) {
            if (!"ok".equals(row.get("core_xsd"))) {
                continue;
            }
            sound++;
            var expected = row.get("lid_or_dataset") + "::" + row.get("vid") + " " + row.get("product_class");
            var actual = identity(CORPUS.resolve("labels").resolve(row.get("path")));
            if (!actual.equals(expected)) {
                wrong.add(row.get("path") + ": " + actual + " instead of " + expected);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(sound).isGreaterThan(700);
    }

    @Test
    void readsOrRefusesEveryOtherLabelByItsFormat() throws IOException {
        var wrong = new ArrayList<String>();
        for (var row : index()) {
            var expected = "PDS3".equals(row.get("product_class")) ? "PDS3_LABEL" : READ;
            var actual = outcome(reader.read(CORPUS.resolve("labels").resolve(row.get("path"))));
            if (!actual.equals(expected)) {
                wrong.add(row.get("path") + ": " + actual + " instead of " + expected);
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void refusesWhatLacksSomethingThatAReleaseNeedsAndReadsTheRest() throws IOException {
        var actual = new TreeMap<String, String>();
        var files = LabelFiles.find(List.of(CORPUS.resolve("labels-bad"), CORPUS.resolve("labels-quirky")));
        for (var file : files.labels()) {
            actual.put(CORPUS.relativize(file).toString(), outcome(reader.read(file)));
        }

        assertThat(files.problems()).isEmpty();
        assertThat(actual).isEqualTo(expectedReadings());
    }

    @Test
    void readsTheWholeHistoryOfReleases() throws IOException {
        var releases = ReleaseHistory.read(CORPUS.resolve("facts/pds3-data-set-releases.tsv"));
        var refused = releases.stream()
                .map(HistoricalRelease::reading)
                .filter(LabelReading.Refused.class::isInstance)
                .map(LabelReading.Refused.class::cast)
                .toList();

        assertThat(releases).hasSize(2_293);
        assertThat(releases.stream().filter(release -> release.releasedAt() != null))
                .hasSizeGreaterThan(2_100);
        assertThat(refused).isEmpty();
        // A survey of asteroids refers to more things than any other data set.
        assertThat(releases)
                .extracting(HistoricalRelease::reading)
                .filteredOn(LabelReading.Read.class::isInstance)
                .extracting(reading ->
                        ((LabelReading.Read) reading).product().context().size())
                .contains(1_346);
    }

    private String identity(Path file) {
        return switch (reader.read(file)) {
            case LabelReading.Read read ->
                read.product().id() + " " + read.product().productClass();
            case LabelReading.Refused refused -> refused.inOneLine();
        };
    }

    private static String outcome(LabelReading reading) {
        return switch (reading) {
            case LabelReading.Read read -> READ;
            case LabelReading.Refused refused -> refused.reason().name();
        };
    }

    private static List<Map<String, String>> index() throws IOException {
        var lines = Files.readAllLines(CORPUS.resolve("labels/INDEX.tsv"));
        var names = lines.getFirst().split("\t");
        var rows = new ArrayList<Map<String, String>>();
        for (var line : lines.subList(1, lines.size())) {
            var fields = line.split("\t", -1);
            var row = new TreeMap<String, String>();
            for (var at = 0; at < names.length; at++) {
                row.put(names[at], fields[at]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static Map<String, String> expectedReadings() {
        try (var table = Objects.requireNonNull(LabelCorpusTest.class.getResourceAsStream("expected-readings.tsv"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .collect(toMap(fields -> fields[0], fields -> fields[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
