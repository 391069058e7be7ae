package space.halley.schemas;

import org.apache.avro.Schema;

/** Passes over the records of one schema without making anything of them. Safe for use by several threads. */
final class RecordSkipper {
    private final Step step;

    /** How values of one schema are passed over. */
    @FunctionalInterface
    private interface Step {
        void skip(BinaryInput in);
    }

    /** @throws IllegalArgumentException if the schema has something that no schema of Halley has */
    RecordSkipper(Schema schema) {
        this.step = step(schema);
    }

    /**
     * Passes over the record that comes next.
     *
     * @throws RuntimeException of some kind if there is none; not for everything that its reader would not read
     */
    void skip(BinaryInput in) {
        step.skip(in);
    }

    private static Step step(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> ofRecord(schema);
            case ARRAY -> ofArray(schema);
            case UNION -> ofOptional(schema);
            case STRING -> BinaryInput::skipString;
            case LONG, INT, ENUM -> BinaryInput::readLong;
            case BOOLEAN -> BinaryInput::readBoolean;
            default -> throw new IllegalArgumentException("no way over " + schema);
        };
    }

    private static Step ofRecord(Schema schema) {
        var steps =
                schema.getFields().stream().map(field -> step(field.schema())).toArray(Step[]::new);
        return in -> {
            for (var step : steps) {
                step.skip(in);
            }
        };
    }

    private static Step ofArray(Schema schema) {
        var step = step(schema.getElementType());
        return in -> {
            for (var count = in.readCount(); count > 0; count = in.readCount()) {
                for (var item = 0; item < count; item++) {
                    step.skip(in);
                }
            }
        };
    }

    /** Of null and one more: {@link RecordReader} allows no others. */
    private static Step ofOptional(Schema schema) {
        var step = step(schema.getTypes().getLast());
        return in -> {
            if (in.readInt() != 0) {
                step.skip(in);
            }
        };
    }
}
