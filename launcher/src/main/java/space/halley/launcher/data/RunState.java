package space.halley.launcher.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs on a data folder, written by the supervisor at each change, for {@code status}, {@code down} and a later
 * {@code up} that finds leftovers.
 *
 * @param phase how far it is
 * @param supervisorPid the supervisor's process number
 * @param supervisorStartedAt its start, in milliseconds since 1970
 * @param api the address of the API and the pages
 * @param registry the address of the schema registry
 * @param kafka the broker's address
 * @param failure why it stopped by itself
 * @param components the child processes, in the order they start in
 */
public record RunState(
        Phase phase,
        long supervisorPid,
        long supervisorStartedAt,
        String api,
        String registry,
        String kafka,
        @Nullable String failure,
        List<Component> components) {
    private static final String FILE = "state.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** How far a run is. */
    public enum Phase {
        STARTING,
        READY,
        STOPPING,
        STOPPED,
        FAILED
    }

    /**
     * One child process.
     *
     * @param startedAt in milliseconds since 1970
     * @param port where it answers
     * @param health the address that says whether it is ready; absent if only the port tells
     * @param restarts how often it was started again in this run
     */
    public record Component(
            String name,
            long pid,
            long startedAt,
            int port,
            @Nullable String health,
            int restarts,
            String log) {
        public ProcessIdentity process() {
            return new ProcessIdentity(pid, java.time.Instant.ofEpochMilli(startedAt));
        }
    }

    public RunState {
        components = List.copyOf(components);
    }

    public ProcessIdentity supervisor() {
        return new ProcessIdentity(supervisorPid, java.time.Instant.ofEpochMilli(supervisorStartedAt));
    }

    /** The record of the last run on a data folder, if there was one and it can be read. */
    public static Optional<RunState> read(Path root) {
        try {
            return Optional.of(JSON.readValue(root.resolve("run").resolve(FILE).toFile(), RunState.class));
        } catch (IOException e) {
            // A missing or damaged record says nothing about what runs; the lock does.
            return Optional.empty();
        }
    }

    public void write(Path root) {
        var folder = root.resolve("run");
        try {
            var draft = folder.resolve(FILE + ".new");
            JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), this);
            Files.move(
                    draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings and numbers is always valid JSON", e);
        } catch (IOException e) {
            throw DataFolder.unusable(root, e);
        }
    }
}
