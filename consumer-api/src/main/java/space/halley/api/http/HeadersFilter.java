package space.halley.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** The headers that keep foreign text harmless in a browser, on every answer. */
@ServerFilter("/**")
final class HeadersFilter {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @ResponseFilter
    void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var headers = response.getHeaders();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        if (request.getPath().startsWith("/v1/") || request.getPath().equals("/openapi.yml")) {
            // Everything here is public and nothing depends on who asks, so other sites' pages may read it.
            headers.set("Access-Control-Allow-Origin", "*");
        }
        if (!response.getHeaders().contains("Cache-Control")) {
            headers.set("Cache-Control", "no-cache");
        }
    }
}
