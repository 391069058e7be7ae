package space.halley.streams;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import space.halley.domain.Lid;
import space.halley.domain.Product;
import space.halley.schemas.RecordCodec;

/** The products of one partition. Used by the stream thread alone. */
final class ProductStore {
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

    private static Bytes key(Lid lid) {
        return Bytes.wrap(lid.value().getBytes(StandardCharsets.UTF_8));
    }
}
