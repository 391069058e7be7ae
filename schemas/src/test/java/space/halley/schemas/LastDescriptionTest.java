package space.halley.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import space.halley.domain.AgencyId;
import space.halley.domain.Product;
import space.halley.domain.ProductDescription;
import space.halley.domain.VersionState;

/** A description that comes out of the store is written on as it would be written anew, and every other one as it is. */
class LastDescriptionTest {
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
        bytes[5 + Math.floorMod(place, bytes.length - 5)] ^= (byte) 0x80;

        try {
            var read = (Product) store.decodeOwn(bytes);
            descriptions(read).forEach(ProductDescription::title);
        } catch (IllegalStateException e) {
            assertThat(e)
                    .hasMessageMatching("a (record of ours|description in the store) .*cannot be read.*")
                    .hasNoCause();
        }
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
