package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.schemas.Topics;
import space.halley.testkit.Samples;

/** Very many products due at one instant, while nothing else happens. */
@Tag("faults")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class DrainFaultsTest {
    /** As many as one step may release. */
    private static final int STEP = 5_000;
    /** A step, and everything from one commit to the next, may take this part of what a transaction may. */
    private static final int PART = 10;

    @TempDir
    private Path folder;

    private Installation site;

    @BeforeEach
    void open() throws Exception {
        site = Installation.onOneBroker(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** All in one partition: with others the thread would do something else in between. */
    @Test
    void noStepAndNoTransactionComesNearTheTransactionTimeout() throws Exception {
        try (var lanes = site.start("1")) {
            await().atMost(Installation.PATIENCE).until(lanes::ready);
            var oldest = new AtomicLong();
            try (var drain = Drain.ofOnePartition(site, "many", Installation.DRAIN, 0)) {
                var id = transactionalId();
                drain.awaitMiddle();
                drain.awaitEnd(() -> {
                    var begin = transaction(id).transactionStartTimeMs();
                    var now = Installation.CLOCK.instant().toEpochMilli();
                    begin.ifPresent(start -> oldest.accumulateAndGet(now - start, Math::max));
                });
                var limit = Duration.ofMillis(transaction(id).transactionTimeoutMs())
                        .dividedBy(PART)
                        .toMillis();
                assertThat(drain.steps()).as("steps before the last").isGreaterThanOrEqualTo(Installation.DRAIN / STEP);
                assertThat(longestTicks()).as("ms of the longest ticks").isBetween(1.0, (double) limit);
                assertThat(oldest.get()).as("ms that a transaction was open").isBetween(1L, limit);
                site.awaitReleaseOf(drain.lids());
            }
        }
    }

    private String transactionalId() throws ExecutionException, InterruptedException {
        return site.kafka().admin().listTransactions().all().get().stream()
                .map(TransactionListing::transactionalId)
                .filter(name -> name.startsWith(Topics.lane(Samples.NASA)))
                .findFirst()
                .orElseThrow();
    }

    private TransactionDescription transaction(String id) {
        try {
            return site.kafka()
                    .admin()
                    .describeTransactions(List.of(id))
                    .description(id)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a transaction was looked at", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the transaction " + id + " cannot be seen", e.getCause());
        }
    }

    /**
     * How long the ticks of all tasks of NASA's lane, one behind the other, took at most in the last minute, in
     * milliseconds. Kafka Streams measures what they take together, and divides it by their number.
     */
    private static double longestTicks() throws JMException {
        var beans = ManagementFactory.getPlatformMBeanServer();
        var threads = beans.queryNames(
                new ObjectName(
                        "kafka.streams:type=stream-thread-metrics,thread-id=" + Topics.lane(Samples.NASA) + "-*"),
                null);
        assertThat(threads).as("threads of the lane").hasSize(1);
        var ofOne = (double) beans.getAttribute(threads.iterator().next(), "punctuate-latency-max");
        return ofOne * Installation.PARTITIONS;
    }
}
