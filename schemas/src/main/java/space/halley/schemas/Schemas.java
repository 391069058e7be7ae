package space.halley.schemas;

import org.apache.avro.Schema;

/** The ids under which schemas are known. Safe for use by several threads; answers are cached, so most take no time. */
public interface Schemas {

    /**
     * The id of a schema that the deployer has registered.
     *
     * @throws RegistryUnavailableException if no answer can be had now, or the schema is not registered
     */
    int idOf(Schema schema);

    /**
     * The schema that has this id.
     *
     * @throws UnknownSchemaException if it is certain that no schema has it
     * @throws RegistryUnavailableException if no answer can be had now
     */
    Schema byId(int id) throws UnknownSchemaException;
}
