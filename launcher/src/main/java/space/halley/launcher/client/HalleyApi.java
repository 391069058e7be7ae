package space.halley.launcher.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import space.halley.producer.cli.Complaint;

/** The API as its clients see it. */
final class HalleyApi implements AutoCloseable {
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int MAX_SHOWN = 200;

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WAIT)
            .build();
    private final ObjectMapper json = new ObjectMapper();

    HalleyApi(URI address) {
        this.address = address;
    }

    URI address() {
        return address;
    }

    /**
     * What stands under the path.
     *
     * @throws Complaint if there is no answer, or the answer is a problem
     */
    JsonNode get(String path, Question question) {
        var answer = ask(path, question);
        if (answer.statusCode() != OK) {
            throw new Complaint(problem(answer.statusCode(), answer.body()));
        }
        return read(answer.body());
    }

    /** What stands under the path; empty if there is nothing. */
    Optional<JsonNode> find(String path) {
        var answer = ask(path, new Question());
        if (answer.statusCode() == NOT_FOUND && isOurs(answer)) {
            return Optional.empty();
        }
        if (answer.statusCode() != OK) {
            throw new Complaint(problem(answer.statusCode(), answer.body()));
        }
        return Optional.of(read(answer.body()));
    }

    /** Whether the API itself says so, and not a server that has never heard of it. */
    private static boolean isOurs(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/problem+json"))
                .isPresent();
    }

    /** An open event stream. */
    record Events(int status, InputStream body) {}

    /**
     * Opens an event stream.
     *
     * @param lastEventId the cursor to go on from; null to leave that to the question
     * @throws IOException if there is no answer
     */
    Events events(String path, Question question, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path, question)).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var answer = http.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        return new Events(answer.statusCode(), answer.body());
    }

    /** One sentence about an answer that is a problem, in the words of the problem document where it is one. */
    String problem(int status, String body) {
        try {
            var problem = json.readTree(body);
            var detail = problem.path("detail").asText("");
            if (!detail.isEmpty()) {
                var parameter = problem.path("parameter").asText("");
                return parameter.isEmpty() ? detail : option(parameter) + ": " + detail;
            }
        } catch (JsonProcessingException e) {
            // Not every server in between speaks JSON; the status says enough.
            return address + " answered with status " + status + ", not as Halley's API does; is the address right?";
        }
        return address + " answered with status " + status;
    }

    private static String option(String parameter) {
        return switch (parameter) {
            case "q" -> "TEXT";
            case "Last-Event-ID" -> "--after";
            default -> "--" + parameter.replace('_', '-');
        };
    }

    private HttpResponse<String> ask(String path, Question question) {
        var request = HttpRequest.newBuilder(uri(path, question))
                .timeout(ANSWER_WAIT)
                .header("Accept", "application/json")
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    /** That nothing answers at the address. */
    Complaint unreachable(Exception cause) {
        return new Complaint("nothing answers at " + address + "; is Halley running? ./halley status tells", cause);
    }

    private URI uri(String path, Question question) {
        return URI.create(address + path + question.text());
    }

    private JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            var start = body.substring(0, Math.min(MAX_SHOWN, body.length())).replaceAll("\\s+", " ");
            throw new Complaint(address + " does not answer as Halley's API does: " + start, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
