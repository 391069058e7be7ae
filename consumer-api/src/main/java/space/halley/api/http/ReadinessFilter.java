package space.halley.api.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;
import space.halley.api.follow.FollowerMonitor;

/** Answers no question from an index that has not caught up: it would deny products that are public. */
@ServerFilter("/v1/**")
final class ReadinessFilter {
    private final FollowerMonitor follower;

    ReadinessFilter(FollowerMonitor follower) {
        this.follower = follower;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> check(HttpRequest<?> request) {
        if (follower.status().caughtUp()) {
            return null;
        }
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        Problem.NOT_READY,
                        "the index is not yet up with the public log; /health says how far it is",
                        request,
                        null)
                .response()
                .header(HttpHeaders.RETRY_AFTER, "1");
    }
}
