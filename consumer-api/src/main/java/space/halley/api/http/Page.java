package space.halley.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.uri.UriBuilder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.api.catalogue.ProductSummary;
import space.halley.api.index.ProductPage;

/** A page of a list of products. */
@Schema(name = "ProductPage")
record Page(
        @Schema(description = "how many products the question finds, exactly")
        long total,

        List<ProductSummary> items,

        @Schema(description = "gives the next page, as the parameter cursor; missing on the last page") @Nullable
        String nextCursor,

        @Schema(description = "the address of the next page; missing on the last page") @Nullable
        String next) {

    static Page of(ProductPage page, HttpRequest<?> request) {
        var cursor = page.nextCursor();
        return new Page(page.total(), page.items(), cursor, cursor == null ? null : next(request, cursor));
    }

    private static String next(HttpRequest<?> request, String cursor) {
        var next = UriBuilder.of(request.getPath());
        request.getParameters().asMap().forEach((name, values) -> {
            if (!name.equals("cursor")) {
                next.queryParam(name, values.toArray());
            }
        });
        return next.queryParam("cursor", cursor).toString();
    }
}
