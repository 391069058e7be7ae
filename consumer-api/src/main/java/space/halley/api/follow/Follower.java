package space.halley.api.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import space.halley.api.catalogue.LogRecord;
import space.halley.api.index.IndexSnapshots;
import space.halley.api.index.Position;
import space.halley.api.index.PublicIndex;
import space.halley.domain.PublicEvent;
import space.halley.schemas.Decoding;
import space.halley.schemas.RegistryUnavailableException;

/**
 * Keeps the index up with the public log, on a thread of its own.
 *
 * <p>It works in sessions: open the index at its last commit, connect to the log, go on from the index's place. Whatever
 * goes wrong ends the session, says why in the {@link #status}, and after a pause the next session begins from the last
 * commit. So there is one way to recover, and it is the way of every start.
 */
public final class Follower implements FollowerMonitor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** When no records come, the broker is asked so often whether it is still there. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);

    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    private static final int COMMIT_RECORDS = 20_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, Object> client;
    private final String topic;
    private final Path folder;
    private final PublicEventDecoder decoder;
    private final IndexSnapshots snapshots;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile FollowerStatus status;

    /** The identity of the log whose index is shown. */
    private @Nullable String served;

    private Duration pause = FIRST_PAUSE;

    /**
     * @param client Kafka settings that name the cluster and the credentials
     * @param folder for the index; no other process may use it
     */
    public Follower(
            Map<String, Object> client,
            String topic,
            Path folder,
            PublicEventDecoder decoder,
            IndexSnapshots snapshots,
            InstantSource clock) {
        this.client = Map.copyOf(client);
        this.topic = topic;
        this.folder = folder;
        this.decoder = decoder;
        this.snapshots = snapshots;
        this.clock = clock;
        this.status = new FollowerStatus(FollowerStatus.Phase.STARTING, false, 0, clock.instant(), null);
        this.thread = Thread.ofPlatform().name("follower").unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    @Override
    public FollowerStatus status() {
        return status;
    }

    /** Ends after the batch at hand and commits it. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (thread.isAlive() && !thread.join(STOP_TIMEOUT)) {
                LOG.atWarn().log("The follower did not stop in time; the index goes on from its last commit next time");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping()) {
                try {
                    session();
                } catch (IOException
                        | ExecutionException
                        | UndecodableRecordException
                        | LogLostException
                        | KafkaException
                        | RegistryUnavailableException
                        | IllegalStateException e) {
                    if (e instanceof InterruptException) {
                        break;
                    }
                    stalled(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            phase(FollowerStatus.Phase.STOPPED, status.why());
        }
    }

    private void session()
            throws IOException, ExecutionException, InterruptedException, UndecodableRecordException, LogLostException {
        try (var log = PublicLog.connect(client, topic);
                var index = PublicIndex.open(folder, log.id(), snapshots)) {
            var end = log.end();
            if (!log.id().equals(served)) {
                unready();
            }
            if (!end.reaches(index.position())) {
                index.clear();
                unready();
                LOG.atWarn()
                        .addKeyValue("end", end)
                        .log("The public log ends before the index's place; the index is built again from it");
            }
            log.seek(index.position());
            LOG.atLevel(status.phase() == FollowerStatus.Phase.STALLED ? Level.DEBUG : Level.INFO)
                    .addKeyValue("from", index.position())
                    .addKeyValue("to", end)
                    .log("Following the public log");
            if (!status.caughtUp()) {
                phase(FollowerStatus.Phase.CATCHING_UP, null);
            }
            follow(log, index, end);
        }
    }

    /** What was shown is of a log that is no more. */
    private void unready() {
        status = status.behind();
    }

    private void follow(PublicLog log, PublicIndex index, Position target)
            throws IOException, UndecodableRecordException {
        var uncommitted = 0;
        var committedAt = clock.instant();
        var heardAt = committedAt;
        // The first poll does not wait, so that an index that has everything is ready at once.
        var patience = Duration.ZERO;
        while (true) {
            var records = log.poll(patience);
            patience = POLL;
            var batch = decode(records);
            var complete = batch.undecodable == null;
            index.apply(batch.records, complete ? log.position() : index.position());
            uncommitted += batch.records.size();
            var caughtUp = index.position().reaches(target);
            var due = !clock.instant().isBefore(committedAt.plus(COMMIT_EVERY));
            // Nobody is answered from an incomplete index: until it has caught up, the one before is shown, if any.
            if (caughtUp || (due && !status.caughtUp())) {
                index.publish();
                served = log.id();
            }
            if (due || uncommitted >= COMMIT_RECORDS || !complete || stopping()) {
                index.commit();
                uncommitted = 0;
                committedAt = clock.instant();
            }
            if (batch.undecodable != null) {
                throw batch.undecodable;
            }
            var now = clock.instant();
            if (!records.isEmpty()) {
                heardAt = now;
                progress(caughtUp, log.lag());
            } else if (!now.isBefore(heardAt.plus(ASK_EVERY))) {
                heardAt = now;
                progress(caughtUp, index.position().distanceTo(log.end()));
            } else {
                progress(caughtUp, log.lag());
            }
            if (stopping()) {
                return;
            }
        }
    }

    /** What of a poll can be read, and why the rest cannot. */
    private static final class Batch {
        private final List<LogRecord> records = new ArrayList<>();
        private @Nullable UndecodableRecordException undecodable;
    }

    private Batch decode(List<ConsumerRecord<byte[], byte[]>> polled) {
        var batch = new Batch();
        for (var logged : polled) {
            switch (decoder.decode(logged.value())) {
                case Decoding.Decoded<PublicEvent> decoded ->
                    batch.records.add(new LogRecord(
                            logged.partition(),
                            logged.offset(),
                            Instant.ofEpochMilli(logged.timestamp()),
                            decoded.value()));
                case Decoding.Undecodable<PublicEvent> bad -> {
                    batch.undecodable = new UndecodableRecordException(
                            logged.partition(), logged.offset(), bad.reason() + ", " + bad.explanation());
                    return batch;
                }
            }
        }
        return batch;
    }

    private void progress(boolean caughtUp, long lag) {
        var first = caughtUp && !status.caughtUp();
        status = status.at(caughtUp, lag);
        if (caughtUp || status.caughtUp()) {
            phase(FollowerStatus.Phase.FOLLOWING, null);
        }
        if (first) {
            LOG.atInfo().log("The index has caught up with the public log");
        }
        pause = FIRST_PAUSE;
    }

    private void stalled(Exception problem) throws InterruptedException {
        var why = explanation(problem);
        if (!why.equals(status.why())) {
            LOG.atWarn().addKeyValue("why", why).log("The follower waits and tries again");
            LOG.atDebug().setCause(problem).log("What the follower waits for");
        }
        phase(FollowerStatus.Phase.STALLED, why);
        if (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            var doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    private static String explanation(Throwable problem) {
        var cause = problem instanceof ExecutionException && problem.getCause() != null ? problem.getCause() : problem;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private void phase(FollowerStatus.Phase phase, @Nullable String why) {
        status = status.as(phase, why, clock.instant());
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }
}
