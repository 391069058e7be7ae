package space.halley.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An error as RFC 9457 has it. */
@Schema(name = "Problem")
record Problem(
        @Schema(description = "names the kind of problem; stable, for programs to compare")
        String type,

        String title,
        int status,

        @Schema(description = "what is wrong and what to do")
        String detail,

        @Schema(description = "the path that was asked for") @Nullable
        String instance,

        @Schema(description = "the parameter that is wrong") @Nullable
        String parameter) {
    static final String INVALID_PARAMETER = "urn:halley:problem:invalid-parameter";
    static final String INVALID_CURSOR = "urn:halley:problem:invalid-cursor";
    static final String LOG_REPLACED = "urn:halley:problem:log-replaced";
    static final String NOT_FOUND = "urn:halley:problem:not-found";
    static final String NOT_READY = "urn:halley:problem:not-ready";
    static final String TOO_MANY_SUBSCRIBERS = "urn:halley:problem:too-many-subscribers";
    /** RFC 9457's word for a problem that the status says all of. */
    static final String GENERAL = "about:blank";

    private static final int MAX_INSTANCE = 500;

    static Problem of(
            HttpStatus status, String type, String detail, HttpRequest<?> request, @Nullable String parameter) {
        var path = request.getUri().getRawPath();
        return new Problem(
                type,
                status.getReason(),
                status.getCode(),
                detail,
                path == null || path.length() > MAX_INSTANCE ? null : path,
                parameter);
    }

    MutableHttpResponse<Problem> response() {
        return HttpResponse.<Problem>status(HttpStatus.valueOf(status))
                .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
                .body(this);
    }
}
