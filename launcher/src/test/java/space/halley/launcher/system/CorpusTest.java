package space.halley.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.ContextReference;
import space.halley.domain.Existence;
import space.halley.domain.ProductDescription;
import space.halley.domain.RefusalReason;
import space.halley.domain.ReleaseTerms;
import space.halley.producer.Announcement;
import space.halley.producer.Mandate;
import space.halley.producer.Outcome;
import space.halley.producer.Publisher;
import space.halley.producer.label.LabelFiles;
import space.halley.producer.label.LabelReader;
import space.halley.producer.label.LabelReading;
import space.halley.schemas.Receipt;

/** Real labels of many agencies, through the whole system. Skipped where the collection is not beside the checkout. */
@SuppressWarnings("NullAway.Init")
final class CorpusTest {
    private static final Path SHARED = WholeSystem.ROOT.resolve("..").resolve("shared");
    private static final Mandate MANDATE = new Mandate("corpus test", "to be found again");
    private static final LabelReader READER = new LabelReader();

    @TempDir
    Path folder;

    private WholeSystem system;
    private final Map<String, Publisher> publishers = new TreeMap<>();

    /** A system for every test: the collections hold the same versions with different content. */
    @BeforeEach
    void open() throws Exception {
        assumeTrue(
                Files.isRegularFile(SHARED.resolve("labels/INDEX.tsv")),
                "skipped: the collection of real labels is not beside the checkout");
        system = new WholeSystem(folder);
        for (var agency : system.agencies.all()) {
            publishers.put(agency.id().value(), system.publisher(agency.id().value()));
        }
    }

    @AfterEach
    void close() {
        publishers.values().forEach(Publisher::close);
        if (system != null) {
            system.close();
        }
    }

