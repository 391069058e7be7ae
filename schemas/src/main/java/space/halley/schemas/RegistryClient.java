package space.halley.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The calls of Confluent's schema registry interface that Halley needs. They are the same in Confluent's own registry,
 * Apicurio (below {@code /apis/ccompat/v7}), Karapace and Redpanda. Safe for use by several threads.
 */
public final class RegistryClient {
    /** Programs ask again; who registers schemas while everything else starts waits rather. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration DEPLOYER_TIMEOUT = Duration.ofSeconds(15);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int SCHEMA_NOT_FOUND = 40403;

    private final String base;
    private final @Nullable String authorization;
    private final Duration timeout;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ObjectMapper json = new ObjectMapper();

    private RegistryClient(URI base, @Nullable String authorization, Duration timeout) {
        var text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.authorization = authorization;
        this.timeout = timeout;
    }

    /** A client that only reads. */
    public static RegistryClient reader(URI base) {
        return new RegistryClient(base, null, TIMEOUT);
    }

    /** A client with the deployer's rights. */
    public static RegistryClient deployer(URI base, String user, String password) {
        var credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new RegistryClient(base, "Basic " + Base64.getEncoder().encodeToString(credentials), DEPLOYER_TIMEOUT);
    }

    /**
     * The schema of that id; empty if the registry says with authority that there is none, or that what it has is no Avro
     * schema that stands alone. Halley's never are anything else.
     */
    public Optional<Schema> byId(int id) {
        return get("/schemas/ids/" + id, SCHEMA_NOT_FOUND).flatMap(RegistryClient::avro);
    }

    /** The ids of a subject's versions with their schemas, oldest first; empty if there is no such subject. */
    public Map<Integer, Schema> versions(String subject) {
        var path = "/subjects/" + encoded(subject) + "/versions";
        var found = new java.util.LinkedHashMap<Integer, Schema>();
        for (var version :
                get(path, SUBJECT_NOT_FOUND).map(RegistryClient::children).orElse(List.of())) {
            get(path + "/" + version.asInt(), SUBJECT_NOT_FOUND)
                    .ifPresent(answer -> found.put(
                            answer.path("id").asInt(),
                            parse(answer.path("schema").asText())));
        }
        return found;
    }

    /**
     * Makes the schema a version of the subject, if it is not one yet.
     *
     * @return the schema's id
     * @throws RegistryUnavailableException with the registry's reason if it refuses
     */
    public int register(String subject, Schema schema) {
        var body = json.createObjectNode().put("schema", schema.toString());
        var answer = send(request("/subjects/" + encoded(subject) + "/versions")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
        if (answer.statusCode() != 200) {
            throw refused("register " + subject, answer);
        }
        return tree(answer).path("id").asInt();
    }

    /** Sets the rule that every new version of every subject must keep. */
    public void setCompatibility(String level) {
        var body = json.createObjectNode().put("compatibility", level);
        var answer = send(request("/config")
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
        if (answer.statusCode() != 200) {
            throw refused("set the compatibility", answer);
        }
    }

    private Optional<JsonNode> get(String path, int notFound) {
        var answer = send(request(path).GET().build());
        if (answer.statusCode() == 200) {
            return Optional.of(tree(answer));
        }
        // A proxy or a wrong path also answers 404; only the registry's own code is its word.
        if (answer.statusCode() == 404 && tree(answer).path("error_code").asInt() == notFound) {
            return Optional.empty();
        }
        throw refused("answer " + path, answer);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .header("Accept", MEDIA_TYPE)
                .header("Content-Type", MEDIA_TYPE);
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new RegistryUnavailableException("the schema registry at " + base + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while waiting for the schema registry", e);
        }
    }

    private JsonNode tree(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new RegistryUnavailableException(
                    base + " answered " + answer.statusCode() + " with something else than JSON; is it a registry?", e);
        }
    }

    private RegistryUnavailableException refused(String what, HttpResponse<String> answer) {
        return new RegistryUnavailableException("the schema registry at " + base + " did not " + what + ": status "
                + answer.statusCode() + ", "
                + answer.body().substring(0, Math.min(answer.body().length(), 500)));
    }

    private static Optional<Schema> avro(JsonNode answer) {
        var type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !answer.path("references").isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Schema.Parser().parse(answer.path("schema").asText()));
        } catch (AvroRuntimeException e) {
            return Optional.empty();
        }
    }

    private static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new RegistryUnavailableException("the registry's answer is not an Avro schema", e);
        }
    }

    private static List<JsonNode> children(JsonNode array) {
        var all = new ArrayList<JsonNode>();
        array.forEach(all::add);
        return all;
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }
}
