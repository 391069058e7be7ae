package space.halley.schemas.installation;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings of one service: a properties file with Kafka's client settings under their own names, and Halley's under
 * {@code halley.}.
 *
 * @param kafka client settings, secrets among them; never logged
 * @param registry the base address of the registry's Confluent-compatible interface
 * @param agenciesDir the folder with one folder per agency
 * @param dataDir the service's own folder for state that can be rebuilt
 * @param httpHost the address to listen on
 * @param httpPort the port to listen on; 0 for any
 * @param instanceId stable over restarts and different for every instance of a service
 * @param partitions of the command topics; the same for the whole installation
 * @param replication of all topics
 * @param standbys how many other instances of the streams keep a copy of every store, ready to take over
 */
public record ServiceConfig(
        Map<String, String> kafka,
        URI registry,
        Path agenciesDir,
        Path dataDir,
        String httpHost,
        int httpPort,
        String instanceId,
        int partitions,
        short replication,
        int standbys) {
    private static final String OURS = "halley.";
    private static final Map<String, String> DEFAULTS = Map.of(
            "halley.http.host", "127.0.0.1",
            "halley.http.port", "0",
            "halley.instance.id", "1",
            "halley.partitions", "4",
            "halley.replication", "1",
            "halley.standbys", "0");
    private static final Set<String> REQUIRED =
            Set.of("bootstrap.servers", "halley.registry.url", "halley.agencies.dir", "halley.data.dir");

    private static final Set<String> ADDRESSES = Set.of("http", "https");

    public ServiceConfig {
        kafka = Map.copyOf(kafka);
    }

    /**
     * Reads a settings file.
     *
     * @throws InvalidConfigurationException naming all that is wrong in it
     */
    public static ServiceConfig load(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidConfigurationException(file.toString(), List.of("it cannot be read: " + e));
        }
        var settings = new HashMap<String, String>();
        properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
        return of(file.toString(), settings);
    }

    /** Reads settings that were given otherwise; {@code name} stands for them in messages. */
    public static ServiceConfig of(String name, Map<String, String> settings) {
        var problems = new ArrayList<String>();
        var ours = new TreeMap<>(DEFAULTS);
        var kafka = new HashMap<String, String>();
        settings.forEach((key, value) -> (key.startsWith(OURS) ? ours : kafka).put(key, value.strip()));
        for (var key : REQUIRED) {
            if (settings.getOrDefault(key, "").isBlank()) {
                problems.add(key + " is missing");
            }
        }
        for (var key : ours.keySet()) {
            if (!DEFAULTS.containsKey(key) && !REQUIRED.contains(key)) {
                problems.add(key + " is not a setting that this version knows");
            }
        }
        for (var key : DEFAULTS.keySet()) {
            if (ours.getOrDefault(key, "").isBlank()) {
                problems.add(key + " is empty; leave it out for " + DEFAULTS.get(key));
            }
        }
        var registry = registry(ours.getOrDefault("halley.registry.url", ""), problems);
        var port = number(ours, "halley.http.port", 0, 65_535, problems);
        var partitions = number(ours, "halley.partitions", 1, 1_000, problems);
        var replication = number(ours, "halley.replication", 1, 100, problems);
        var standbys = number(ours, "halley.standbys", 0, 10, problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(name, problems);
        }
        return new ServiceConfig(
                kafka,
                registry,
                Path.of(value(ours, "halley.agencies.dir")),
                Path.of(value(ours, "halley.data.dir")),
                value(ours, "halley.http.host"),
                port,
                value(ours, "halley.instance.id"),
                partitions,
                (short) replication,
                standbys);
    }

    /** The client settings as the clients' constructors want them. */
    public Map<String, Object> kafkaClient() {
        return new HashMap<>(kafka);
    }

    @Override
    public String toString() {
        return "ServiceConfig[instance " + instanceId + ", Kafka " + kafka.get("bootstrap.servers") + ", registry "
                + registry + "]";
    }

    private static String value(Map<String, String> settings, String key) {
        var value = settings.get(key);
        if (value == null) {
            throw new IllegalStateException(key + " was checked before");
        }
        return value;
    }

    private static URI registry(String text, List<String> problems) {
        try {
            var address = new URI(text);
            if (text.isEmpty() || ADDRESSES.contains(String.valueOf(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        problems.add("halley.registry.url must be an http or https address");
        return URI.create("");
    }

    private static int number(Map<String, String> settings, String key, int min, int max, List<String> problems) {
        try {
            var number = Integer.parseInt(value(settings, key));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        problems.add(key + " must be a whole number from " + min + " to " + max);
        return min;
    }
}
