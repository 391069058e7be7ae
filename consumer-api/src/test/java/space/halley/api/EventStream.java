package space.halley.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import space.halley.api.catalogue.Json;

/** A subscriber that reads server-sent events as a browser does, on a thread of its own. */
final class EventStream implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final InputStream stream;
    private final Thread thread;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile String firstId = "";

    /** One event. */
    record Event(String kind, String id, String data) {
        String lidvid() {
            return Json.read(data.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                    .path("lidvid")
                    .asText();
        }
    }

    private EventStream(InputStream stream) {
        this.stream = stream;
        this.thread = Thread.ofVirtual().start(this::read);
    }

    static EventStream open(HttpClient client, URI address, String query, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve("/v1/releases/stream" + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        return new EventStream(response.body());
    }

    /** The events so far, when there are at least so many. */
    List<Event> events(int atLeast) {
        await().atMost(SOON).until(() -> events.size() >= atLeast);
        return List.copyOf(events);
    }

    List<String> comments() {
        return comments;
    }

    String lastId() {
        return lastId;
    }

    /** The cursor that comes at once. */
    String awaitWelcome() {
        await().atMost(SOON).until(() -> comments.contains("welcome") && !firstId.isEmpty());
        return firstId;
    }

    void awaitEnd() throws InterruptedException {
        assertThat(thread.join(SOON)).isTrue();
    }

    private void read() {
        var kind = "";
        var data = new StringBuilder();
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(kind, lastId, data.toString()));
                    }
                    kind = "";
                    data.setLength(0);
                } else if (line.startsWith(": ")) {
                    comments.add(line.substring(2));
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                    firstId = firstId.isEmpty() ? lastId : firstId;
                } else if (line.startsWith("event: ")) {
                    kind = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else {
                    assertThat(line).startsWith("retry: ");
                }
            }
        } catch (IOException e) {
            // The stream was closed, here or there; what came is kept.
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
