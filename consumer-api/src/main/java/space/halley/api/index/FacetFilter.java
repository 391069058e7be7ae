package space.halley.api.index;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** A choice of products or events: all facets must hold, each for any of its values. */
public record FacetFilter(Map<Facet, List<String>> wanted) {
    /** Everything. */
    public static final FacetFilter ALL = new FacetFilter(Map.of());

    public FacetFilter {
        var copy = new EnumMap<Facet, List<String>>(Facet.class);
        wanted.forEach((facet, values) -> copy.put(facet, List.copyOf(values)));
        wanted = Collections.unmodifiableMap(copy);
    }

    void addTo(BooleanQuery.Builder query) {
        wanted.forEach((facet, values) -> query.add(
                new TermInSetQuery(
                        facet.field(),
                        values.stream()
                                .map(value -> new BytesRef(facet.asked(value)))
                                .toList()),
                Occur.FILTER));
    }
}