    @Test
    void findsEveryValidLabelAgainByIdentifierMissionAndTarget() throws Exception {
        var products = new ArrayList<ProductDescription>();
        for (var label : validLabels()) {
            assertThat(READER.read(label)).as(label.toString()).isInstanceOf(LabelReading.Read.class);
            products.add(((LabelReading.Read) READER.read(label)).product());
        }

        var refused = publish(products);

        // The collection holds a few versions twice with different content; only the first can be public.
        assertThat(refused.values()).allMatch(reason -> reason == RefusalReason.CONTENT_CONFLICT);
        assertThat(refused.keySet()).allSatisfy(id -> assertThat(products.stream()
                        .filter(product -> product.id().toString().equals(id))
                        .map(ProductDescription::contentHash)
                        .distinct())
                .hasSizeGreaterThan(1));
        var missing = new ArrayList<String>();
        for (var product : products) {
            var id = product.id().toString();
            var path = "/v1/products/" + WholeSystem.encoded(id);
            await().atMost(WholeSystem.PATIENCE).until(() -> system.get(path).statusCode() == 200);
            if (refused.containsKey(id)) {
                // Public is the content that came first, which may name other missions and targets.
                continue;
            }
            for (var role : List.of(ContextReference.Role.INVESTIGATION, ContextReference.Role.TARGET)) {
                var parameter = role == ContextReference.Role.INVESTIGATION ? "mission" : "target";
                for (var reference : product.context(role).toList()) {
                    if (!finds(parameter, reference.name(), product)) {
                        missing.add(id + " by " + parameter + " " + reference.name());
                    }
                    var lid = reference.lid();
                    if (lid != null && !finds(parameter, lid.value(), product)) {
                        missing.add(id + " by " + parameter + " " + lid);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void refusesBadLabelsAndLetsTheirGoodNeighboursThrough() throws Exception {
        var bad = LabelFiles.find(List.of(SHARED.resolve("labels-bad"))).labels();
        var readings = bad.stream().map(READER::read).toList();
        assertThat(readings).anyMatch(reading -> reading instanceof LabelReading.Refused);
        var readable = readings.stream()
                .filter(reading -> reading instanceof LabelReading.Read)
                .map(reading -> ((LabelReading.Read) reading).product())
                .collect(Collectors.toCollection(ArrayList::new));
        var neighbour = space.halley.testkit.Samples.aProduct("urn:nasa:pds:halley_test:data:neighbour", "1.0");
        readable.add(readable.size() / 2, neighbour);

        publish(readable);

        var path = "/v1/products/" + WholeSystem.encoded(neighbour.id().toString());
        await().atMost(WholeSystem.PATIENCE).until(() -> system.get(path).statusCode() == 200);
    }

    @Test
    void servesIdentifiersWithApostrophesAndPlusSigns() throws Exception {
        for (var odd : List.of(
                "urn:nasa:pds:context:target:star.bd+36_2593",
                "urn:nasa:pds:context:facility:observatory.valle_d'aosta",
                "urn:nasa:pds:context:target:comet.c_1995_o1_(hale-bopp)")) {
            var product = space.halley.testkit.Samples.aProduct(odd, "1.0", "Odd " + odd);
            publish(List.of(product));
            var path = "/v1/products/" + WholeSystem.encoded(odd + "::1.0");
            await().atMost(WholeSystem.PATIENCE).until(() -> system.get(path).statusCode() == 200);
            assertThat(system.json(path).findValuesAsText("lid")).contains(odd);
            assertThat(system.json("/v1/products?lid=" + WholeSystem.encoded(odd))
                            .toString())
                    .contains(odd);
        }
    }

    @Test
    void servesEveryQuirkyLabelOfTheCollection() throws Exception {
        var products = LabelFiles.find(List.of(SHARED.resolve("labels-quirky"))).labels().stream()
                .map(READER::read)
                .filter(reading -> reading instanceof LabelReading.Read)
                .map(reading -> ((LabelReading.Read) reading).product())
                .toList();
        assertThat(products).hasSizeGreaterThan(5);

        var refused = publish(products);

        assertThat(refused).isEmpty();
        for (var product : products) {
            var path = "/v1/products/" + WholeSystem.encoded(product.id().toString());
            await().atMost(WholeSystem.PATIENCE).until(() -> system.get(path).statusCode() == 200);
            assertThat(finds("q", product.id().lid().value(), product)).as(path).isTrue();
        }
    }

    /** Publishes at once what the namespaces' owners may say; returns what was refused. */
    private Map<String, RefusalReason> publish(List<ProductDescription> products) {
        var outcomes = new ArrayList<CompletableFuture<Outcome>>();
        for (var product : products) {
            system.agencies.all().stream()
                    .filter(agency -> agency.owns(product.id().lid()))
                    .findFirst()
                    .ifPresent(agency -> outcomes.add(Objects.requireNonNull(
                                    publishers.get(agency.id().value()))
                            .announce(Announcement.of(product, new ReleaseTerms.AtOnce(), Existence.HIDDEN), MANDATE)));
        }
        var refused = new TreeMap<String, RefusalReason>();
        for (var outcome : outcomes) {
            var answered = (Outcome.Answered) outcome.join();
            if (answered.receipt().answer() instanceof Receipt.Refused no) {
                refused.put(answered.id().toString(), no.reason());
            }
        }
        return refused;
    }

    private boolean finds(String parameter, String value, ProductDescription product)
            throws IOException, InterruptedException {
        var found = system.json("/v1/products?" + parameter + "=" + WholeSystem.encoded(value) + "&lid="
                + WholeSystem.encoded(product.id().lid().value()));
        return found.toString().contains("\"" + product.id() + "\"");
    }

    private static List<Path> validLabels() throws IOException {
        var labels = SHARED.resolve("labels");
        try (var rows = Files.lines(labels.resolve("INDEX.tsv"))) {
            return rows.map(row -> row.split("\t", -1))
                    .filter(columns -> columns[8].equals("ok"))
                    .map(columns -> labels.resolve(columns[0]))
                    .toList();
        }
    }
}
