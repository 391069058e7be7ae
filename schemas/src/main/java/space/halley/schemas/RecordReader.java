package space.halley.schemas;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import space.halley.schemas.avro.ContextFields;
import space.halley.schemas.avro.ProductFields;

/**
 * Reads records that were written with the very schema of a generated class; records of other versions are left to Avro's
 * own reader, which resolves the differences. What a field needs is found once for the schema, as in {@link RecordWriter}.
 * Safe for use by several threads.
 */
final class RecordReader {
    private final Step step;
    private final boolean own;

    /** How values of one schema are read. */
    @FunctionalInterface
    private interface Step {
        @Nullable
        Object read(BinaryInput in);
    }

    /**
     * @param own whether {@link RecordWriter} alone wrote what is read, so that descriptions need not be read and may be
     *     written again as they are
     * @throws IllegalArgumentException if the schema has something that no schema of Halley has: its reader has to be
     *     taught that first
     */
    RecordReader(Schema schema, boolean own) {
        this.own = own;
        this.step = step(schema);
    }

    /**
     * The record that comes next.
     *
     * @throws RuntimeException of some kind if there is none
     */
    SpecificRecord read(BinaryInput in) {
        return (SpecificRecord) Objects.requireNonNull(step.read(in));
    }

    private Step step(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> ofRecord(schema);
            case ARRAY -> ofArray(schema);
            case UNION -> ofOptional(schema);
            case STRING -> BinaryInput::readString;
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? in -> Instant.ofEpochMilli(in.readLong())
                        : BinaryInput::readLong;
            case INT -> BinaryInput::readInt;
            case BOOLEAN -> BinaryInput::readBoolean;
            case ENUM -> {
                var constants = SpecificData.get().getClass(schema).getEnumConstants();
                yield in -> constants[in.readInt()];
            }
            default -> throw new IllegalArgumentException("no reader for " + schema);
        };
    }

    private Step ofRecord(Schema schema) {
        var steps =
                schema.getFields().stream().map(field -> step(field.schema())).toArray(Step[]::new);
        var maker = maker(schema);
        Step whole = in -> {
            var fields = maker.get();
            for (var position = 0; position < steps.length; position++) {
                fields.put(position, steps[position].read(in));
            }
            return fields;
        };
        return own && schema.getFullName().equals(ProductFields.class.getName()) ? unread(schema, whole) : whole;
    }

    private static Step unread(Schema schema, Step whole) {
        var skipper = new RecordSkipper(schema);
        return in -> {
            var from = in.position();
            skipper.skip(in);
            return new UnreadProduct(in.bytes(), from, in.position(), later ->
                    (ProductFields) Objects.requireNonNull(whole.read(later)));
        };
    }

    /** Calls the generated class's constructor as if it stood here: reflection took a sixth of all reading. */
    @SuppressWarnings("unchecked") // every generated class is a record of Avro's
    private static Supplier<SpecificRecord> maker(Schema schema) {
        Class<?> generated = SpecificData.get().getClass(schema);
        var lookup = MethodHandles.lookup();
        try {
            var constructor = lookup.findConstructor(generated, MethodType.methodType(void.class));
            return (Supplier<SpecificRecord>) LambdaMetafactory.metafactory(
                            lookup,
                            "get",
                            MethodType.methodType(Supplier.class),
                            MethodType.methodType(Object.class),
                            constructor,
                            MethodType.methodType(generated))
                    .getTarget()
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalArgumentException("no class was generated of " + schema.getFullName(), e);
        }
    }

    private Step ofArray(Schema schema) {
        var step = step(schema.getElementType());
        Step whole = in -> {
            var items = new ArrayList<@Nullable Object>();
            for (var count = in.readCount(); count > 0; count = in.readCount()) {
                for (var item = 0; item < count; item++) {
                    items.add(step.read(in));
                }
            }
            return items;
        };
        return isContext(schema.getElementType()) ? remembered(whole) : whole;
    }

    private static boolean isContext(Schema schema) {
        return schema.getType() == Schema.Type.RECORD && schema.getFullName().equals(ContextFields.class.getName());
    }

    @SuppressWarnings("unchecked") // the schema says what the items are
    private static Step remembered(Step step) {
        return in -> LastContext.read(in, list -> (List<ContextFields>) Objects.requireNonNull(step.read(list)));
    }

    private Step ofOptional(Schema schema) {
        var branches = schema.getTypes();
        if (branches.size() != 2 || branches.getFirst().getType() != Schema.Type.NULL) {
            throw new IllegalArgumentException("no reader for a union other than of null and one more: " + schema);
        }
        var step = step(branches.getLast());
        return in -> switch (in.readInt()) {
            case 0 -> null;
            case 1 -> step.read(in);
            default -> throw new IllegalArgumentException("a branch that the union does not have");
        };
    }
}
