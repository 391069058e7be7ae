package space.halley.schemas.installation;

import java.util.Map;
import org.apache.avro.Schema;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Schemas;
import space.halley.schemas.UnknownSchemaException;

/**
 * The schemas that the log itself holds, for those who only read it and need no registry.
 *
 * @param ledger as {@link SchemaLedger#read} gives it
 */
public record LedgerSchemas(Map<Integer, Schema> ledger) implements Schemas {
    public LedgerSchemas {
        ledger = Map.copyOf(ledger);
    }

    @Override
    public int idOf(Schema schema) {
        return ledger.entrySet().stream()
                .filter(known -> known.getValue().equals(schema))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() ->
                        new RegistryUnavailableException("the log's ledger of schemas lacks " + schema.getFullName()));
    }

    @Override
    public Schema byId(int id) throws UnknownSchemaException {
        var schema = ledger.get(id);
        if (schema == null) {
            throw new UnknownSchemaException(id);
        }
        return schema;
    }
}
