package space.halley.streams;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
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

    boolean isEmpty() {
        try (var all = store.all()) {
            return !all.hasNext();
        }
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

    /** A way to read many products whose identifiers ascend, as those that are due at one instant do. To be closed soon. */
    Ascending ascending() {
        return new Ascending();
    }

    /**
     * Reads products one after the other. While they are neighbours in the store it walks from one to the next, which takes
     * less than half the time of finding each. What it walks over is as it was when the walk began, so until it is closed nobody may
     * change a product that lies behind the one read last.
     */
    final class Ascending implements AutoCloseable {
        /** A walk is given up after so many products that nobody asked for. */
        private static final int STEPS = 4;
        /** And begun again after so many that had to be found. */
        private static final int FOUND = 64;

        private @Nullable KeyValueIterator<Bytes, byte[]> walk;
        private @Nullable Bytes last;
        private int toFind;

        Product get(Lid lid) {
            var key = key(lid);
            var back = last != null && key.compareTo(last) <= 0;
            last = key;
            if (back) {
                close();
            }
            if (walk == null) {
                if (toFind > 0) {
                    toFind--;
                    return ProductStore.this.get(lid);
                }
                walk = store.range(key, null);
            }
            for (var step = 0; step < STEPS && walk.hasNext(); step++) {
                var order = walk.peekNextKey().compareTo(key);
                if (order == 0) {
                    return codec.decodeOwn(walk.next().value);
                }
                if (order > 0) {
                    return Product.unknown(lid);
                }
                walk.next();
            }
            close();
            toFind = FOUND;
            return ProductStore.this.get(lid);
        }

        @Override
        public void close() {
            if (walk != null) {
                walk.close();
                walk = null;
            }
        }
    }

    private static Bytes key(Lid lid) {
        return Bytes.wrap(lid.value().getBytes(StandardCharsets.UTF_8));
    }
}
