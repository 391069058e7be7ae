package space.halley.schemas;

import org.apache.avro.Schema;

/** Schemas of which there is one, with the id 1. */
record OneSchema(Schema schema) implements Schemas {
    static final int ID = 1;

    @Override
    public int idOf(Schema asked) {
        return ID;
    }

    @Override
    public Schema byId(int id) throws UnknownSchemaException {
        if (id != ID) {
            throw new UnknownSchemaException(id);
        }
        return schema;
    }
}
