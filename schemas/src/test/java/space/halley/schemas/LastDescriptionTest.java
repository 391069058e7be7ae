package space.halley.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Cause;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.DataFile;
import space.halley.domain.Embargo;
import space.halley.domain.Existence;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.Namespace;
import space.halley.domain.Product;
import space.halley.domain.ProductDescription;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.VersionState;
import space.halley.domain.Vid;

/** A description that comes out of the store is written on as it would be written anew, and every other one as it is. */
class LastDescriptionTest {
    private static final int HEADER = 5;
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

    private final RecordCodec<Object> store = Envelope.PRODUCT_STATE.codec();
    private final RecordCodec<Object> catalogue = Envelope.CATALOGUE.codec();

    @Property(tries = 1_000)
    void itIsWrittenAsItWouldBeAnew(@ForAll long seed, @ForAll long other) {
        var said = (Product) Envelope.PRODUCT_STATE.value(seed);
        var expected = descriptions(said).stream().map(this::written).toList();
        var bytes = store.encode(said);
        // Of another thing, so that nothing of what was said is the last one.
        store.encode(Envelope.PRODUCT_STATE.value(other));

        var read = (Product) store.decodeOwn(bytes);

        assertThat(descriptions(read).stream().map(this::written).toList())
                .usingRecursiveComparison()
                .isEqualTo(expected);
        assertThat(store.encode(read)).isEqualTo(bytes);
    }

    @Property(tries = 1_000)
    void whatWasReadHidesNothingThatIsWrittenLater(@ForAll long seed, @ForAll long other) {
        var later = (Product) Envelope.PRODUCT_STATE.value(other);

        store.decodeOwn(store.encode(Envelope.PRODUCT_STATE.value(seed)));
        var bytes = store.encode(later);

        assertThat(store.decodeOwn(bytes)).isEqualTo(later);
    }

    @Property(tries = 1_000)
    void itIsTheSameWhetherItIsReadBeforeOrAfterItIsWritten(@ForAll long seed, @ForAll boolean readFirst) {
        var said = (Product) Envelope.PRODUCT_STATE.value(seed);
        var bytes = store.encode(said);

        var stored = (Product) store.decodeOwn(bytes);
        if (readFirst) {
            assertThat(descriptions(stored)).isEqualTo(descriptions(said));
        }

        assertThat(store.encode(stored)).isEqualTo(bytes);
        assertThat(stored).isEqualTo(said).hasSameHashCodeAs(said).hasToString(said.toString());
    }

    @Property(tries = 1_000)
    void damageIsNoticedByWhoeverReadsItAndItsTextIsNotShown(@ForAll long seed, @ForAll int place) {
        var bytes = store.encode(Envelope.PRODUCT_STATE.value(seed));
        // Behind the header, whose damage would make it a record of another schema.
        bytes[HEADER + Math.floorMod(place, bytes.length - HEADER)] ^= (byte) 0x80;

        try {
            var read = (Product) store.decodeOwn(bytes);
            descriptions(read).forEach(ProductDescription::title);
        } catch (IllegalStateException e) {
            assertThat(e)
                    .hasMessageMatching(
                            "a (record of ours|description in the store) is damaged and cannot be read \\(\\w+\\)")
                    .hasNoCause();
        }
    }

    @Test
    void nobodyReadsItToPassItOn() {
        var said = held("TITLE", 1);
        var bytes = store.encode(said);
        // A text that no description may have.
        var at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("TITLE");
        Arrays.fill(bytes, at, at + "TITLE".length(), (byte) ' ');

        var stored = (Product) store.decodeOwn(bytes);
        var description = descriptions(stored).getFirst();

        assertThat(store.encode(stored)).isEqualTo(bytes);
        assertThat(new String(written(description), StandardCharsets.UTF_8)).contains("     ");
        assertThatThrownBy(description::title)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a description in the store is damaged and cannot be read (InvalidValueException)");
    }

    @Test
    void aLargeOneIsWrittenAsItWas() {
        var large = store.encode(held("large", 10_000));

        assertThat(large).hasSizeGreaterThan(64 << 10);
        assertThat(store.encode(store.decodeOwn(large))).isEqualTo(large);
    }

    private static Product held(String title, int files) {
        var some = new ProductDescription(
                new Lidvid(new Lid("urn:nasa:pds:bundle:data:p1"), new Vid(1, 0)),
                "Product_Observational",
                title,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                new ProductDescription.Label("p1.xml", 1, ContentHash.of("label")),
                IntStream.range(0, files)
                        .mapToObj(i -> new DataFile("data-" + i, (long) i, null))
                        .toList());
        var announce = new Command.Announce(
                new Command.Statement("c", "pipeline", ""),
                some,
                new ReleaseTerms.FixedDate(NOW.plusSeconds(60)),
                Existence.HIDDEN,
                null);
        return new Embargo(new Agency(new AgencyId("nasa"), "NASA", List.of(new Namespace("urn:nasa:pds:"))))
                .decide(Product.unknown(some.id().lid()), announce, new Cause(0, 0, NOW, NOW), Optional.empty())
                .after();
    }

    private static List<ProductDescription> descriptions(Product product) {
        return product.versions().stream()
                .map(Product.Version::state)
                .filter(VersionState.Held.class::isInstance)
                .map(state -> ((VersionState.Held) state).product())
                .toList();
    }

    private byte[] written(ProductDescription description) {
        return catalogue.encode(new CatalogueRecord(
                new AgencyId("nasa"), description.id(), "PUBLIC", null, "", 1, Instant.EPOCH, description));
    }
}
