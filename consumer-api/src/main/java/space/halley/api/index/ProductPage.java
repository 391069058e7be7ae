package space.halley.api.index;

import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.api.catalogue.ProductSummary;

/**
 * A page of products.
 *
 * @param total how many products the question finds, exactly, when this page was made
 * @param nextCursor for the next page; null if this is the last
 */
public record ProductPage(
        long total, List<ProductSummary> items, @Nullable String nextCursor) {
    public ProductPage {
        items = List.copyOf(items);
    }
}
