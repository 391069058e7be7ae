package space.halley.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import space.halley.domain.Agencies;
import space.halley.domain.AgencyId;
import space.halley.producer.label.LabelFiles;
import space.halley.producer.label.LabelReader;
import space.halley.producer.label.LabelReading;
import space.halley.schemas.installation.AgencyProfiles;

/** What the project ships can be published as it stands. */
final class ShippedSamplesTest {
    private static final Path SAMPLES = WholeSystem.ROOT.resolve("samples");
    private static final Agencies AGENCIES = AgencyProfiles.load(WholeSystem.ROOT.resolve("agencies"));

    @Test
    void everySampleIsReadAndBelongsToItsAgency() {
        var seen = new HashSet<String>();
        for (var agency : AGENCIES.all()) {
            var labels = LabelFiles.find(List.of(
                            SAMPLES.resolve(agency.id().value()),
                            SAMPLES.resolve("held").resolve(agency.id().value())))
                    .labels();
            assertThat(labels).as(agency.id().value()).isNotEmpty();
            for (var label : labels) {
                var reading = new LabelReader().read(label);
                assertThat(reading).as(label.toString()).isInstanceOf(LabelReading.Read.class);
                var product = ((LabelReading.Read) reading).product();
                assertThat(agency.owns(product.id().lid())).as(label.toString()).isTrue();
                assertThat(seen.add(product.id().toString()))
                        .as("twice: " + label)
                        .isTrue();
            }
        }
        assertThat(seen).hasSizeGreaterThan(200);
    }

    @Test
    void theHeldTableNamesSamplesThatBecomePublicWithinTwoMinutes() throws IOException {
        var rows = Files.readAllLines(SAMPLES.resolve("held.tsv"));
        assertThat(rows.getFirst()).isEqualTo("agency\tlabel\trelease_after_seconds\texistence");
        assertThat(rows).hasSizeGreaterThan(5);
        for (var row : rows.subList(1, rows.size())) {
            var columns = row.split("\t", -1);
            assertThat(AGENCIES.find(new AgencyId(columns[0]))).as(row).isPresent();
            assertThat(SAMPLES.resolve(columns[1])).as(row).isRegularFile();
            assertThat(Integer.parseInt(columns[2])).as(row).isBetween(30, 120);
            assertThat(columns[3]).as(row).isIn("public", "hidden");
        }
    }
}
