package space.halley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One broker and controller in a process of its own, so that it can be killed. */
final class KafkaProcess implements Node {
    private static final String MAIN = "kafka.Kafka";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaNode.Quorum quorum;
    private final int id;
    private final Path settingsFile;
    private final Path output;
    private @Nullable ChildJvm process;

    /** @param data the broker's folder; its settings and its output stand beside it */
    KafkaProcess(int id, KafkaNode.Quorum quorum, Path data, @Nullable Passwords passwords) {
        this.quorum = quorum;
        this.id = id;
        this.settingsFile = data.resolveSibling("node-" + id + ".properties");
        this.output = data.resolveSibling("node-" + id + ".log");
        var settings = KafkaNode.settings(id, quorum, data, passwords);
        // One that ends in order hands over what it leads. All of them together are never asked to: they are killed.
        settings.put("controlled.shutdown.enable", "true");
        // The cluster sees within seconds that a broker is gone that could not say so.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        try (var writer = Files.newBufferedWriter(settingsFile)) {
            settings.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("the settings of node " + id + " could not be written", e);
        }
        KafkaNode.format(id, quorum, data, passwords);
    }

    @Override
    public String address() {
        return KafkaNode.HOST + ":" + port();
    }

    @Override
    public void beginStart() {
        if (process == null) {
            process = ChildJvm.start(MAIN, List.of(settingsFile.toString()), output);
        }
    }

    /** A broker opens its port when it may serve. */
    @Override
    public void endStart() {
        var starting = process;
        if (starting == null) {
            return;
        }
        Awaitility.await("node " + id)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .failFast("it ended; " + output + " says why", () -> !starting.isAlive())
                .until(this::answers);
    }

    @Override
    public void beginStop() {
        if (process != null) {
            process.askToEnd();
        }
    }

    @Override
    public void endStop() {
        if (process != null) {
            process.awaitEnd();
            process = null;
        }
    }

    @Override
    public void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    private int port() {
        return quorum.brokerPorts().get(id);
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
