package space.halley.schemas;

import java.time.Instant;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import space.halley.schemas.avro.ProductFields;

/**
 * Writes the records of one generated class. The bytes are those of Avro's own writer; but what a field needs is found
 * once for the schema and not again for every record, as Avro's writer does and, since version 1.9, its reader no longer.
 * Encoding is the largest part of a lane's work, and this takes less than half of the time. Safe for use by several
 * threads.
 */
final class RecordWriter {
    private final Step step;

    /** How values of one schema are written. */
    @FunctionalInterface
    private interface Step {
        void write(Object value, BinaryOutput out);
    }

    /**
     * @throws IllegalArgumentException if the schema has something that no schema of Halley has: its writer has to be
     *     taught that first
     */
    RecordWriter(Schema schema) {
        this.step = step(schema);
    }

    void write(SpecificRecord value, BinaryOutput out) {
        step.write(value, out);
    }

    private static Step step(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> ofRecord(schema);
            case ARRAY -> ofArray(schema);
            case UNION -> ofOptional(schema);
            case STRING -> (value, out) -> out.writeString((String) value);
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? (value, out) -> out.writeNumber(((Instant) value).toEpochMilli())
                        : (value, out) -> out.writeNumber((Long) value);
            case INT -> (value, out) -> out.writeNumber((Integer) value);
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case ENUM -> (value, out) -> out.writeNumber(ordinal(value));
            default -> throw new IllegalArgumentException("no writer for " + schema);
        };
    }

    @SuppressWarnings("EnumOrdinal") // Avro generates the constants in the order of the schema, which numbers them
    private static int ordinal(Object constant) {
        return ((Enum<?>) constant).ordinal();
    }

    private static Step ofRecord(Schema schema) {
        var steps =
                schema.getFields().stream().map(field -> step(field.schema())).toArray(Step[]::new);
        Step whole = (value, out) -> {
            var fields = (SpecificRecord) value;
            for (var position = 0; position < steps.length; position++) {
                steps[position].write(fields.get(position), out);
            }
        };
        return schema.getFullName().equals(ProductFields.class.getName()) ? ofProduct(whole) : whole;
    }

    private static Step ofProduct(Step whole) {
        return (value, out) -> {
            if (value instanceof UnreadProduct unread) {
                unread.write(out);
            } else {
                LastDescription.write((ProductFields) value, out, whole::write);
            }
        };
    }

    private static Step ofArray(Schema schema) {
        var step = step(schema.getElementType());
        return (value, out) -> {
            var items = (List<?>) value;
            if (!items.isEmpty()) {
                out.writeNumber(items.size());
                for (var item : items) {
                    step.write(item, out);
                }
            }
            out.writeNumber(0);
        };
    }

    private static Step ofOptional(Schema schema) {
        var branches = schema.getTypes();
        if (branches.size() != 2 || branches.getFirst().getType() != Schema.Type.NULL) {
            throw new IllegalArgumentException("no writer for a union other than of null and one more: " + schema);
        }
        var step = step(branches.getLast());
        return (@Nullable Object value, BinaryOutput out) -> {
            if (value == null) {
                out.writeNumber(0);
            } else {
                out.writeNumber(1);
                step.write(value, out);
            }
        };
    }
}
