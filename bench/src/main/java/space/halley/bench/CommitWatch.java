package space.halley.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import space.halley.domain.AgencyId;
import space.halley.schemas.Topics;

/**
 * Sees from outside how far the committed work of a contender is, without reading what it writes: it asks the broker for
 * offsets a hundred times a second.
 */
final class CommitWatch {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Admin admin;

    CommitWatch(Admin admin) {
        this.admin = admin;
    }

    /**
     * A stretch of work.
     *
     * @param cpu of the whole process, broker included
     */
    record Stretch(long records, Duration time, Duration cpu) {
        double perSecond() {
            return records / (time.toNanos() / 1e9);
        }

        double cpuMicrosEach() {
            return cpu.toNanos() / 1e3 / records;
        }
    }

    private record Sample(long records, long nanoTime, long cpuNanos) {
        static Sample of(long records) {
            return new Sample(records, System.nanoTime(), ProcessorTime.ofProcess());
        }

        Stretch since(Sample earlier) {
            return new Stretch(
                    records - earlier.records,
                    Duration.ofNanos(nanoTime - earlier.nanoTime),
                    Duration.ofNanos(cpuNanos - earlier.cpuNanos));
        }
    }

    /** Waits until the lane's group has committed all commands; measures from the first commit that is seen to the last. */
    Stretch commands(long expected) throws InterruptedException, ExecutionException {
        return commands(0, expected);
    }

    /** The same where some were committed before. Gives up when nothing has been committed for minutes. */
    Stretch commands(long before, long expected) throws InterruptedException, ExecutionException {
        return commands(before, expected, PATIENCE);
    }

    /** The same with another patience. */
    Stretch commands(long before, long expected, Duration patience) throws InterruptedException, ExecutionException {
        var deadline = System.nanoTime() + patience.toNanos();
        var first = Sample.of(before);
        var last = before;
        while (true) {
            var now = Sample.of(committedCommands(Site.AGENCY));
            if (now.records() >= expected) {
                // So few that one commit took them all: the start counts too, which is too slow but not nonsense.
                return now.since(first);
            }
            if (first.records() == before && now.records() > before) {
                first = now;
            }
            if (now.records() > last) {
                last = now.records();
                deadline = System.nanoTime() + patience.toNanos();
            }
            pause(deadline, now.records() + " of " + expected + " commands were committed");
        }
    }

    /** Measures from now on until all these records are committed in the public log. */
    Stretch releases(long expected) throws InterruptedException, ExecutionException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var begin = Sample.of(0);
        var last = begin;
        while (true) {
            var end = publicEnd();
            if (end != last.records()) {
                last = Sample.of(end);
            }
            // Commit markers take offsets too, so the end alone does not tell; silence behind it does.
            if (end >= expected && System.nanoTime() - last.nanoTime() > QUIET.toNanos()) {
                var all = new Sample(expected, last.nanoTime(), last.cpuNanos());
                return all.since(begin);
            }
            pause(deadline, end + " of " + expected + " releases were committed");
        }
    }

    /** How far the lane's group has committed: the commands, and the fences among them. */
    long committedCommands(AgencyId agency) throws InterruptedException, ExecutionException {
        return admin
                .listConsumerGroupOffsets(Topics.lane(agency))
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .filter(java.util.Objects::nonNull)
                .mapToLong(committed -> committed.offset())
                .sum();
    }

    private long publicEnd() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, Site.PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(Topics.PUBLIC, partition), partition -> OffsetSpec.latest()));
        return admin
                .listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private static void pause(long deadline, String state) throws InterruptedException {
        if (System.nanoTime() - deadline > 0) {
            throw new IllegalStateException("only " + state + " within " + PATIENCE);
        }
        Thread.sleep(INTERVAL);
    }
}
