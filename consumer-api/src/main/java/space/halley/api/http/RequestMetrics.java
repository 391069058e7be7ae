package space.halley.api.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.concurrent.TimeUnit;

/** Times the answers by route and status. The route is the template, never what was asked for. */
@ServerFilter("/**")
final class RequestMetrics {
    private static final String BEGAN = "halley.began";
    private static final String NO_ROUTE = "none";

    private final MeterRegistry registry;

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @RequestFilter
    void begin(HttpRequest<?> request) {
        request.setAttribute(BEGAN, System.nanoTime());
    }

    @ResponseFilter
    void end(HttpRequest<?> request, HttpResponse<?> response) {
        var route = BasicHttpAttributes.getUriTemplate(request).orElse(NO_ROUTE);
        request.getAttribute(BEGAN, Long.class).ifPresent(began -> registry.timer(
                        "halley.http.answers", "route", route, "status", Integer.toString(response.code()))
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
    }
}
