package space.halley.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.schemas.Codecs;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.SchemaLedger;
import space.halley.schemas.installation.ServiceConfig;

/** The lanes of all agencies in one process, and the address at which their health is seen. */
public final class StreamsService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);

    private final InstantSource clock;
    private final KafkaFenceProposer proposer;
    private final List<Lane> lanes = new ArrayList<>();
    private final ClockWatch clockWatch;
    private final HttpServer http;
    private final ObjectMapper json = new ObjectMapper();

    private StreamsService(ServiceConfig config, Agencies agencies, Map<Integer, Schema> ledger, InstantSource clock)
            throws IOException {
        this.clock = clock;
        // Lanes that start together would each try to make it, and all but one would die of that.
        Files.createDirectories(Lane.stateDir(config));
        var codecs = Codecs.over(new RegistrySchemas(RegistryClient.reader(config.registry()), ledger));
        this.proposer = new KafkaFenceProposer(
                config.kafkaClient(), codecs.commands(), clock, config.instanceId() + "-" + UUID.randomUUID());
        for (var agency : agencies.all()) {
            var settings = new LaneSettings(
                    agency,
                    codecs,
                    config.partitions(),
                    clock,
                    System::nanoTime,
                    proposer.forTopic(Topics.commands(agency.id())),
                    LaneSettings.BUDGET,
                    LaneSettings.SCAN_BUDGET,
                    agencies.all().stream()
                            .map(Agency::id)
                            .filter(id -> !id.equals(agency.id()))
                            .collect(Collectors.toSet()),
                    new LaneGauges(),
                    new Turns());
            lanes.add(new Lane(config, settings, Time.SYSTEM));
        }
        this.clockWatch = new ClockWatch(Time.SYSTEM, back -> {
            proposer.reconnect();
            lanes.forEach(lane -> lane.clockSetBack(back));
        });
        this.http = HttpServer.create(
                new InetSocketAddress(InetAddress.getByName(config.httpHost()), config.httpPort()), 0);
        http.createContext("/health", this::health);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    }

    /**
     * Checks the cluster ({@link ClusterCheck}), then starts every lane.
     *
     * @throws InvalidConfigurationException if the cluster differs, naming every difference
     */
    public static StreamsService start(ServiceConfig config, Agencies agencies, InstantSource clock)
            throws IOException, InterruptedException {
        var stopped = ClusterCheck.check(config, agencies);
        var ledger = ClusterCheck.answer(() -> new SchemaLedger(config.kafkaClient()).read());
        var service = new StreamsService(config, agencies, ledger, clock);
        service.http.start();
        for (var lane : service.lanes) {
            var problem = stopped.get(lane.agency());
            if (problem == null) {
                lane.start();
            } else {
                lane.staysDown(problem);
            }
        }
        LOG.atInfo()
                .addKeyValue("lanes", service.lanes.size())
                .addKeyValue("port", service.port())
                .log("the lanes are starting");
        return service;
    }

    /**
     * The settings of an agency's lane as a Kafka Streams application, for another topology that is to run as a lane
     * does: a benchmark's baseline.
     */
    public static Properties laneProperties(ServiceConfig config, AgencyId agency) {
        return Lane.properties(config, agency);
    }

    /** The port at which the health is seen. */
    public int port() {
        return http.getAddress().getPort();
    }

    /** Whether every lane runs. */
    public boolean ready() {
        return lanes.stream().allMatch(lane -> lane.health(clock.instant()).ready());
    }

    @Override
    public void close() {
        http.stop(0);
        clockWatch.close();
        try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            lanes.forEach(lane -> closing.execute(lane::close));
        }
        proposer.close();
    }

    private void health(HttpExchange exchange) throws IOException {
        try (exchange) {
            var now = clock.instant();
            var answer = json.createObjectNode();
            var ready = true;
            ObjectNode states = answer.putObject("lanes");
            for (var lane : lanes) {
                var health = lane.health(now);
                ready &= health.ready();
                var state = states.putObject(lane.agency().value());
                state.put("state", health.state());
                state.put("overdue_ms", health.overdue().toMillis());
                state.put("deaths", health.deaths());
                state.put("policy", health.oldestPolicy());
                if (health.oldestPolicy() != health.newestPolicy()) {
                    state.put("interrupted_policy", health.newestPolicy());
                }
                if (health.splitPolicy() != 0) {
                    state.put("split_policy", health.splitPolicy());
                }
                var policies = state.putObject("policies");
                health.policies().forEach((partition, standing) -> {
                    var policy = policies.putObject(partition.toString()).put("version", standing.version());
                    standing.hash().ifPresent(hash -> policy.put("hash", hash.sha256()));
                });
                if (health.problem() != null) {
                    state.put("problem", health.problem());
                }
            }
            answer.put("status", ready ? "ready" : "not ready");
            var bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(ready ? 200 : 503, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
