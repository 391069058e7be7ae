package space.halley.launcher.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The ways in which readiness is asked for. */
public final class Probes {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST_ANSWER = 300;

    private Probes() {}

    /** Something accepts connections on a loopback port. */
    public static Probe port(int port) {
        return () -> {
            try (var socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), (int) PATIENCE.toMillis());
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of("nothing answers on port " + port);
            }
        };
    }

    /** An address answers with 200. */
    public static Probe http(HttpClient client, String address) {
        var request =
                HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
        return () -> {
            try {
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                return answer.statusCode() == 200
                        ? Optional.empty()
                        : Optional.of("it answers " + answer.statusCode() + " " + brief(answer.body()));
            } catch (IOException e) {
                return Optional.of("nothing answers at " + address);
            }
        };
    }

    private static String brief(String body) {
        var line = body.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_ANSWER ? line : line.substring(0, LONGEST_ANSWER) + "…";
    }
}
