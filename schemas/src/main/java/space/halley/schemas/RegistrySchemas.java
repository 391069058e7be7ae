package space.halley.schemas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;

/**
 * The schemas of a registry. Halley's own are looked up under the record's full name, which the deployer registers beside
 * the topics' subjects, so that reading rights are enough. What the log's own ledger holds is answered from there, so a
 * registry that was lost, or does not answer, leaves the log readable.
 */
public final class RegistrySchemas implements Schemas {
    /** Ids that the registry did not know. Few, so that a flood of wrong ids is neither kept nor asked for each time. */
    private static final int MAX_UNKNOWN = 1_000;

    private static final long UNKNOWN_NANOS = 10_000_000_000L;

    private final RegistryClient registry;
    private final Map<Integer, Schema> ledger;
    private final ConcurrentMap<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Long> unknown = new ConcurrentHashMap<>();

    public RegistrySchemas(RegistryClient registry) {
        this(registry, Map.of());
    }

    /** @param ledger the ids that the log uses, with their schemas */
    public RegistrySchemas(RegistryClient registry, Map<Integer, Schema> ledger) {
        this.registry = registry;
        this.ledger = Map.copyOf(ledger);
    }

    @Override
    public int idOf(Schema schema) {
        return idIn(ledger, schema)
                .or(() -> idIn(registry.versions(schema.getFullName()), schema))
                .orElseThrow(() -> new RegistryUnavailableException("the schema " + schema.getFullName()
                        + " of this program is not registered; run the deployer of this version first"));
    }

    @Override
    public Schema byId(int id) throws UnknownSchemaException {
        var own = ledger.get(id);
        if (own != null) {
            return own;
        }
        var cached = byId.get(id);
        if (cached != null) {
            return cached;
        }
        var said = unknown.get(id);
        if (said != null && System.nanoTime() - said < UNKNOWN_NANOS) {
            throw new UnknownSchemaException(id);
        }
        var schema = registry.byId(id).orElse(null);
        if (schema == null) {
            if (unknown.size() >= MAX_UNKNOWN) {
                unknown.clear();
            }
            unknown.put(id, System.nanoTime());
            throw new UnknownSchemaException(id);
        }
        byId.put(id, schema);
        return schema;
    }

    private static java.util.Optional<Integer> idIn(Map<Integer, Schema> known, Schema schema) {
        return known.entrySet().stream()
                .filter(version -> version.getValue().equals(schema))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
