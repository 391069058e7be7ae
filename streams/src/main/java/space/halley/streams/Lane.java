package space.halley.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import space.halley.domain.AgencyId;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.ServiceConfig;

/**
 * The life of one agency's lane: a Kafka Streams application that is started, watched and started again. What one lane
 * suffers touches no other.
 *
 * <p>A lane that dies starts again after a pause of one to five seconds, as often as it takes: most causes pass, and a lane
 * that stays down releases nothing. If its stores were the cause, they are deleted and restored from their changelogs: they
 * can always be rebuilt, and are worth less than a release. Only a lane that must not go on stays down.
 *
 * <p>It also starts again when the host's clock is set back ({@link ClockWatch}). Health shows the last problem and how often
 * the lane died. All methods may be called by any thread.
 */
final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** At a start the registry is often up a moment after the lanes. */
    private static final Duration REGISTRY_PAUSE = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** No lane asks for a fence of this number. */
    private static final long NOT_ASKED_FOR = 0;

    private static final Duration CLOSE_STEP = Duration.ofSeconds(2);
    private static final int CLOSE_STEPS = 10;

    private final ServiceConfig config;
    private final LaneSettings settings;
    private final Time time;
    private final ScheduledExecutorService keeper;
    private @Nullable KafkaStreams streams;
    private @Nullable String lastProblem;
    private int deaths;
    private boolean down;
    private boolean closed;
    /** Whether what is on the disk cannot be used, so that everything has to come out of the changelogs. */
    private boolean damaged;
    /** Whether it starts again because the clock was set back. */
    private boolean setBack;

    /**
     * How a lane is.
     *
     * @param oldestPolicy the policy version that every partition here has applied at least
     * @param newestPolicy the newest that one has applied; if they differ, a broadcast was interrupted
     * @param splitPolicy the version in force of which partitions here have different documents; 0 if there is none
     * @param policies what stands in every partition here
     */
    record Health(
            String state,
            boolean ready,
            Duration overdue,
            int deaths,
            int oldestPolicy,
            int newestPolicy,
            int splitPolicy,
            SortedMap<Integer, LaneGauges.Standing> policies,
            @Nullable String problem) {}

    /** The host's clock was set back while the lane ran. */
    private static final class ClockSetBackException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private ClockSetBackException(Duration by) {
            super("the host's clock was set back by " + by
                    + "; the lane starts again, or it would do nothing for so long");
        }
    }

    /** @param time the host's, by which Kafka works */
    Lane(ServiceConfig config, LaneSettings settings, Time time) {
        this.config = config;
        this.settings = settings;
        this.time = time;
        this.keeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("lane-" + agency()).daemon().factory());
    }

    AgencyId agency() {
        return settings.agency().id();
    }

    /** Begins to start; returns at once. */
    void start() {
        later(this::open, Duration.ZERO);
    }

    /** Does not start: it would do harm. */
    void staysDown(String problem) {
        LOG.atError()
                .addKeyValue("agency", agency())
                .addKeyValue("problem", problem)
                .log("the lane stays down");
        synchronized (this) {
            lastProblem = problem;
            down = true;
        }
    }

    synchronized Health health(Instant now) {
        var state =
                down ? "DOWN" : streams == null ? "STARTING" : streams.state().name();
        var ready = !down && streams != null && streams.state() == KafkaStreams.State.RUNNING;
        return new Health(
                state,
                ready,
                settings.gauges().overdue(now, ready),
                deaths,
                settings.gauges().oldestPolicy(),
                settings.gauges().newestPolicy(),
                settings.gauges().splitPolicy(),
                settings.gauges().standings(),
                ready ? null : lastProblem);
    }

    /** Starts to be open; runs in the keeper's thread, as everything that waits does. */
    private void open() {
        try {
            // From here on only a schema that is not ours needs the registry, so no release waits for it.
            settings.codecs().prime();
        } catch (RegistryUnavailableException e) {
            synchronized (this) {
                lastProblem = e.getMessage();
            }
            later(this::open, REGISTRY_PAUSE);
            return;
        }
        synchronized (this) {
            if (down || streams != null) {
                return;
            }
            var properties = properties(config, agency());
            var topology = LaneTopology.build(new TopologyConfig(new StreamsConfig(properties)), settings);
            var opened = new KafkaStreams(topology, new StreamsConfig(properties), time);
            opened.setUncaughtExceptionHandler(problem -> {
                died(problem);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            if (damaged) {
                cleanUp(opened);
                damaged = false;
            }
            streams = opened;
            opened.start();
        }
    }

    /** Throws the stores away; they are restored from their changelogs. */
    private static void cleanUp(KafkaStreams streams) {
        try {
            streams.cleanUp();
        } catch (RuntimeException e) {
            streams.close();
            throw e;
        }
    }

    /** Called by a dying stream thread, which must not wait for its own end, or by the keeper. */
    private void died(Throwable problem) {
        var root = problem;
        var ofStores = root instanceof ProcessorStateException;
        while (root.getCause() != null && !(root instanceof RegistryUnavailableException)) {
            root = root.getCause();
            ofStores |= root instanceof ProcessorStateException;
        }
        LOG.atError().addKeyValue("agency", agency()).setCause(problem).log("the lane died");
        synchronized (this) {
            lastProblem = root.getClass().getSimpleName() + ": " + root.getMessage();
            deaths++;
            damaged |= ofStores;
            setBack = root instanceof ClockSetBackException;
            down = down || root instanceof LaneStoppedException;
        }
        later(this::reopen, Duration.ZERO);
    }

    /**
     * The host's clock was set back: the lane starts again, with clients that know no other time. See {@link ClockWatch}.
     */
    void clockSetBack(Duration by) {
        if (isOpen()) {
            died(new ClockSetBackException(by));
        }
    }

    /**
     * A consumer that was waiting for records when the clock was set back waits on until one comes; so a fence is written to every
     * partition. One that has none of them waits until the clock has caught up.
     */
    private void wakeUp() {
        for (var partition = 0; partition < settings.partitions(); partition++) {
            settings.proposer().propose(partition, NOT_ASKED_FOR);
        }
    }

    private synchronized boolean isOpen() {
        return streams != null && !down;
    }

    private void reopen() {
        closeStreams();
        Duration pause;
        synchronized (this) {
            if (down) {
                LOG.atError()
                        .addKeyValue("agency", agency())
                        .addKeyValue("problem", lastProblem)
                        .log("the lane stays down until the process is started again");
                return;
            }
            pause = setBack ? Duration.ZERO : FIRST_PAUSE.multipliedBy(Math.min(deaths, LONGEST_PAUSE.toSeconds()));
        }
        later(this::open, pause);
    }

    /** Has the keeper do something. What goes wrong there is a death like any other, never lost in the executor. */
    private void later(Runnable step, Duration pause) {
        synchronized (this) {
            if (closed) {
                return;
            }
            var unused = keeper.schedule(
                    () -> {
                        try {
                            step.run();
                        } catch (RuntimeException | LinkageError e) {
                            died(e);
                        }
                    },
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void closeStreams() {
        KafkaStreams closing;
        boolean asleep;
        synchronized (this) {
            closing = streams;
            asleep = setBack;
        }
        if (closing != null && !closes(closing, asleep)) {
            LOG.atWarn().addKeyValue("agency", agency()).log("the lane did not close in time");
        }
        synchronized (this) {
            streams = null;
        }
    }

    private boolean closes(KafkaStreams closing, boolean asleep) {
        for (var step = 0; step < CLOSE_STEPS; step++) {
            if (asleep) {
                wakeUp();
            }
            if (closing.close(CLOSE_STEP)) {
                return true;
            }
        }
        return false;
    }

    /** Ends the lane in order, so that its stores need not be restored at the next start. */
    @Override
    public void close() {
        synchronized (this) {
            down = true;
            closed = true;
        }
        keeper.shutdownNow();
        closeStreams();
    }

    /** The folder of all lanes' stores. */
    static Path stateDir(ServiceConfig config) {
        return config.dataDir().resolve("lanes");
    }

    /** The settings of a lane; the reasons stand where a value is not the obvious one. */
    static Properties properties(ServiceConfig config, AgencyId agency) {
        var properties = new Properties();
        properties.putAll(config.kafkaClient());
        properties.putAll(Map.ofEntries(
                Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, Topics.lane(agency)),
                Map.entry(StreamsConfig.STATE_DIR_CONFIG, stateDir(config).toString()),
                Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                // Readers of committed records see a release at most this much later.
                Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100),
                Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1),
                Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0),
                Map.entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true),
                Map.entry(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class),
                Map.entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replication()),
                Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbys()),
                // Below the changelogs' delete.retention.ms: state older than that could bring deleted timers back.
                Map.entry("state.cleanup.dir.max.age.ms", Duration.ofDays(5).toMillis()),
                Map.entry(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false),
                // There is no global store; without it every client warns that its handler is not asked about one.
                Map.entry("processing.exception.handler.global.enabled", true),
                // A restarted instance takes its tasks back at once instead of waiting out its old session.
                Map.entry(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instanceId()),
                Map.entry(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000),
                Map.entry(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000),
                Map.entry(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest"),
                // A changelog's end is a transaction's marker, so a start waits once for every store.
                Map.entry(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 50),
                // Records may be much larger than they were on the wire, and all lanes share one heap.
                Map.entry(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 200),
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4"),
                // Nobody sees a record before the commit, which waits for none: so batches may fill, and the broker has
                // less to do.
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20),
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 << 10),
                Map.entry(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 8 << 20)));
        return properties;
    }
}
