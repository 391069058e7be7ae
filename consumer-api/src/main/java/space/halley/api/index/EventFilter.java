package space.halley.api.index;

import java.util.Set;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import space.halley.api.catalogue.EventKind;

/**
 * A choice of events.
 *
 * @param kinds any of these; all kinds if empty
 */
public record EventFilter(FacetFilter facets, Set<EventKind> kinds) {
    /** Every event. */
    public static final EventFilter ALL = new EventFilter(FacetFilter.ALL, Set.of());

    public EventFilter {
        kinds = Set.copyOf(kinds);
    }

    void addTo(BooleanQuery.Builder query) {
        facets.addTo(query);
        if (!kinds.isEmpty()) {
            query.add(
                    new TermInSetQuery(
                            Fields.KIND,
                            kinds.stream()
                                    .map(kind -> new BytesRef(kind.word()))
                                    .toList()),
                    Occur.FILTER);
        }
    }
}
