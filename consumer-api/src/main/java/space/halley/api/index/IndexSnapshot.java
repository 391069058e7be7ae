package space.halley.api.index;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BooleanSimilarity;

/**
 * The index as it was at one place of the log. Immutable; readers get it from {@link IndexSnapshots}, which keeps its
 * files open while they read.
 */
public final class IndexSnapshot {
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final String logId;
    private final Position position;

    IndexSnapshot(DirectoryReader reader, String logId, Position position) {
        this.reader = reader;
        this.logId = logId;
        this.position = position;
        this.searcher = new IndexSearcher(reader);
        // A score depends on nothing but the question and the document: it is the same on every replica and does not
        // change while somebody turns pages, and no statistics of the collection are in it.
        this.searcher.setSimilarity(new BooleanSimilarity());
    }

    DirectoryReader reader() {
        return reader;
    }

    IndexSearcher searcher() {
        return searcher;
    }

    /** The identity of the log that it was built from; another log's positions mean nothing here. */
    public String logId() {
        return logId;
    }

    /** Everything before this place is in it. */
    public Position position() {
        return position;
    }
}
