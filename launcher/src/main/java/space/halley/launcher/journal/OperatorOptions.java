package space.halley.launcher.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import space.halley.producer.cli.Complaint;
import space.halley.producer.cli.Installation;

/** Whose right to read the journal is used: that of an auditor, who may read everything. */
final class OperatorOptions {
    private static final String AUDITOR = "auditor.properties";

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description =
                    "Kafka client settings of a user who may read the journal. Default: the auditor's, in the data"
                            + " folder of the local installation.")
    private @Nullable Path settings;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Data folder of the local installation. Default: HALLEY_DATA, or .halley beside the command.")
    private @Nullable Path data;

    /** The settings of Kafka's client. */
    Map<String, Object> kafka() {
        var file = settings != null
                ? settings
                : Installation.of(data).data().resolve("secrets").resolve(AUDITOR);
        if (settings == null && !Files.isRegularFile(file)) {
            throw new Complaint(
                    "there is no " + file
                            + "; is Halley set up here? ./halley up makes it, --data or HALLEY_DATA names another data folder, --settings another file");
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new Complaint(file + " cannot be read: " + e, e);
        }
        var kafka = new HashMap<String, Object>();
        properties.forEach((key, value) -> {
            if (!key.toString().startsWith("halley.")) {
                kafka.put(key.toString(), value);
            }
        });
        if (!kafka.containsKey("bootstrap.servers")) {
            throw new Complaint(file + " names no bootstrap.servers");
        }
        return kafka;
    }
}
