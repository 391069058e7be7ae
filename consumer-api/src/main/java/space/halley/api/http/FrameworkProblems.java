package space.halley.api.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import org.jspecify.annotations.NonNull;

/** Gives the errors that the framework finds itself the same form as ours, and never the text of an exception. */
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class FrameworkProblems implements ErrorResponseProcessor<Problem> {

    @Override
    public @NonNull MutableHttpResponse<Problem> processResponse(
            @NonNull ErrorContext context, @NonNull MutableHttpResponse<?> response) {
        HttpStatus status = response.status();
        return response.body(Problem.of(status, Problem.GENERAL, detail(status), context.getRequest(), null))
                .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "there is nothing at this address; /openapi.yml lists what there is";
            case METHOD_NOT_ALLOWED -> "this address is for reading: use GET";
            case NOT_ACCEPTABLE -> "this address has no such media type; leave Accept out or ask for */*";
            case UNSUPPORTED_MEDIA_TYPE -> "this address takes no body";
            case REQUEST_ENTITY_TOO_LARGE -> "the request is too large";
            default ->
                status.getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()
                        ? "something went wrong here, not with your request; try again, and tell the operator if it stays"
                        : "the request cannot be understood; /openapi.yml says what is expected";
        };
    }
}
