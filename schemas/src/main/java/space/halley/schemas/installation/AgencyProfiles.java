package space.halley.schemas.installation;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Namespace;

/** Reads the agencies of an installation: {@code <agencies>/<id>/profile.yaml}. */
public final class AgencyProfiles {
    private static final List<String> KEYS = List.of("id", "name", "country", "archive", "namespaces");
    private static final List<String> MOVED = List.of("release", "source", "confidence");

    private AgencyProfiles() {}

    /**
     * All agencies below the folder, by name.
     *
     * @throws InvalidConfigurationException naming every file and every problem in it
     */
    public static Agencies load(Path folder) {
        var problems = new ArrayList<String>();
        var agencies = new ArrayList<Agency>();
        for (var file : profiles(folder)) {
            try {
                agencies.add(read(file));
            } catch (IOException | YAMLException | InvalidValueException | DateTimeException e) {
                problems.add(folder.relativize(file) + ": " + e.getMessage());
            }
        }
        if (agencies.isEmpty() && problems.isEmpty()) {
            problems.add("it holds no <agency>/profile.yaml");
        }
        if (problems.isEmpty()) {
            try {
                return new Agencies(agencies);
            } catch (InvalidValueException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        throw new InvalidConfigurationException("the agencies in " + folder, problems);
    }

    private static List<Path> profiles(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.resolve("profile.yaml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidConfigurationException("the agencies in " + folder, List.of("it cannot be read: " + e));
        }
    }

    private static Agency read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            var profile = map(yaml.load(reader));
            var id = new AgencyId(text(profile, "id"));
            var folder = file.toAbsolutePath().getParent();
            if (folder != null && !id.value().equals(String.valueOf(folder.getFileName()))) {
                throw new InvalidValueException("id", "must be the folder's name");
            }
            return new Agency(id, text(profile, "name"), namespaces(profile.get("namespaces")));
        }
    }

    private static List<Namespace> namespaces(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw new InvalidValueException("namespaces", "must be a list of prefixes");
        }
        return list.stream()
                .map(prefix -> new Namespace(String.valueOf(prefix)))
                .toList();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidValueException("the file", "must be a map of " + KEYS);
        }
        for (var key : map.keySet()) {
            var name = String.valueOf(key);
            if (MOVED.contains(name)) {
                throw new InvalidValueException(
                        name,
                        "has moved to policy.yaml in the same folder, where every rule says it; see docs/policies.md");
            }
            if (!KEYS.contains(name)) {
                throw new InvalidValueException("the file", "has the unknown key '" + name + "'; known are " + KEYS);
            }
        }
        return map;
    }

    private static String text(Map<?, ?> map, String key) {
        var value = map.get(key);
        if (value == null || String.valueOf(value).isBlank()) {
            throw new InvalidValueException(key, "is missing");
        }
        return String.valueOf(value);
    }
}
