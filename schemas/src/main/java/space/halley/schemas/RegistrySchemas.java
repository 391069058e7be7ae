package space.halley.schemas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;

/**
 * The schemas of a registry. Halley's own schemas are looked up under the record's full name, which the deployer
 * registers beside the topics' subjects, so that reading rights are enough.
 */
public final class RegistrySchemas implements Schemas {
    private final RegistryClient registry;
    private final ConcurrentMap<Integer, Schema> byId = new ConcurrentHashMap<>();

    public RegistrySchemas(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public int idOf(Schema schema) {
        return registry.versions(schema.getFullName()).entrySet().stream()
                .filter(version -> version.getValue().equals(schema))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new RegistryUnavailableException("the schema " + schema.getFullName()
                        + " of this program is not registered; run the deployer of this version first"));
    }

    @Override
    public Schema byId(int id) throws UnknownSchemaException {
        var cached = byId.get(id);
        if (cached != null) {
            return cached;
        }
        var schema = registry.byId(id).orElse(null);
        if (schema == null) {
            throw new UnknownSchemaException(id);
        }
        byId.put(id, schema);
        return schema;
    }
}
