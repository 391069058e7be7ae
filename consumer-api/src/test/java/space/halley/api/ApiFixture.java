package space.halley.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import space.halley.api.catalogue.Json;
import space.halley.api.follow.FollowerStatus;
import space.halley.api.http.AgencyNames;
import space.halley.api.sample.IndexInMemory;
import space.halley.api.sample.PublicLogSample;
import space.halley.testkit.Samples;

/** The HTTP side over an index that the test feeds. */
final class ApiFixture implements AutoCloseable {
    private static final AgencyNames AGENCIES = AgencyNames.of(Samples.agencies());

    private final IndexInMemory index;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ApplicationContext context;
    private final URI address;
    private volatile FollowerStatus status =
            new FollowerStatus(FollowerStatus.Phase.FOLLOWING, true, 0, Instant.EPOCH, null);

    ApiFixture(Path folder) throws IOException {
        this(folder, Map.of());
    }

    ApiFixture(Path folder, Map<String, Object> settings) throws IOException {
        index = new IndexInMemory(folder.resolve("index"));
        context = ApiService.serve(index.snapshots(), () -> status, AGENCIES, "127.0.0.1", 0, settings);
        address = context.getBean(EmbeddedServer.class).getURI();
    }

    /** Shows the log to readers. */
    void follow(PublicLogSample log) throws IOException {
        index.follow(log);
    }

    void ready(boolean yes) {
        status = new FollowerStatus(
                yes ? FollowerStatus.Phase.FOLLOWING : FollowerStatus.Phase.CATCHING_UP, yes, 0, Instant.EPOCH, null);
    }

    URI address() {
        return address;
    }

    HttpClient client() {
        return client;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path)).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String contentType) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The JSON that is answered with this status. */
    JsonNode json(String path, int expectedStatus) throws IOException, InterruptedException {
        var response = get(path);
        assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(expectedStatus);
        var type = response.headers().firstValue("content-type").orElse("");
        if (path.startsWith("/v1/") && expectedStatus >= 400) {
            assertThat(type).isEqualTo("application/problem+json");
        }
        return Json.mapper().readTree(response.body());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** How many frames were taken by all subscribers together. */
    double framesSent() {
        return context.getBean(MeterRegistry.class)
                .get("halley.stream.frames")
                .counter()
                .count();
    }

    @Override
    public void close() throws IOException {
        context.close();
        index.close();
    }
}
