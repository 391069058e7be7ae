package space.halley.api.http;

import io.micronaut.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** A request cannot be answered; the message is for the client and says what to do. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String type;
    private final String detail;
    private final @Nullable String parameter;

    private ProblemException(HttpStatus status, String type, String detail, @Nullable String parameter) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.detail = detail;
        this.parameter = parameter;
    }

    static ProblemException parameter(String parameter, String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, Problem.INVALID_PARAMETER, detail, parameter);
    }

    static ProblemException cursor(String parameter, String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, Problem.INVALID_CURSOR, detail, parameter);
    }

    static ProblemException logReplaced(String parameter) {
        return new ProblemException(
                HttpStatus.GONE,
                Problem.LOG_REPLACED,
                "the cursor belongs to a log that this service no longer reads; subscribe again with after=beginning and"
                        + " drop the events you have, or without a cursor for those from now on",
                parameter);
    }

    /** One text for whatever is not public: absent, held and hidden must not be told apart. */
    static ProblemException notFound() {
        return new ProblemException(
                HttpStatus.NOT_FOUND, Problem.NOT_FOUND, "no public product has this identifier", null);
    }

    static ProblemException tooManySubscribers() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                Problem.TOO_MANY_SUBSCRIBERS,
                "this server has as many subscribers as it takes; try again later with the same cursor, nothing is lost",
                null);
    }

    HttpStatus status() {
        return status;
    }

    String type() {
        return type;
    }

    String detail() {
        return detail;
    }

    @Nullable
    String parameter() {
        return parameter;
    }
}
