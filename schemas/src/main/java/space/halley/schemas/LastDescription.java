package space.halley.schemas;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ProductDescription;
import space.halley.schemas.avro.ProductFields;

/**
 * The description that a thread wrote last, or passed over last in its own store, as fields and as bytes. A decision puts the
 * same description into two records (state and catalogue, or public log and catalogue) and it is the largest part of both, so it
 * is made once; and not at all if it comes out of the store, as it does at a release. Each thread has its own.
 */
final class LastDescription {
    /** A thread does not keep the bytes of one description that was larger than this, nor of a record that it came out of. */
    private static final int KEPT_BYTES = 64 << 10;

    private static final ThreadLocal<LastDescription> OF_THREAD = ThreadLocal.withInitial(LastDescription::new);

    private @Nullable ProductDescription description;
    private @Nullable ProductFields fields;
    private byte @Nullable [] bytes;

    private LastDescription() {}

    /** Writes fields to an encoder. */
    @FunctionalInterface
    interface Writer {
        void write(ProductFields fields, BinaryOutput out);
    }

    /** Notes which description stands for fields that nobody has read yet. */
    static void unread(UnreadProduct fields, ProductDescription description) {
        if (fields.recordBytes() > KEPT_BYTES) {
            OF_THREAD.remove();
            return;
        }
        var last = OF_THREAD.get();
        last.description = description;
        last.fields = fields;
        last.bytes = null;
    }

    /** The description's fields: those made before if it is the very same object. They must not be changed. */
    @SuppressWarnings("ReferenceEquality") // comparing the content would take longer than writing it
    static ProductFields fields(ProductDescription description, Function<ProductDescription, ProductFields> make) {
        var last = OF_THREAD.get();
        var known = last.fields;
        if (known != null && last.description == description) {
            return known;
        }
        var made = make.apply(description);
        last.description = description;
        last.fields = made;
        last.bytes = null;
        return made;
    }

    /** Writes the fields: the bytes made before if they are the very same object. */
    @SuppressWarnings("ReferenceEquality") // as above
    static void write(ProductFields fields, BinaryOutput out, Writer writer) {
        var last = OF_THREAD.get();
        if (last.fields != fields) {
            writer.write(fields, out);
            return;
        }
        var known = last.bytes;
        if (known != null) {
            out.writeRaw(known);
            return;
        }
        var from = out.position();
        writer.write(fields, out);
        if (out.position() - from > KEPT_BYTES) {
            OF_THREAD.remove();
        } else {
            last.bytes = out.since(from);
        }
    }
}
