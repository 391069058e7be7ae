package space.halley.schemas;

import java.util.Objects;
import java.util.function.Function;
import space.halley.schemas.avro.ProductFields;

/**
 * The fields of a description that stands in bytes of the lane's own store: they are read only if somebody asks, and
 * written again as they are. None of them is here; {@link ValueFields#product} is the way to them.
 */
final class UnreadProduct extends ProductFields {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private final transient int from;
    private final transient int to;
    private final transient Function<BinaryInput, ProductFields> reader;

    /**
     * @param bytes never changed by anybody
     * @param from where the fields begin
     * @param to where they end
     */
    UnreadProduct(byte[] bytes, int from, int to, Function<BinaryInput, ProductFields> reader) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.reader = reader;
    }

    /**
     * The fields.
     *
     * @throws RuntimeException of some kind if the bytes are damaged
     */
    ProductFields read() {
        return Objects.requireNonNull(reader.apply(new BinaryInput(bytes, from)));
    }

    /** Writes the bytes, which are those that {@link RecordWriter} would make of the fields. */
    void write(BinaryOutput out) {
        out.writeRaw(bytes, from, to);
    }

    /** How many bytes this keeps in memory: the whole record's. */
    int recordBytes() {
        return bytes.length;
    }

    @Override
    public Object get(int field) {
        throw new IllegalStateException("the fields have not been read");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
