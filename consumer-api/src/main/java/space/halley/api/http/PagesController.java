package space.halley.api.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import space.halley.domain.ContentHash;

/** The pages: a few files, read once. They take everything else from the API, like anybody's page could. */
@Controller
@Hidden
class PagesController {
    private static final String HTML = "text/html; charset=utf-8";
    private static final Map<String, String> ASSETS = Map.of(
            "style.css", "text/css; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "product.js", "text/javascript; charset=utf-8",
            "halley.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");
    private static final int TAG_LENGTH = 16;

    private final Asset first;
    private final Asset product;
    private final Asset openApi;
    private final Map<String, Asset> assets;

    PagesController() throws IOException {
        first = asset("/web/index.html", HTML);
        product = asset("/web/product.html", HTML);
        openApi = asset("/META-INF/swagger/halley-openapi.yml", "application/yaml; charset=utf-8");
        var loaded = new HashMap<String, Asset>();
        for (var entry : ASSETS.entrySet()) {
            loaded.put(entry.getKey(), asset("/web/" + entry.getKey(), entry.getValue()));
        }
        assets = Map.copyOf(loaded);
    }

    /** The first page. */
    @Get
    HttpResponse<String> first(HttpRequest<?> request) {
        return answer(first, request);
    }

    /** The page of any product; its script asks the API for the one that the address names. */
    @Get("/products/{id:.+}")
    HttpResponse<String> product(HttpRequest<?> request, String id) {
        return answer(product, request);
    }

    /** A style sheet, script or picture of the pages. */
    @Get("/assets/{name}")
    HttpResponse<String> asset(HttpRequest<?> request, String name) {
        var asset = assets.get(name);
        return asset == null ? HttpResponse.notFound() : answer(asset, request);
    }

    /** What browsers ask for on their own. */
    @Get("/favicon.ico")
    HttpResponse<String> icon(HttpRequest<?> request) {
        return asset(request, "icon.svg");
    }

    /** The description of the API. */
    @Get("/openapi.yml")
    HttpResponse<String> openApi(HttpRequest<?> request) {
        return answer(openApi, request);
    }

    private record Asset(String text, String type, String tag) {}

    private static HttpResponse<String> answer(Asset asset, HttpRequest<?> request) {
        if (asset.tag().equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))) {
            return HttpResponse.<String>notModified().header(HttpHeaders.ETAG, asset.tag());
        }
        return HttpResponse.ok(asset.text())
                .contentType(MediaType.of(asset.type()))
                .header(HttpHeaders.ETAG, asset.tag());
    }

    private static Asset asset(String path, String type) throws IOException {
        try (var stream = PagesController.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IOException("the program lacks its file " + path + "; build it again");
            }
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new Asset(text, type, '"' + ContentHash.of(text).sha256().substring(0, TAG_LENGTH) + '"');
        }
    }
}
