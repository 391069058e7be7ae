package space.halley.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.DynamicVoters;
import org.jspecify.annotations.Nullable;
import space.halley.schemas.Topics;

/** One broker and controller inside this JVM. The only class that uses Kafka's server classes, which are not a public interface. */
final class KafkaNode implements Node {
    static final String HOST = "127.0.0.1";
    private static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENT = "CLIENT";
    /** For clients that come over a {@link Wire}: they must hear its address, not the broker's. */
    private static final String WIRE = "WIRE";

    /** The nodes of a cluster as all of them must know them from the start. */
    record Quorum(
            String clusterId,
            List<Integer> brokerPorts,
            List<Integer> controllerPorts,
            List<Integer> wirePorts,
            List<Integer> wireEnds,
            List<Uuid> directories) {
        static Quorum of(int nodes) {
            var ports = FreePorts.find(4 * nodes);
            return new Quorum(
                    Uuid.randomUuid().toString(),
                    ports.subList(0, nodes),
                    ports.subList(nodes, 2 * nodes),
                    ports.subList(2 * nodes, 3 * nodes),
                    ports.subList(3 * nodes, 4 * nodes),
                    IntStream.range(0, nodes)
                            .mapToObj(node -> Uuid.randomUuid())
                            .toList());
        }

        int nodes() {
            return brokerPorts.size();
        }

        String controllers() {
            return controllerPorts.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
        }

        DynamicVoters voters() {
            return DynamicVoters.parse(IntStream.range(0, nodes())
                    .mapToObj(node -> node + "@" + HOST + ":" + controllerPorts.get(node) + ":" + directories.get(node))
                    .collect(Collectors.joining(",")));
        }
    }

    private final Quorum quorum;
    private final int id;
    private final Properties settings;
    private @Nullable KafkaRaftServer server;
    private @Nullable CompletableFuture<Void> change;

    KafkaNode(int id, Quorum quorum, Path data, @Nullable Passwords passwords) {
        this.quorum = quorum;
        this.id = id;
        this.settings = settings(id, quorum, data, passwords);
        format(id, quorum, data, passwords);
    }

    @Override
    public String address() {
        return HOST + ":" + quorum.brokerPorts().get(id);
    }

    @Override
    public void beginStart() {
        if (server == null) {
            var starting = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
            server = starting;
            change = CompletableFuture.runAsync(
                    starting::startup, task -> new Thread(task, "kafka-start-" + id).start());
        }
    }

    @Override
    public void endStart() {
        if (change != null) {
            change.join();
            change = null;
        }
    }

    @Override
    public void beginStop() {
        if (server != null) {
            var stopping = server;
            server = null;
            change = CompletableFuture.runAsync(
                    () -> {
                        stopping.shutdown();
                        stopping.awaitShutdown();
                    },
                    task -> new Thread(task, "kafka-stop-" + id).start());
        }
    }

    @Override
    public void endStop() {
        endStart();
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException("only a node in a process of its own can be killed");
    }

    static void format(int id, Quorum quorum, Path data, @Nullable Passwords passwords) {
        var formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(quorum.clusterId())
                .setNodeId(id)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName(CONTROLLER)
                .setHasDynamicQuorum(true)
                .setInitialControllers(quorum.voters());
        if (passwords != null) {
            formatter.setScramArguments(passwords.scramArguments());
        }
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IllegalStateException("the storage of node " + id + " could not be formatted in " + data, e);
        }
    }

    static Properties settings(int id, Quorum quorum, Path data, @Nullable Passwords passwords) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        // Several nodes that stop together lose their quorum on the way; the last one would wait five minutes for it.
        settings.put("controlled.shutdown.enable", Boolean.toString(quorum.nodes() == 1));
        settings.put("node.id", Integer.toString(id));
        settings.put("log.dir", data.toString());
        settings.put("controller.quorum.bootstrap.servers", quorum.controllers());
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("inter.broker.listener.name", CLIENT);
        settings.put(
                "listeners",
                at(CLIENT, quorum.brokerPorts().get(id)) + ","
                        + at(WIRE, quorum.wireEnds().get(id)) + ","
                        + at(CONTROLLER, quorum.controllerPorts().get(id)));
        settings.put(
                "advertised.listeners",
                at(CLIENT, quorum.brokerPorts().get(id)) + ","
                        + at(WIRE, quorum.wirePorts().get(id)));
        var protocol = passwords == null ? "PLAINTEXT" : "SASL_PLAINTEXT";
        settings.put(
                "listener.security.protocol.map",
                CLIENT + ":" + protocol + "," + WIRE + ":" + protocol + "," + CONTROLLER + ":" + protocol);
        if (passwords != null) {
            secure(settings, passwords);
        }
        small(settings, quorum.nodes());
        return settings;
    }

    private static String at(String listener, int port) {
        return listener + "://" + HOST + ":" + port;
    }

    private static void secure(Properties settings, Passwords passwords) {
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        settings.put("sasl.mechanism.controller.protocol", "PLAIN");
        settings.put("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
        settings.put("listener.name.controller.plain.sasl.jaas.config", passwords.controllerLogin());
        settings.put("listener.name.client.scram-sha-512.sasl.jaas.config", passwords.scramLogin(Passwords.BROKER));
        settings.put("listener.name.wire.scram-sha-512.sasl.jaas.config", passwords.scramLogin(Passwords.BROKER));
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("allow.everyone.if.no.acl.found", "false");
        settings.put("super.users", "User:" + Passwords.BROKER + ";User:" + Topics.Principal.DEPLOYER.userName());
    }

    /** What makes a broker quick to start and light, and tells a crashed transaction's fate within seconds. */
    private static void small(Properties settings, int nodes) {
        var replication = Integer.toString(Math.min(nodes, 3));
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.num.partitions", "2");
        settings.put("offsets.topic.replication.factor", replication);
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("transaction.state.log.replication.factor", replication);
        settings.put("transaction.state.log.min.isr", nodes < 3 ? "1" : "2");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", replication);
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("metrics.num.samples", "1");
        // Who is over a quota waits three seconds at once at most.
        settings.put("quota.window.num", "3");
    }

    /** Ports that were free a moment ago, below those that systems give to outgoing connections. */
    private static final class FreePorts {
        private static final int FIRST = 20_000;
        private static final int LAST = 32_000;

        static List<Integer> find(int count) {
            var found = new ArrayList<Integer>();
            while (found.size() < count) {
                var port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
                if (!found.contains(port) && isFree(port)) {
                    found.add(port);
                }
            }
            return List.copyOf(found);
        }

        private static boolean isFree(int port) {
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
