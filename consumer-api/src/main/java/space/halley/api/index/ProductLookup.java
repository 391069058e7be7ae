package space.halley.api.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import space.halley.api.catalogue.Json;
import space.halley.api.catalogue.ProductDetail;
import space.halley.api.catalogue.ProductSummary;
import space.halley.api.catalogue.ProductVersion;
import space.halley.api.catalogue.ReleaseState;
import space.halley.domain.Lid;
import space.halley.domain.Vid;

/** Products by their identifiers. */
public final class ProductLookup {
    /** More versions of one product than anyone has made; later ones come first. */
    static final int MAX_VERSIONS = 1_000;

    private static final Comparator<ProductVersion> NEWEST_FIRST = Comparator.comparing(
                    (ProductVersion version) -> Vid.parse(version.vid()))
            .reversed();

    private final IndexSearcher searcher;

    ProductLookup(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    /** Looks up in this snapshot. */
    public static ProductLookup in(IndexSnapshot snapshot) {
        return new ProductLookup(snapshot.searcher());
    }

    /** This version, if anything is public of it. */
    public Optional<ProductDetail> byLidvid(String lidvid) throws IOException {
        var hits = searcher.search(new TermQuery(new Term(Fields.KEY, lidvid)), 1).scoreDocs;
        if (hits.length == 0) {
            return Optional.empty();
        }
        var stored = searcher.storedFields().document(hits[0].doc, Set.of(Fields.DETAIL_JSON));
        return Optional.of(Json.read(Stored.bytes(stored, Fields.DETAIL_JSON), ProductDetail.class));
    }

    /** The product's public versions, newest first. */
    public List<ProductVersion> versions(Lid lid) throws IOException {
        var query = new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.DOCUMENT, Fields.PRODUCT)), Occur.FILTER)
                .add(new TermQuery(new Term(Fields.LID, lid.value())), Occur.FILTER)
                .build();
        var versions = new ArrayList<ProductVersion>();
        var storedFields = searcher.storedFields();
        for (var hit : searcher.search(query, MAX_VERSIONS).scoreDocs) {
            var stored = storedFields.document(hit.doc, Set.of(Fields.SUMMARY_JSON));
            var summary = Json.read(Stored.bytes(stored, Fields.SUMMARY_JSON), ProductSummary.class);
            versions.add(new ProductVersion(summary.lidvid(), summary.vid(), summary.state(), summary.releaseDate()));
        }
        versions.sort(NEWEST_FIRST);
        return versions;
    }

    /**
     * The version that a bare identifier stands for: the newest that is released, or else the newest that is announced,
     * or else the newest that was retracted.
     */
    public static Optional<ProductVersion> current(List<ProductVersion> newestFirst) {
        return newestFirst.stream().min(Comparator.comparingInt((ProductVersion version) -> rank(version.state())));
    }

    private static int rank(ReleaseState state) {
        return switch (state) {
            case RELEASED -> 0;
            case ANNOUNCED -> 1;
            case RETRACTED -> 2;
        };
    }
}
