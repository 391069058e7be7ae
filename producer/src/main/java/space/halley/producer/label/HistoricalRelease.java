package space.halley.producer.label;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a table of releases that happened before Halley.
 *
 * @param reading the data set's description, or why the line cannot be used
 * @param releasedAt the beginning of the day, month or year of the release, UTC; null if the table does not know it
 * @param archiveStatus the archive's word for the data set's state, such as {@code ARCHIVED} or {@code
 *     IN_PEER_REVIEW}; empty if the table has none
 */
public record HistoricalRelease(
        LabelReading reading, @Nullable Instant releasedAt, String archiveStatus) {}
