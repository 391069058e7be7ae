package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.Period;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static final ContentHash HASH = ContentHash.of("x");
    private static final ProductDescription.Label LABEL = new ProductDescription.Label("label.xml", 1, HASH);

    @Test
    void hashesAreThoseOfEveryoneElse() {
        assertThat(ContentHash.of("abc"))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        for (var wrong : List.of(
                "", "ab", HASH.sha256().toUpperCase(java.util.Locale.ROOT), HASH.sha256() + "0", "g".repeat(64))) {
            refused("sha256", () -> new ContentHash(wrong));
        }
    }

    @Test
    void filesHaveANameASizeAndAChecksum() {
        assertThat(new DataFile("a.img", 0L, "ABCDEF0123456789ABCDEF0123456789").md5())
                .isEqualTo("abcdef0123456789abcdef0123456789");
        assertThat(new DataFile("x".repeat(500), null, null).name()).hasSize(500);
        refused("file_name", () -> new DataFile("x".repeat(501), null, null));
        refused("file_name", () -> new DataFile(" ", null, null));
        refused("file_size", () -> new DataFile("a", -1L, null));
        refused("md5_checksum", () -> new DataFile("a", 1L, "abc"));
        refused("md5_checksum", () -> new DataFile("a", 1L, ""));
    }

    @Test
    void statementsAreBounded() {
        assertThat(new Command.Statement("c".repeat(100), "a".repeat(200), "r".repeat(2_000)).reason())
                .hasSize(2_000);
        assertThat(new Command.Statement("c", "a", "  why \n").reason()).isEqualTo("why");
        assertThat(new Command.Statement("c", "a", " ".repeat(5_000)).reason()).isEmpty();
        refused("command_id", () -> new Command.Statement("", "a", ""));
        refused("command_id", () -> new Command.Statement("c".repeat(101), "a", ""));
        refused("author", () -> new Command.Statement("c", "\t", ""));
        refused("author", () -> new Command.Statement("c", "a".repeat(201), ""));
        refused("reason", () -> new Command.Statement("c", "a", "r".repeat(2_001)));
    }

    @Test
    void labelsAreBounded() {
        assertThat(new ProductDescription.Label("x".repeat(500), 0, HASH).size())
                .isZero();
        refused("label file name", () -> new ProductDescription.Label("", 1, HASH));
        refused("label file name", () -> new ProductDescription.Label("x".repeat(501), 1, HASH));
        refused("label size", () -> new ProductDescription.Label("a.xml", -1, HASH));
    }

    @Test
    void contextReferencesHaveAName() {
        refused("target name", () -> new ContextReference(ContextReference.Role.TARGET, " ", null));
        refused("host name", () -> new ContextReference(ContextReference.Role.HOST, "x".repeat(501), null));
    }

    @Test
    void descriptionsAreBounded() {
        refused("product_class", () -> described("", "t", null, null, List.of(), List.of(), null, List.of()));
        refused(
                "product_class",
                () -> described("c".repeat(101), "t", null, null, List.of(), List.of(), null, List.of()));
        refused("title", () -> described("c", "\n", null, null, List.of(), List.of(), null, List.of()));
        refused("title", () -> described("c", "t".repeat(2_001), null, null, List.of(), List.of(), null, List.of()));
        refused(
                "information_model_version",
                () -> described("c", "t", "m".repeat(51), null, List.of(), List.of(), null, List.of()));
        refused(
                "description",
                () -> described("c", "t", null, "d".repeat(20_001), List.of(), List.of(), null, List.of()));
        refused(
                "keywords",
                () -> described("c", "t", null, null, List.of(), Collections.nCopies(201, "k"), null, List.of()));
        refused("keyword", () -> described("c", "t", null, null, List.of(), List.of("ok", " "), null, List.of()));
        refused("keyword", () -> described("c", "t", null, null, List.of(), List.of("k".repeat(501)), null, List.of()));
        refused("doi", () -> described("c", "t", null, null, List.of(), List.of(), "d".repeat(301), List.of()));
        var mars = new ContextReference(ContextReference.Role.TARGET, "Mars", null);
        refused(
                "context references",
                () -> described("c", "t", null, null, Collections.nCopies(2_001, mars), List.of(), null, List.of()));
        var file = new DataFile("a", null, null);
        refused(
                "files",
                () -> described("c", "t", null, null, List.of(), List.of(), null, Collections.nCopies(10_001, file)));

        var largest = described(
                "c".repeat(100),
                "t".repeat(2_000),
                "m".repeat(50),
                "d".repeat(20_000),
                Collections.nCopies(2_000, mars),
                Collections.nCopies(200, "k".repeat(500)),
                "d".repeat(300),
                Collections.nCopies(10_000, file));
        assertThat(largest.files()).hasSize(10_000);
        assertThat(largest.context(ContextReference.Role.TARGET)).hasSize(2_000);
        assertThat(largest.context(ContextReference.Role.HOST)).isEmpty();
    }

    @Test
    void blankOptionalTextsAreNone() {
        var product = described("c", "t", " ", "\n", List.of(), List.of(), "", List.of());

        assertThat(product.modelVersion()).isNull();
        assertThat(product.description()).isNull();
        assertThat(product.doi()).isNull();
    }

    @Test
    void theContentIsTheLabelAndItsFiles() {
        var one = withFiles(new DataFile("a", 1L, null), new DataFile("b", null, null));

        assertThat(one.contentHash())
                .isEqualTo(withFiles(new DataFile("a", 1L, null), new DataFile("b", null, null))
                        .contentHash());
        assertThat(one.contentHash())
                .isNotEqualTo(withFiles(new DataFile("b", null, null), new DataFile("a", 1L, null))
                        .contentHash());
        assertThat(one.contentHash())
                .isNotEqualTo(withFiles(new DataFile("a", 2L, null), new DataFile("b", null, null))
                        .contentHash());
        assertThat(one.contentHash())
                .isNotEqualTo(withFiles(new DataFile("a", 1L, "0".repeat(32)), new DataFile("b", null, null))
                        .contentHash());
    }

    @Test
    void noFileNameCanMakeOneListOfFilesLookLikeAnother() {
        var two = withFiles(new DataFile("a", 1L, null), new DataFile("b", 2L, null));

        for (var separator : List.of("\n", "\t", " ")) {
            var name = "a" + separator + "1" + separator + "null" + "\n" + "b";
            assertThat(withFiles(new DataFile(name, 2L, null)).contentHash()).isNotEqualTo(two.contentHash());
        }
    }

    @Test
    void anExclusivePeriodNeverBeginsTooEarly() {
        assertThat(acquired(null, null).acquisitionEnd()).isNull();
        assertThat(acquired("2026-01-01T00:00:00Z", null).acquisitionEnd()).isNull();
        assertThat(acquired(null, "2026-01-01T00:00:00Z").acquisitionEnd()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(acquired("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z").acquisitionEnd())
                .isEqualTo("2026-01-02T00:00:00Z");
        assertThat(acquired(null, "2026-01-01T00:00:00.000000001Z").acquisitionEnd())
                .isEqualTo("2026-01-01T00:00:00.001Z");
    }

    @Test
    void instantsLieBetweenTheYears1And9999() {
        assertThat(new ReleaseTerms.FixedDate(Instant.parse("0001-01-01T00:00:00Z")).releaseAt())
                .isEqualTo("0001-01-01T00:00:00Z");
        assertThat(new ReleaseTerms.FixedDate(Instant.parse("9999-12-31T23:59:59.999Z")).releaseAt())
                .isEqualTo("9999-12-31T23:59:59.999Z");
        assertThat(new ReleaseTerms.FixedDate(Instant.parse("2026-01-01T00:00:00.0000001Z")).releaseAt())
                .isEqualTo("2026-01-01T00:00:00.001Z");
        refused("release_at", () -> new ReleaseTerms.FixedDate(Instant.parse("0000-12-31T23:59:59.999Z")));
        refused("release_at", () -> new ReleaseTerms.FixedDate(Instant.parse("9999-12-31T23:59:59.9990001Z")));
        refused("release_at", () -> new ReleaseTerms.FixedDate(Instant.MAX));
        refused("release_at", () -> new ReleaseTerms.FixedDate(Instant.MIN));
        refused(
                "archive_release_date",
                () -> new Command.Announce(
                        Fixtures.statement(),
                        Fixtures.product("1.0"),
                        Fixtures.atOnce(),
                        Existence.HIDDEN,
                        Instant.MAX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P-1D",
                "P1Y-1D",
                "-P1M",
                "P100Y1D",
                "P1201M",
                "P36526D",
                "P101Y",
                "P2147483647Y",
                "P2147483647M",
                "P2147483647D"
            })
    void refusesPeriodsThatAreNegativeOrLongerThanACentury(String period) {
        refused("exclusive_period", () -> Fixtures.sinceStop(period));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0D", "P6M", "P1Y2M3D", "P100Y", "P1200M", "P36525D"})
    void takesPeriodsUpToACentury(String period) {
        assertThat(Fixtures.sinceStop(period))
                .isEqualTo(new ReleaseTerms.ExclusivePeriod(Period.parse(period), ClockAnchor.ACQUISITION_STOP));
    }

    @Test
    void aWatermarkIsTheEarlierOfTwoClocks() {
        var noon = Fixtures.NOON;

        assertThat(new Cause(0, 1, noon, noon.plusMillis(1)).watermark()).isEqualTo(noon);
        assertThat(new Cause(0, 1, noon.plusMillis(1), noon).watermark()).isEqualTo(noon);
    }

    @Test
    void itsDeliveryIsTheLaterOne() {
        var noon = Fixtures.NOON;

        assertThat(new Cause(0, 1, noon, noon.plusMillis(1)).deliveredAt()).isEqualTo(noon.plusMillis(1));
        assertThat(new Cause(0, 1, noon.plusMillis(1), noon).deliveredAt()).isEqualTo(noon.plusMillis(1));
    }

    @Test
    void factsAreInstantsLikeAllOthers() {
        var at = Instant.parse("2026-01-01T00:00:00.0000001Z");
        var up = Instant.parse("2026-01-01T00:00:00.001Z");

        for (var kind : Facts.Kind.values()) {
            assertThat(Facts.NONE.with(kind, at).get(kind)).contains(up);
            assertThat(Fixtures.fact("1.0", kind, at).at()).isEqualTo(up);
            refused(kind.name().toLowerCase(java.util.Locale.ROOT), () -> Facts.NONE.with(kind, Instant.MAX));
        }
        refused("at", () -> Fixtures.fact("1.0", Facts.Kind.REVIEW, Instant.MIN));
        refused("reception", () -> Fixtures.announce(Fixtures.product("1.0"), Fixtures.atOnce(), Instant.MAX, false));
    }

    @Test
    void aFactTakesThePlaceOfAnEarlierOneOfItsKindAlone() {
        var one = Instant.parse("2026-01-01T00:00:00Z");
        var two = one.plusSeconds(1);

        for (var kind : Facts.Kind.values()) {
            var facts = new Facts(Optional.of(one), Optional.of(one), Optional.of(one)).with(kind, two);
            for (var other : Facts.Kind.values()) {
                assertThat(facts.get(other)).contains(other == kind ? two : one);
            }
        }
    }

    @Test
    void messagesShowOnlyTheBeginningAndNoControlCharacters() {
        assertThat(Texts.shown("a\u0007b" + "c".repeat(500)))
                .startsWith("a?bccc")
                .hasSizeLessThan(100);
        assertThat(Texts.shown("c".repeat(80))).isEqualTo("c".repeat(80));
        assertThat(Texts.shown("c".repeat(81))).isEqualTo("c".repeat(80) + "…");
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageStartingWith(field + ": ");
    }

    @Test
    void aDescriptionIsReadOnceAndOnlyIfSomebodyAsks() {
        var full = withFiles(new DataFile("a", 1L, null));
        var reads = new AtomicInteger();
        var unread = ProductDescription.unread(full.id(), () -> {
            reads.incrementAndGet();
            return full;
        });

        assertThat(unread.id()).isEqualTo(full.id());
        assertThat(List.of(unread)).contains(unread);
        assertThat(unread).isNotEqualTo("text");
        assertThat(ProductDescription.unread(Fixtures.id("2.0"), () -> full)).isNotEqualTo(full);
        assertThat(reads).hasValue(0);
        assertThat(unread).isEqualTo(full).hasSameHashCodeAs(full).hasToString(full.toString());
        assertThat(full).isEqualTo(unread).isNotEqualTo(withFiles());
        assertThat(full.toString()).contains(full.id().toString(), "productClass=c");
        assertThat(full.hashCode()).isNotEqualTo(withFiles().hashCode());
        assertThat(unread.contentHash()).isEqualTo(full.contentHash());
        assertThat(unread.title()).isEqualTo("t");
        assertThat(described("c", "t", null, null, List.of(), List.of("ice"), null, List.of())
                        .keywords())
                .containsExactly("ice");
        assertThat(reads).hasValue(1);
    }

    private static ProductDescription described(
            String productClass,
            String title,
            @Nullable String model,
            @Nullable String description,
            List<ContextReference> context,
            List<String> keywords,
            @Nullable String doi,
            List<DataFile> files) {
        return new ProductDescription(
                Fixtures.id("1.0"),
                productClass,
                title,
                model,
                description,
                null,
                null,
                null,
                context,
                keywords,
                doi,
                LABEL,
                files);
    }

    private static ProductDescription withFiles(DataFile... files) {
        return described("c", "t", null, null, List.of(), List.of(), null, List.of(files));
    }

    private static ProductDescription acquired(@Nullable String start, @Nullable String stop) {
        return new ProductDescription(
                Fixtures.id("1.0"),
                "c",
                "t",
                null,
                null,
                null,
                start == null ? null : Instant.parse(start),
                stop == null ? null : Instant.parse(stop),
                List.of(),
                List.of(),
                null,
                LABEL,
                List.of());
    }
}
