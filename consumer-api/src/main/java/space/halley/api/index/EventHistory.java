package space.halley.api.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Set;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;

/**
 * The public events behind a place in the log. Replay, resumption and live reading are this one question, so nothing
 * can be lost or repeated between them.
 */
public final class EventHistory {
    private static final Set<String> STORED = Set.of(Fields.PARTITION, Fields.OFFSET, Fields.KIND, Fields.EVENT_JSON);
    private static final Sort IN_ORDER =
            new Sort(LongField.newSortField(Fields.SEQUENCE, false, SortedNumericSelector.Type.MIN));

    private EventHistory() {}

    /**
     * The next events of this choice.
     *
     * @param maxEvents at most so many
     * @param maxBytes stop after the event with which their JSON takes so much
     */
    public static EventBatch after(
            IndexSnapshot snapshot, Position from, EventFilter filter, int maxEvents, long maxBytes)
            throws IOException {
        if (from.reaches(snapshot.position())) {
            return new EventBatch(new ArrayList<>(), from);
        }
        var query = new BooleanQuery.Builder().add(behind(snapshot, from), Occur.FILTER);
        filter.addTo(query);
        var searcher = snapshot.searcher();
        var hits = searcher.search(query.build(), new TopFieldCollectorManager(IN_ORDER, maxEvents, null, 1)).scoreDocs;
        var events = new ArrayList<EventBatch.Entry>();
        var storedFields = searcher.storedFields();
        var position = from;
        long bytes = 0;
        for (var hit : hits) {
            if (bytes >= maxBytes) {
                break;
            }
            var stored = storedFields.document(hit.doc, STORED);
            var json = new String(Stored.bytes(stored, Fields.EVENT_JSON), StandardCharsets.UTF_8);
            position = position.after(
                    Integer.parseInt(Stored.text(stored, Fields.PARTITION)),
                    Long.parseLong(Stored.text(stored, Fields.OFFSET)));
            events.add(new EventBatch.Entry(Stored.text(stored, Fields.KIND), json, position));
            bytes += json.length();
        }
        var exhausted = hits.length < maxEvents && events.size() == hits.length;
        return new EventBatch(events, exhausted ? position.later(snapshot.position()) : position);
    }

    private static BooleanQuery behind(IndexSnapshot snapshot, Position from) {
        var any = new BooleanQuery.Builder();
        for (var partition : snapshot.position().partitions()) {
            var next = from.next(partition);
            if (next < snapshot.position().next(partition)) {
                any.add(
                        new BooleanQuery.Builder()
                                .add(new TermQuery(new Term(Fields.PARTITION, partition.toString())), Occur.FILTER)
                                .add(LongField.newRangeQuery(Fields.OFFSET, next, Long.MAX_VALUE), Occur.FILTER)
                                .build(),
                        Occur.SHOULD);
            }
        }
        return any.build();
    }
}
