package space.halley.launcher.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import space.halley.launcher.data.Ports;
import space.halley.launcher.data.Secrets;

/**
 * The settings of the one broker of an installation on one machine: broker and controller in one process, on loopback,
 * nothing allowed that is not granted.
 */
public final class BrokerSettings {
    /** The broker's own principal. */
    public static final String BROKER = "broker";
    /** Who creates topics and grants rights. */
    public static final String DEPLOYER = "deployer";

    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final int NODE_ID = 1;

    static final String SESSION_TIMEOUT = "broker.session.timeout.ms";

    /** Where the other containers find the broker. */
    public static final String BOOTSTRAP_IN_CONTAINERS = "broker:9092";

    private static final String PROTOCOLS = "listener.security.protocol.map";
    private static final String HOST_LISTENER = "HOST";
    private static final String CLIENT_LISTENER = "CLIENTS";

    private BrokerSettings() {}

    /** The broker's settings, its own password among them. */
    public static Map<String, String> of(Path logFolder, Ports ports, Secrets secrets) {
        var clients = CLIENT_LISTENER + "://127.0.0.1:" + ports.of(Ports.Use.KAFKA);
        var controller = "127.0.0.1:" + ports.of(Ports.Use.CONTROLLER);
        var settings = common(logFolder, secrets);
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.put("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.put("advertised.listeners", clients);
        return settings;
    }

    /**
     * The settings of the broker in a container: other containers reach it under its name, and programs on the host through
     * a port that the host publishes on its loopback.
     */
    public static Map<String, String> inContainer(Secrets secrets) {
        var settings = common(Path.of("/data/kafka"), secrets);
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:9093");
        settings.put(
                "listeners",
                CLIENT_LISTENER + "://0.0.0.0:9092," + HOST_LISTENER + "://0.0.0.0:19092," + CONTROLLER_LISTENER
                        + "://127.0.0.1:9093");
        settings.put(
                "advertised.listeners",
                CLIENT_LISTENER + "://" + BOOTSTRAP_IN_CONTAINERS + "," + HOST_LISTENER + "://127.0.0.1:19092");
        settings.merge(PROTOCOLS, HOST_LISTENER + ":SASL_PLAINTEXT", (ours, host) -> ours + "," + host);
        for (var key : List.of("sasl.enabled.mechanisms", "scram-sha-512.sasl.jaas.config")) {
            settings.put("listener.name.host." + key, settings.getOrDefault("listener.name.clients." + key, ""));
        }
        return settings;
    }

    private static Map<String, String> common(Path logFolder, Secrets secrets) {
        var settings = new TreeMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("log.dirs", logFolder.toString());
        security(settings, secrets.password(BROKER));
        oneMachine(settings);
        return settings;
    }

    private static void security(Map<String, String> settings, String password) {
        settings.put(PROTOCOLS, CLIENT_LISTENER + ":SASL_PLAINTEXT," + CONTROLLER_LISTENER + ":SASL_PLAINTEXT");
        settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        settings.put("listener.name.clients.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.clients.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + BROKER
                        + "\" password=\"" + password + "\";");
        // The controller cannot check SCRAM credentials: they are in the metadata that it is about to load.
        settings.put("sasl.mechanism.controller.protocol", "PLAIN");
        settings.put("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
        settings.put(
                "listener.name.controller.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + BROKER
                        + "\" password=\"" + password + "\" user_" + BROKER + "=\"" + password + "\";");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("allow.everyone.if.no.acl.found", "false");
        settings.put("super.users", "User:" + BROKER + ";User:" + DEPLOYER);
    }

    private static void oneMachine(Map<String, String> settings) {
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        // A lane that was away for long must find where it stopped: without its offsets it would decide the log again.
        settings.put("offsets.retention.minutes", Integer.toString(10 * 365 * 24 * 60));
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        // There is one instance of each consumer; waiting for more of them only delays the start.
        settings.put("group.initial.rebalance.delay.ms", "0");
        // How long a dead writer's open transaction can hold up readers beyond its own timeout.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.put(SESSION_TIMEOUT, "6000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.threads", "1");
        // The default of 128 MB is allocated at once, and is meant for far larger topics.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    }
}
