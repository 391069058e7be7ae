package space.halley.testkit;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Schemas;
import space.halley.schemas.UnknownSchemaException;

/**
 * Schemas in memory: whatever is asked for by its schema is registered at once, with ids from 1 in the order of
 * registration. Can be made unavailable. Safe for use by several threads.
 */
public final class FakeSchemas implements Schemas {
    private final List<Schema> schemas = new ArrayList<>();
    private boolean unavailable;

    /** Whether every question ends in {@link RegistryUnavailableException} from now on. */
    public synchronized FakeSchemas unavailable(boolean yes) {
        unavailable = yes;
        return this;
    }

    /** Makes the schema known, under the id that it has already or the next one. */
    public synchronized int register(Schema schema) {
        var known = schemas.indexOf(schema);
        if (known >= 0) {
            return known + 1;
        }
        schemas.add(schema);
        return schemas.size();
    }

    @Override
    public synchronized int idOf(Schema schema) {
        answerOrFail();
        return register(schema);
    }

    @Override
    public synchronized Schema byId(int id) throws UnknownSchemaException {
        answerOrFail();
        if (id < 1 || id > schemas.size()) {
            throw new UnknownSchemaException(id);
        }
        return schemas.get(id - 1);
    }

    private void answerOrFail() {
        if (unavailable) {
            throw new RegistryUnavailableException("the test made the schemas unavailable");
        }
    }
}
