package space.halley.api.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Set;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;
import space.halley.api.catalogue.Json;
import space.halley.api.catalogue.ProductSummary;

/** Answers questions for products. Safe for use by several threads. */
public final class ProductSearch {
    private final TextQuestion texts = new TextQuestion(new CatalogueAnalyzer());

    /**
     * A page of the products that the question finds in this snapshot. Over all pages, products that are found by the
     * question all the time are given exactly once, whatever is added in between.
     */
    public ProductPage page(IndexSnapshot snapshot, ProductQuestion question)
            throws IOException, InvalidCursorException {
        var query = question.query(texts);
        var sort = question.sort().sort();
        var fingerprint = question.fingerprint();
        @Nullable
        FieldDoc after = question.cursor() == null
                ? null
                : PageCursor.read(question.cursor(), fingerprint, sort.getSort().length);
        var searcher = snapshot.searcher();
        // The collector may stop early because the exact count is taken on its own.
        var hits = searcher.search(query, new TopFieldCollectorManager(sort, question.limit() + 1, after, 1)).scoreDocs;
        var items = new ArrayList<ProductSummary>();
        var storedFields = searcher.storedFields();
        for (int i = 0; i < Math.min(hits.length, question.limit()); i++) {
            var stored = storedFields.document(hits[i].doc, Set.of(Fields.SUMMARY_JSON));
            items.add(Json.read(Stored.bytes(stored, Fields.SUMMARY_JSON), ProductSummary.class));
        }
        var next = hits.length > question.limit() && hits[question.limit() - 1] instanceof FieldDoc last
                ? PageCursor.write(fingerprint, last)
                : null;
        return new ProductPage(searcher.count(query), items, next);
    }
}
