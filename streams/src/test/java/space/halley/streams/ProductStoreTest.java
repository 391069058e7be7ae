package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import space.halley.domain.Lid;
import space.halley.domain.Product;
import space.halley.schemas.Codecs;
import space.halley.testkit.FakeSchemas;

final class ProductStoreTest {
    private static final int READS = 200;

    private final Codecs codecs = Codecs.over(new FakeSchemas());

    /** Dense and sparse, known and unknown, once and again, with what was read last changed: it is what single reads find. */
    @Property(tries = 200)
    void readingInOrderFindsWhatSingleReadsFind(@ForAll long seed) {
        var random = new Random(seed);
        var store = new ProductStore(opened(), codecs.products());
        var expected = new HashMap<Integer, Product>();
        for (var number = 0; number < 500; number++) {
            if (random.nextInt(10) > 0) {
                put(store, expected, number, random.nextInt());
            }
        }
        try (var ascending = store.ascending()) {
            var number = 0;
            var widest = 1 + random.nextInt(20);
            for (var read = 0; read < READS; read++) {
                number = random.nextInt(50) == 0 ? random.nextInt(500) : number + random.nextInt(widest);

                assertThat(ascending.get(lid(number)))
                        .as("seed %s, product %s", seed, number)
                        .isEqualTo(expected.getOrDefault(number, Product.unknown(lid(number))));

                if (random.nextBoolean()) {
                    put(store, expected, number, random.nextInt());
                }
            }
        }
    }

    private void put(ProductStore store, Map<Integer, Product> expected, int number, int revision) {
        var product = new Product(lid(number), revision, List.of());
        store.put(product, codecs.products().encode(product));
        expected.put(number, product);
    }

    private static Lid lid(int number) {
        return new Lid("urn:nasa:pds:bundle:data:image_%05d".formatted(number));
    }

    private static KeyValueStore<Bytes, byte[]> opened() {
        var store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("products"), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        var context = new MockProcessorContext<Void, Void>();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
