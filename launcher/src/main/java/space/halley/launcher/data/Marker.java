package space.halley.launcher.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/**
 * The file that says "this folder is Halley's", and what must stay the same between two runs on it.
 *
 * @param clusterId the Kafka cluster's id, which its log files carry too
 * @param ports those of the last run
 * @param policiesPublished whether the shipped policies have been published
 * @param samplesPublished whether the shipped samples have been published
 */
public record Marker(
        String clusterId, Map<Ports.Use, Integer> ports, boolean policiesPublished, boolean samplesPublished) {
    public static final String FILE = "halley-data.properties";

    private static final String LAYOUT = "1";

    public Marker {
        ports = Map.copyOf(ports);
    }

    public Marker withPorts(Ports chosen) {
        return new Marker(clusterId, chosen.numbers(), policiesPublished, samplesPublished);
    }

    public Marker withSamplesPublished() {
        return new Marker(clusterId, ports, policiesPublished, true);
    }

    public Marker withPoliciesPublished() {
        return new Marker(clusterId, ports, true, samplesPublished);
    }

    /**
     * Reads the marker of a folder.
     *
     * @throws LauncherException if it is damaged or of a layout that this version does not know
     */
    static Marker read(Path folder) {
        var properties = new Properties();
        var file = folder.resolve(FILE);
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, "it cannot be read (" + e + ")");
        }
        var layout = properties.getProperty("layout", "");
        if (!layout.equals(LAYOUT)) {
            throw layout.isEmpty()
                    ? damaged(file, "its 'layout' is missing")
                    : new LauncherException(
                            folder + " was written by another version of Halley (layout " + layout + ", not " + LAYOUT
                                    + ").",
                            "Use that version, or another folder with --data FOLDER, or start over with --fresh.");
        }
        var clusterId = properties.getProperty("cluster.id", "");
        if (clusterId.isBlank()) {
            throw damaged(file, "its 'cluster.id' is missing");
        }
        var ports = new EnumMap<Ports.Use, Integer>(Ports.Use.class);
        for (var use : Ports.Use.values()) {
            var text = properties.getProperty(use.option());
            if (text != null) {
                ports.put(use, port(file, use, text));
            }
        }
        return new Marker(
                clusterId,
                ports,
                Boolean.parseBoolean(properties.getProperty("policies.published")),
                Boolean.parseBoolean(properties.getProperty("samples.published")));
    }

    /** Writes the marker so that a crash leaves the old one or the new one, never half of one. */
    void write(Path folder) throws IOException {
        var properties = new Properties();
        properties.setProperty("layout", LAYOUT);
        properties.setProperty("cluster.id", clusterId);
        properties.setProperty("policies.published", Boolean.toString(policiesPublished));
        properties.setProperty("samples.published", Boolean.toString(samplesPublished));
        ports.forEach((use, port) -> properties.setProperty(use.option(), port.toString()));
        var text = new StringWriter();
        properties.store(text, "A data folder of Halley. Without this file, halley up does not touch the folder.");
        var draft = folder.resolve(FILE + ".new");
        Files.writeString(draft, text.toString(), StandardCharsets.UTF_8);
        Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int port(Path file, Ports.Use use, String text) {
        try {
            var port = Integer.parseInt(text.strip());
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw damaged(file, "'" + use.option() + "' is not a number");
        }
        throw damaged(file, "'" + use.option() + "' is not a port");
    }

    private static LauncherException damaged(Path file, String how) {
        return new LauncherException(
                "The marker file " + file + " is damaged: " + how + ".",
                "Put the file back from a copy, or start over with --fresh, which deletes all data in the folder.");
    }
}
