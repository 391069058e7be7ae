package space.halley.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParseException;

/**
 * A schema registry in memory behind Confluent's REST interface, on loopback: the calls that Halley makes, with the
 * error codes of the real one and a real check of compatibility. Safe for use by several threads.
 */
public final class FakeRegistry implements AutoCloseable {
    private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(-?[0-9]+)");
    private static final Pattern VERSIONS = Pattern.compile("/subjects/([^/]+)/versions");
    private static final Pattern VERSION = Pattern.compile("/subjects/([^/]+)/versions/([0-9]+|latest)");
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int INVALID_SCHEMA = 42201;
    private static final int INVALID_LEVEL = 42203;
    private static final List<String> LEVELS = List.of(
            "NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE");

    private final ObjectMapper json = new ObjectMapper();
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new TreeMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private String level = "BACKWARD";
    private boolean unavailable;

    private FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the registry", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** A registry without any subject, answering already. */
    public static FakeRegistry open() {
        return new FakeRegistry();
    }

    /** The base address, for {@code halley.registry.url}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Whether every request is answered with status 503 from now on, as by a registry that is starting. */
    public synchronized FakeRegistry unavailable(boolean yes) {
        unavailable = yes;
        return this;
    }

    /** Forgets everything, as a registry does that lost its storage. */
    public synchronized void forget() {
        schemas.clear();
        subjects.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private record Answer(int status, String body) {}

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer =
                    answer(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), request);
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized Answer answer(String method, String path, String body) throws IOException {
        if (unavailable) {
            return error(503, 50_301, "the test made the registry unavailable");
        }
        var byId = BY_ID.matcher(path);
        if (method.equals("GET") && byId.matches()) {
            return schema(Integer.parseInt(byId.group(1)));
        }
        var versions = VERSIONS.matcher(path);
        if (versions.matches()) {
            var subject = URLDecoder.decode(versions.group(1), StandardCharsets.UTF_8);
            return switch (method) {
                case "GET" -> versions(subject);
                case "POST" ->
                    register(subject, json.readTree(body).path("schema").asText());
                default -> error(405, 405, "method " + method + " is not known here");
            };
        }
        var version = VERSION.matcher(path);
        if (method.equals("GET") && version.matches()) {
            return version(URLDecoder.decode(version.group(1), StandardCharsets.UTF_8), version.group(2));
        }
        if (path.equals("/config")) {
            return switch (method) {
                case "GET" -> ok(json.createObjectNode().put("compatibilityLevel", level));
                case "PUT" ->
                    configure(json.readTree(body).path("compatibility").asText());
                default -> error(405, 405, "method " + method + " is not known here");
            };
        }
        return path.equals("/subjects") && method.equals("GET")
                ? new Answer(200, json.writeValueAsString(subjects.keySet()))
                : error(404, 404, "HTTP 404 Not Found");
    }

    private Answer schema(int id) {
        return id < 1 || id > schemas.size()
                ? error(404, SCHEMA_NOT_FOUND, "Schema " + id + " not found")
                : ok(json.createObjectNode().put("schema", schemas.get(id - 1).toString()));
    }

    private Answer versions(String subject) throws IOException {
        var ids = subjects.get(subject);
        if (ids == null) {
            return error(404, SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found.");
        }
        var numbers = new ArrayList<Integer>();
        for (int number = 1; number <= ids.size(); number++) {
            numbers.add(number);
        }
        return new Answer(200, json.writeValueAsString(numbers));
    }

    private Answer version(String subject, String number) {
        var ids = subjects.get(subject);
        if (ids == null) {
            return error(404, SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found.");
        }
        var version = number.equals("latest") ? ids.size() : Integer.parseInt(number);
        if (version < 1 || version > ids.size()) {
            return error(404, VERSION_NOT_FOUND, "Version " + number + " not found.");
        }
        var id = ids.get(version - 1);
        return ok(json.createObjectNode()
                .put("subject", subject)
                .put("version", version)
                .put("id", id)
                .put("schema", schemas.get(id - 1).toString()));
    }

    private Answer register(String subject, String text) {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(text);
        } catch (SchemaParseException e) {
            return error(422, INVALID_SCHEMA, "Invalid schema: " + e.getMessage());
        }
        var ids = subjects.getOrDefault(subject, List.of());
        for (var id : ids) {
            if (schemas.get(id - 1).equals(schema)) {
                return ok(json.createObjectNode().put("id", id));
            }
        }
        var compared = level.endsWith("_TRANSITIVE") ? ids : ids.subList(Math.max(0, ids.size() - 1), ids.size());
        for (var id : compared) {
            if (!compatible(schema, schemas.get(id - 1))) {
                return error(
                        409,
                        409,
                        "Schema being registered is incompatible with an earlier schema for subject " + subject);
            }
        }
        var known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
        }
        var id = known < 0 ? schemas.size() : known + 1;
        subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(id);
        return ok(json.createObjectNode().put("id", id));
    }

    private Answer configure(String wanted) {
        if (!LEVELS.contains(wanted)) {
            return error(422, INVALID_LEVEL, "Invalid compatibility level");
        }
        level = wanted;
        return ok(json.createObjectNode().put("compatibility", wanted));
    }

    private boolean compatible(Schema schema, Schema older) {
        var full = level.startsWith("FULL");
        var backward = full || level.startsWith("BACKWARD");
        var forward = full || level.startsWith("FORWARD");
        return (!backward || reads(schema, older)) && (!forward || reads(older, schema));
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static Answer ok(ObjectNode body) {
        return new Answer(200, body.toString());
    }

    private Answer error(int status, int code, String message) {
        return new Answer(
                status,
                json.createObjectNode()
                        .put("error_code", code)
                        .put("message", message)
                        .toString());
    }
}
