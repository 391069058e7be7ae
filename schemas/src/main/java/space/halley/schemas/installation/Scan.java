package space.halley.schemas.installation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads partitions from their first record to what is their end at that moment, and gives up when it gets no further: a
 * consumer waits for a lost broker as long as it takes, and whoever asks at a terminal would not know why.
 */
public final class Scan {
    /** How long nothing may come. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(50);

    private final Duration patience;
    private final LongSupplier nanos;

    /** With {@link #PATIENCE}. */
    public Scan() {
        this(PATIENCE, System::nanoTime);
    }

    /** @param nanos a clock of its own zero, as {@link System#nanoTime} */
    Scan(Duration patience, LongSupplier nanos) {
        this.patience = patience;
        this.nanos = nanos;
    }

    /**
     * Reads the partitions.
     *
     * @throws TimeoutException if it got no further in any of them for that long
     */
    public void read(
            Consumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var positions = positions(consumer, partitions);
        var since = nanos.getAsLong();
        while (isBefore(positions, ends)) {
            consumer.poll(POLL).forEach(reader);
            // Not the records: a stretch of aborted transactions has none, and may be long.
            var next = positions(consumer, partitions);
            if (!next.equals(positions)) {
                since = nanos.getAsLong();
            } else if (nanos.getAsLong() - since >= patience.toNanos()) {
                throw new TimeoutException(stalled(positions, ends));
            }
            positions = next;
        }
    }

    private String stalled(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
        var where = positions.entrySet().stream()
                .filter(position -> position.getValue() < end(ends, position.getKey()))
                .map(position ->
                        position.getKey() + " at " + position.getValue() + " of " + end(ends, position.getKey()))
                .sorted()
                .collect(Collectors.joining(", "));
        return "nothing more came for " + patience.toSeconds() + " s from " + where;
    }

    private static boolean isBefore(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
        return positions.entrySet().stream().anyMatch(position -> position.getValue() < end(ends, position.getKey()));
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return Objects.requireNonNull(ends.get(partition));
    }

    private static Map<TopicPartition, Long> positions(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        return partitions.stream().collect(Collectors.toMap(partition -> partition, consumer::position));
    }
}
