package space.halley.launcher.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * A Kafka broker in this process. Formats its storage first if that was never done, in the same process, which saves the
 * start of a Java virtual machine and keeps the passwords of the first users off every command line.
 */
public final class BrokerMain {
    /** Kafka writes it when it ends in good order and deletes it when it starts. */
    private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

    /** More than the other programs take to end, less than the supervisor or {@code ChildMain} waits for the broker. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private static final int CRASHED = 137;

    private BrokerMain() {}

    /**
     * Arguments: the broker's settings file, the cluster's id, the file with the users of a new cluster, the data folder of
     * the installation.
     */
    public static void main(String[] arguments) throws Exception {
        var settings = load(Path.of(arguments[0]));
        var logFolder = Path.of(settings.getProperty("log.dirs"));
        if (Files.exists(logFolder.resolve("meta.properties"))) {
            shortenWaitAfterKill(logFolder, settings);
        } else {
            format(logFolder, arguments[1], Path.of(arguments[2]));
        }
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        var data = Path.of(arguments[3]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, data), "shutdown"));
        server.startup();
        server.awaitShutdown();
    }

    /**
     * A broker that ends in good order beside somebody who commits a transaction can leave it open for ever: it was seen to
     * note the commit as complete although one partition never got the end marker, and nobody reads committed records
     * beyond that place any more. So it is the last one to end. If somebody stays, it ends as in a crash, after which it
     * completes every transaction from its own log.
     */
    private static void end(KafkaRaftServer server, Path data) {
        try {
            if (LastToEnd.othersHaveEnded(data, PATIENCE)) {
                server.shutdown();
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println("Other programs still use the broker; it ends without an orderly shutdown.");
        Runtime.getRuntime().halt(CRASHED);
    }

    private static void format(Path logFolder, String clusterId, Path users) throws Exception {
        var credentials = load(users);
        new Formatter()
                // It would print the keys derived from the passwords.
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(List.copyOf(Feature.PRODUCTION_FEATURES))
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId(clusterId)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(logFolder.toString())
                .addDirectory(logFolder.toString())
                .setHasDynamicQuorum(false)
                .setScramArguments(credentials.stringPropertyNames().stream()
                        .sorted()
                        .map(user -> "SCRAM-SHA-512=[name=" + user + ",password=" + credentials.getProperty(user) + "]")
                        .toList())
                .run();
    }

    /**
     * After a kill, the controller lets the broker in again only when the session of the killed one has ended. That is
     * the same process now, so there is nobody to wait for; but too short a session would end whenever the machine is
     * busy.
     */
    private static void shortenWaitAfterKill(Path logFolder, Properties settings) {
        if (!Files.exists(logFolder.resolve(CLEAN_SHUTDOWN))) {
            settings.setProperty(BrokerSettings.SESSION_TIMEOUT, "3000");
        }
    }

    private static Properties load(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
