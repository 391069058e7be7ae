package space.halley.schemas;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContextReference;
import space.halley.schemas.avro.ContextFields;

/**
 * The context references that a thread read last, as bytes, fields and values. Products that follow each other are mostly of one series, with
 * the same mission, instrument and target; the same bytes are then the same references, and are not read and checked again.
 * Each thread has its own.
 */
final class LastContext {
    /** A thread does not keep more than this. */
    private static final int KEPT_BYTES = 16 << 10;

    private static final ThreadLocal<LastContext> OF_THREAD = ThreadLocal.withInitial(LastContext::new);

    private byte @Nullable [] bytes;
    private @Nullable List<ContextFields> fields;
    private @Nullable List<ContextReference> references;

    private LastContext() {}

    /** The list that comes next: the last one if its bytes are the same, which must not be changed, or else what {@code read} makes of it. */
    static List<ContextFields> read(BinaryInput in, Function<BinaryInput, List<ContextFields>> read) {
        var last = OF_THREAD.get();
        if (last.fields != null && last.bytes != null && in.skip(last.bytes)) {
            return last.fields;
        }
        var from = in.position();
        var fields = read.apply(in);
        if (in.position() - from <= KEPT_BYTES) {
            last.bytes = in.since(from);
            last.fields = fields;
            last.references = null;
        }
        return fields;
    }

    /** What the fields say: as it was found before if it is the very same list. */
    @SuppressWarnings("ReferenceEquality") // comparing the content would take as long as reading it
    static List<ContextReference> references(
            List<ContextFields> fields, Function<List<ContextFields>, List<ContextReference>> make) {
        var last = OF_THREAD.get();
        if (last.fields != fields) {
            return make.apply(fields);
        }
        var known = last.references;
        if (known == null) {
            // Immutable, so that every description may share it.
            known = List.copyOf(make.apply(fields));
            last.references = known;
        }
        return known;
    }
}
