package space.halley.producer.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.producer.label.LabelReading;

/**
 * One thing to publish.
 *
 * @param historic whether it is a line of a table of past releases rather than a label
 * @param releasedAt when it was released, according to the table; null if unknown
 */
record Item(
        LabelReading reading, boolean historic, @Nullable Instant releasedAt) {}
