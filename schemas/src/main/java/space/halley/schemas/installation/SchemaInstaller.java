package space.halley.schemas.installation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.Topics;

/** Registers the schemas of all topics, under the rule that every version is compatible with every other. */
public final class SchemaInstaller {
    private static final String COMPATIBILITY = "FULL_TRANSITIVE";
    private static final int CONNECTIONS = 4;

    private final RegistryClient registry;
    private final Topics topics;

    public SchemaInstaller(RegistryClient registry, Topics topics) {
        this.registry = registry;
        this.topics = topics;
    }

    /**
     * Registers what is not registered.
     *
     * @return the ids with their schemas
     */
    public Map<Integer, Schema> install() throws InterruptedException, ExecutionException {
        registry.setCompatibility(COMPATIBILITY);
        var ids = new HashMap<Integer, Schema>();
        var subjects = new TreeMap<>(topics.subjects());
        try (var connections = Executors.newFixedThreadPool(CONNECTIONS)) {
            var calls = subjects.entrySet().stream()
                    .map(subject -> (Callable<Map.Entry<Integer, Schema>>) () ->
                            Map.entry(registry.register(subject.getKey(), subject.getValue()), subject.getValue()))
                    .toList();
            for (var call : connections.invokeAll(List.copyOf(calls))) {
                ids.put(call.get().getKey(), call.get().getValue());
            }
        }
        return ids;
    }
}
