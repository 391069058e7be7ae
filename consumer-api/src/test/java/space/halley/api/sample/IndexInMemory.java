package space.halley.api.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import space.halley.api.catalogue.LogRecord;
import space.halley.api.index.IndexSnapshots;
import space.halley.api.index.Position;
import space.halley.api.index.PublicIndex;

/** An index that a test feeds itself, record by record, in the follower's place. */
public final class IndexInMemory implements AutoCloseable {
    /** The identity of the log that it is built from. */
    public static final String LOG_ID = "log-of-the-test";

    private final IndexSnapshots snapshots = new IndexSnapshots();
    private final PublicIndex index;

    public IndexInMemory(Path folder) throws IOException {
        index = PublicIndex.open(folder, LOG_ID, snapshots);
        index.publish();
    }

    /** What readers see. */
    public IndexSnapshots snapshots() {
        return snapshots;
    }

    /** Shows readers these records. */
    public void take(List<LogRecord> records, Position after) throws IOException {
        index.apply(records, after);
        index.publish();
    }

    /** Shows readers what the log has and the index has not. */
    public void follow(PublicLogSample log) throws IOException {
        var from = index.position();
        take(
                log.records().stream()
                        .filter(logged -> logged.offset() >= from.next(logged.partition()))
                        .toList(),
                log.end());
    }

    /** Writes to disk. */
    public void commit() throws IOException {
        index.commit();
    }

    @Override
    public void close() throws IOException {
        snapshots.close();
        index.close();
    }
}
