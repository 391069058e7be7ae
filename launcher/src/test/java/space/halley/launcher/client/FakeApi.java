package space.halley.launcher.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Gives prepared answers, one after the other, and keeps what was asked. */
final class FakeApi implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param staysOpen whether nothing follows, but the connection is kept */
    private record Answer(int status, String type, String body, boolean staysOpen) {}

    /** What was asked, as it was sent. */
    record Request(
            String path, @Nullable String query, @Nullable String lastEventId) {}

    FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the fake API", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeApi answer(String json) {
        return answer(200, "application/json", json);
    }

    synchronized FakeApi answer(int status, String type, String body) {
        answers.add(new Answer(status, type, body, false));
        return this;
    }

    /** A connection that tells this and then breaks. */
    FakeApi events(String text) {
        return answer(200, "text/event-stream", text);
    }

    /** A connection that tells this and then nothing any more. */
    synchronized FakeApi eventsThenSilence(String text) {
        answers.add(new Answer(200, "text/event-stream", text, true));
        return this;
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    private synchronized Answer next(HttpExchange exchange) {
        var uri = exchange.getRequestURI();
        requests.add(new Request(
                uri.getRawPath(),
                uri.getRawQuery(),
                exchange.getRequestHeaders().getFirst("Last-Event-ID")));
        var answer = answers.poll();
        return answer == null ? new Answer(500, "text/plain", "the test has no more answers", false) : answer;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = next(exchange);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), 0);
            exchange.getResponseBody().write(answer.body().getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            if (answer.staysOpen()) {
                closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
