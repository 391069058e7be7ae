package space.halley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.TopicInstaller;

/**
 * Real Kafka brokers (KRaft, each broker and controller at once), listening on loopback, with their data in a temporary
 * folder that {@link #close} deletes. They run inside this JVM, ready in a few seconds the first time and in less than one
 * afterwards, or each in a process of its own. Owned by the thread that opened it.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final Path data;
    private final @Nullable Passwords passwords;
    private final boolean processes;
    private final KafkaNode.Quorum quorum;
    private final List<Node> nodes = new ArrayList<>();
    private @Nullable Admin admin;

    private EmbeddedKafka(int count, @Nullable Passwords passwords, boolean processes) {
        this.passwords = passwords;
        this.processes = processes;
        try {
            this.data = Files.createTempDirectory("halley-kafka-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the brokers' data", e);
        }
        this.quorum = KafkaNode.Quorum.of(count);
        for (int id = 0; id < count; id++) {
            var folder = data.resolve("node-" + id);
            nodes.add(
                    processes
                            ? new KafkaProcess(id, quorum, folder, passwords)
                            : new KafkaNode(id, quorum, folder, passwords));
        }
        start();
    }

    /** One broker that lets everyone do everything. */
    public static EmbeddedKafka open() {
        return open(1);
    }

    /** That many brokers that let everyone do everything. */
    public static EmbeddedKafka open(int count) {
        return new EmbeddedKafka(count, null, false);
    }

    /**
     * One broker with SASL/SCRAM that denies by default. It has a user for every principal of the catalogue; {@code
     * deployer} may do everything; topics and rights are there after {@link #install}.
     */
    public static EmbeddedKafka secured(Topics topics) {
        return secured(topics, 1);
    }

    /** As {@link #secured(Topics)}, with that many brokers. */
    public static EmbeddedKafka secured(Topics topics, int count) {
        return new EmbeddedKafka(count, Passwords.of(topics.users()), false);
    }

    /** As {@link #secured(Topics, int)}, each broker in a process of its own, which {@link #kill} kills. */
    public static EmbeddedKafka inProcesses(Topics topics, int count) {
        return new EmbeddedKafka(count, Passwords.of(topics.users()), true);
    }

    /** The addresses of the brokers, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return nodes.stream().map(Node::address).collect(Collectors.joining(","));
    }

    /** The settings of a client that may do everything: those of the deployer where there are users. */
    public Map<String, String> clientConfig() {
        return clientConfig(Topics.Principal.DEPLOYER.userName());
    }

    /** The settings of a client that is this user; the same for all users where there are none. */
    public Map<String, String> clientConfig(String user) {
        var config = new TreeMap<String, String>();
        config.put("bootstrap.servers", bootstrapServers());
        if (passwords != null) {
            config.put("security.protocol", "SASL_PLAINTEXT");
            config.put("sasl.mechanism", "SCRAM-SHA-512");
            config.put("sasl.jaas.config", passwords.scramLogin(user));
        }
        return config;
    }

    /** A network to the first broker, which the caller closes. Clients come over it with {@link #overWire}. */
    public Wire wire() {
        return new Wire(quorum.wirePorts().getFirst(), quorum.wireEnds().getFirst());
    }

    /** As {@link #clientConfig(String)}, of a client that comes over a wire. */
    public Map<String, String> overWire(String user) {
        var config = new TreeMap<>(clientConfig(user));
        config.put(
                "bootstrap.servers", KafkaNode.HOST + ":" + quorum.wirePorts().getFirst());
        return config;
    }

    /** An administrator's client, which this object closes. */
    public Admin admin() {
        if (admin == null) {
            admin = Admin.create(Map.copyOf(clientConfig()));
        }
        return admin;
    }

    /**
     * Creates the topics of the catalogue, and grants its rights where there are users. All brokers know them afterwards.
     *
     * @return this
     */
    public EmbeddedKafka install(Topics topics) {
        try {
            new TopicInstaller(admin(), topics).install();
            if (nodes.size() > 1) {
                awaitAllBrokers();
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were created", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics could not be created: " + e.getCause(), e);
        }
    }

    /**
     * Waits until every broker knows what the controllers have accepted. The installer has asked one of them; another one
     * may still refuse what has just been allowed. A broker that has got a record which was written after now has heard on
     * the way that all earlier ones are valid; the controllers write an empty one twice a second.
     */
    private void awaitAllBrokers() throws InterruptedException, ExecutionException {
        var accepted = metadataEnds().max().orElseThrow();
        Awaitility.await("all brokers know the rights")
                .pollInterval(Duration.ofMillis(50))
                .until(() -> metadataEnds().min().orElseThrow() > accepted);
    }

    private LongStream metadataEnds() throws InterruptedException, ExecutionException {
        return admin().describeMetadataQuorum().quorumInfo().get().voters().stream()
                .mapToLong(QuorumInfo.ReplicaState::logEndOffset);
    }

    /** Stops all brokers cleanly; their data, addresses and users stay. Does nothing if they are stopped. */
    public void stop() {
        nodes.forEach(Node::beginStop);
        nodes.forEach(Node::endStop);
    }

    /** Where everything is that the brokers keep. */
    public Path folder() {
        return data;
    }

    /** Starts what is stopped, on the same data and addresses, and returns when all brokers answer. */
    public void start() {
        nodes.forEach(Node::beginStart);
        nodes.forEach(Node::endStart);
    }

    /** Stops one broker cleanly. */
    public void stop(int node) {
        nodes.get(node).beginStop();
        nodes.get(node).endStop();
    }

    /** Ends one broker as a failing machine does, if it is in a process of its own; its data and its address stay. */
    public void kill(int node) {
        nodes.get(node).kill();
    }

    /** Starts one broker again. */
    public void start(int node) {
        nodes.get(node).beginStart();
        nodes.get(node).endStart();
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
        if (processes) {
            nodes.forEach(Node::kill);
        } else {
            stop();
        }
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(Objects.requireNonNull(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the brokers' data could not be deleted: " + data, e);
        }
    }
}
