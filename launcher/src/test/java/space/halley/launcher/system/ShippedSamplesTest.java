package space.halley.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import space.halley.domain.Agencies;
import space.halley.domain.AgencyId;
import space.halley.domain.Cause;
import space.halley.domain.Command;
import space.halley.domain.Embargo;
import space.halley.domain.Existence;
import space.halley.domain.Product;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.VersionState;
import space.halley.producer.label.LabelFiles;
import space.halley.producer.label.LabelReader;
import space.halley.producer.label.LabelReading;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.PolicyDocument;

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
    void theHeldTableNamesSamplesThatBecomePublicWithinTwoMinutesOrAreHeldByPolicy() throws IOException {
        var rows = Files.readAllLines(SAMPLES.resolve("held.tsv"));
        assertThat(rows.getFirst()).isEqualTo("agency\tlabel\trelease\texistence");
        assertThat(rows).hasSizeGreaterThan(5);
        for (var row : rows.subList(1, rows.size())) {
            var columns = row.split("\t", -1);
            assertThat(AGENCIES.find(new AgencyId(columns[0]))).as(row).isPresent();
            assertThat(SAMPLES.resolve(columns[1])).as(row).isRegularFile();
            if (!columns[2].equals("policy")) {
                assertThat(Integer.parseInt(columns[2])).as(row).isBetween(30, 120);
            }
            assertThat(columns[3]).as(row).isIn("public", "hidden");
        }
    }

    /** Whoever starts Halley for the first time sees a product wait for a fact, and one that a partner has before all others. */
    @Test
    void someHeldSamplesWaitByPolicyAndOneIsSharedBeforeItIsPublic() throws IOException {
        var waiting = new ArrayList<String>();
        var shared = new ArrayList<String>();
        var now = Instant.parse("2026-12-01T00:00:00Z");
        for (var row :
                Files.readAllLines(SAMPLES.resolve("held.tsv")).stream().skip(1).toList()) {
            var columns = row.split("\t", -1);
            var agency = AGENCIES.find(new AgencyId(columns[0])).orElseThrow();
            var policy = PolicyDocument.load(
                            WholeSystem.ROOT.resolve("agencies/" + agency.id() + "/policy.yaml"), AGENCIES)
                    .policy();
            var product = ((LabelReading.Read) new LabelReader().read(SAMPLES.resolve(columns[1]))).product();
            var terms = columns[2].equals("policy")
                    ? new ReleaseTerms.ByPolicy()
                    : new ReleaseTerms.FixedDate(now.plusSeconds(Integer.parseInt(columns[2])));
            var decision = new Embargo(agency)
                    .decide(
                            Product.unknown(product.id().lid()),
                            new Command.Announce(
                                    new Command.Statement("id", "test", ""), product, terms, Existence.HIDDEN, null),
                            new Cause(0, 0, now, now),
                            Optional.of(policy));
            var held =
                    (VersionState.Held) decision.after().versions().getFirst().state();
            held.plan().grounds().missing().ifPresent(what -> waiting.add(columns[1]));
            held.opened().forEach(partner -> shared.add(columns[1] + " " + partner));
        }
        assertThat(waiting).containsExactly("held/esa/rolis_first_touchdown.xml", "held/isro/dfsar_poles.xml");
        assertThat(shared).containsExactly("held/uae/deimos_exi.xml nasa");
    }
}
