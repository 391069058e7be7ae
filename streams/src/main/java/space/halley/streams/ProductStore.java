package space.halley.streams;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Lid;
import space.halley.domain.Product;
import space.halley.schemas.RecordCodec;

/** The products of one partition. Used by the stream thread alone. */
final class ProductStore {
    /** Before every identifier. */
    private static final Bytes FIRST = Bytes.wrap(new byte[] {0});

    private final KeyValueStore<Bytes, byte[]> store;
    private final RecordCodec<Product> codec;

    ProductStore(KeyValueStore<Bytes, byte[]> store, RecordCodec<Product> codec) {
        this.store = store;
        this.codec = codec;
    }

    Product get(Lid lid) {
        var bytes = store.get(key(lid));
        return bytes == null ? Product.unknown(lid) : codec.decodeOwn(bytes);
    }

    void put(Product product, byte[] encoded) {
        store.put(key(product.lid()), encoded);
    }

    /**
     * Visits all products in the order of their keys, beginning behind {@code after}.
     *
     * @param visit may change the product in the store; returns false to be asked no more
     * @return the last key visited if the visit was ended, null if no product is left
     */
    @Nullable
    Bytes visit(@Nullable Bytes after, Predicate<Product> visit) {
        var last = after;
        try (var all = store.range(after, null)) {
            while (all.hasNext()) {
                var entry = all.next();
                if (entry.key.equals(after)) {
                    continue;
                }
                if (!visit.test(codec.decodeOwn(entry.value))) {
                    return last == null ? FIRST : last;
                }
                last = entry.key;
            }
        }
        return null;
    }

    private static Bytes key(Lid lid) {
        return Bytes.wrap(lid.value().getBytes(StandardCharsets.UTF_8));
    }
}
