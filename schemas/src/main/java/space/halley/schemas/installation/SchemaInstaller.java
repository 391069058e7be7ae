package space.halley.schemas.installation;

import java.util.ArrayList;
import java.util.Comparator;
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

    /** The records' full names, under which programs look for their ids, so that lanes that are waiting may begin. */
    private static final Comparator<Map.Entry<String, Schema>> FOR_OUR_OWN_PROGRAMS_FIRST = Comparator.comparing(
                    (Map.Entry<String, Schema> subject) ->
                            !subject.getKey().equals(subject.getValue().getFullName()))
            .thenComparing(Map.Entry::getKey);

    private final RegistryClient registry;
    private final Topics topics;

    public SchemaInstaller(RegistryClient registry, Topics topics) {
        this.registry = registry;
        this.topics = topics;
    }

    /** Registers what is not registered, where no log exists yet that could hold other ids. */
    public Map<Integer, Schema> install() throws InterruptedException, ExecutionException {
        return install(Map.of());
    }

    /**
     * Registers what is not registered. What the log already uses comes first, in the order of its ids, so that an empty
     * registry gives the same ids again.
     *
     * @param ledger the ids that the log uses
     * @return the ids with their schemas, the ledger's among them
     * @throws InvalidConfigurationException if the registry gives a schema of the log another id, or an id of the log to
     *     another schema
     */
    public Map<Integer, Schema> install(Map<Integer, Schema> ledger) throws InterruptedException, ExecutionException {
        registry.setCompatibility(COMPATIBILITY);
        var ids = new HashMap<Integer, Schema>();
        var problems = new ArrayList<String>();
        for (var entry : new TreeMap<>(ledger).entrySet()) {
            var id = registry.register(entry.getValue().getFullName(), entry.getValue());
            if (id != entry.getKey()) {
                problems.add(
                        "it knows " + entry.getValue().getFullName() + " as " + id + ", the log as " + entry.getKey());
            }
            ids.put(id, entry.getValue());
        }
        for (var entry : registerAll().entrySet()) {
            var known = ledger.get(entry.getKey());
            if (known != null && !known.equals(entry.getValue())) {
                problems.add("its id " + entry.getKey() + " is "
                        + entry.getValue().getFullName() + ", in the log " + known.getFullName());
            }
            ids.put(entry.getKey(), entry.getValue());
        }
        if (!problems.isEmpty()) {
            problems.add("restore the registry from its own copy, or start it empty so that it counts again from one");
            throw new InvalidConfigurationException("the schema registry", problems);
        }
        return ids;
    }

    private Map<Integer, Schema> registerAll() throws InterruptedException, ExecutionException {
        var ids = new HashMap<Integer, Schema>();
        try (var connections = Executors.newFixedThreadPool(CONNECTIONS)) {
            var calls = topics.subjects().entrySet().stream()
                    .sorted(FOR_OUR_OWN_PROGRAMS_FIRST)
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
