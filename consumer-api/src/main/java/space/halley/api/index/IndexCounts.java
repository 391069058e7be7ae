package space.halley.api.index;

import java.io.IOException;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.TermQuery;

/** How many documents of each kind a snapshot has. */
public record IndexCounts(long products, long events) {
    /** Counts them; takes no time worth mentioning. */
    public static IndexCounts of(IndexSnapshot snapshot) throws IOException {
        return new IndexCounts(count(snapshot, Fields.PRODUCT), count(snapshot, Fields.EVENT));
    }

    private static long count(IndexSnapshot snapshot, String kind) throws IOException {
        return snapshot.searcher().count(new TermQuery(new Term(Fields.DOCUMENT, kind)));
    }
}
