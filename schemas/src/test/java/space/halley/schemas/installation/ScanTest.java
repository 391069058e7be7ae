package space.halley.schemas.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ScanTest {
    private static final TopicPartition ZERO = new TopicPartition("a.topic", 0);
    private static final TopicPartition ONE = new TopicPartition("a.topic", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> read = new ArrayList<>();

    @Test
    void readsToTheEndHoweverLongItTakesAsLongAsSomethingComes() {
        topic(3, 0);
        for (var offset = 0L; offset < 3; offset++) {
            var next = offset;
            after(Duration.ofSeconds(29), () -> {});
            after(Duration.ofSeconds(0), () -> consumer.addRecord(record(next)));
        }

        scan();

        assertThat(read).containsExactly(0L, 1L, 2L);
    }

    @Test
    void givesUpWhereNothingComesAnyMoreAndSaysWhere() {
        topic(3, 0);
        after(Duration.ofSeconds(29), () -> consumer.addRecord(record(0)));
        after(Duration.ofSeconds(30), () -> {});

        assertThatThrownBy(this::scan)
                .isInstanceOf(TimeoutException.class)
                .hasMessage("nothing more came for 30 s from a.topic-0 at 1 of 3");
        assertThat(read).containsExactly(0L);
    }

    private void scan() {
        new Scan(Scan.PATIENCE, nanos::get).read(consumer, List.of(ZERO, ONE), record -> read.add(record.offset()));
    }

    private void topic(long end, long other) {
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        consumer.updateEndOffsets(Map.of(ZERO, end, ONE, other));
    }

    private void after(Duration time, Runnable then) {
        consumer.schedulePollTask(() -> {
            nanos.addAndGet(time.toNanos());
            then.run();
        });
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>("a.topic", 0, offset, new byte[0], new byte[0]);
    }
}
