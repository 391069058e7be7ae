package space.halley.launcher.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import space.halley.launcher.client.ServerSentEvents.Event;
import space.halley.producer.cli.Complaint;

/**
 * Follows the event stream over any number of connections: after a break it goes on behind the last event it has, so that
 * none is lost or told twice. Belongs to one thread, apart from {@link #cursor}.
 */
final class Subscription {
    private static final String PATH = "/v1/releases/stream";
    private static final int OK = 200;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LINES_AHEAD = 1_000;
    private static final int LONGEST_PAUSE_STEPS = 4;

    private final HalleyApi api;
    private final Question question;
    private final Pace pace;
    private final Listener listener;
    private volatile @Nullable String cursor;
    private int failures;
    private boolean connected;

    /**
     * How patient the subscription is.
     *
     * @param silence after how long without a sign of life the connection is taken for dead; the API gives one every 15
     *     seconds
     * @param pause how long to wait before trying again, doubled with every failure up to sixteen times
     */
    record Pace(Duration silence, Duration pause) {
        static final Pace NORMAL = new Pace(Duration.ofSeconds(45), Duration.ofSeconds(1));
    }

    /** Who hears of it. */
    interface Listener {
        /** The stream is open. */
        void connected(boolean again);

        /** The connection is gone; it will be tried again. */
        void interrupted(String why);
    }

    /** @param question with the place to begin at, unless that is now */
    Subscription(HalleyApi api, Question question, Pace pace, Listener listener) {
        this.api = api;
        this.question = question;
        this.pace = pace;
        this.listener = listener;
    }

    /** The place to go on from; null if none is known yet. */
    @Nullable
    String cursor() {
        return cursor;
    }

    /**
     * Takes events until the consumer wants no more.
     *
     * @throws Complaint if there is no server at first, or the server refuses the question
     */
    void follow(Predicate<Event> more) throws InterruptedException {
        while (true) {
            try {
                if (!connection(more)) {
                    return;
                }
                lost("the server closed the connection");
            } catch (IOException e) {
                if (!connected) {
                    throw api.unreachable(e);
                }
                lost("no connection to " + api.address());
            }
        }
    }

    /** Reads one connection to its end; false if the consumer wants no more. */
    private boolean connection(Predicate<Event> more) throws IOException, InterruptedException {
        var events = api.events(PATH, question, cursor);
        try (var body = events.body()) {
            if (events.status() != OK) {
                var problem = api.problem(events.status(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
                if (events.status() < FIRST_SERVER_ERROR && events.status() != TOO_MANY_REQUESTS) {
                    throw new Complaint(problem);
                }
                connected = true;
                lost(problem);
                return true;
            }
            listener.connected(connected);
            connected = true;
            var lines = new ArrayBlockingQueue<Optional<String>>(LINES_AHEAD);
            var reader = Thread.ofVirtual()
                    .start(() -> pump(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)), lines));
            try {
                return take(lines, more);
            } finally {
                reader.interrupt();
            }
        }
    }

    private boolean take(BlockingQueue<Optional<String>> lines, Predicate<Event> more) throws InterruptedException {
        var parser = new ServerSentEvents(cursor);
        while (true) {
            var line = lines.poll(pace.silence().toMillis(), TimeUnit.MILLISECONDS);
            if (line == null || line.isEmpty()) {
                return true;
            }
            failures = 0;
            var event = parser.line(line.get());
            if (event.isPresent() && !more.test(event.get())) {
                cursor = parser.lastId();
                return false;
            }
            cursor = parser.lastId();
        }
    }

    /** A blocking read cannot be given a time limit, so it has a thread of its own; an empty line means the end. */
    private static void pump(BufferedReader body, BlockingQueue<Optional<String>> lines) {
        try {
            try {
                for (var line = body.readLine(); line != null; line = body.readLine()) {
                    lines.put(Optional.of(line));
                }
            } catch (IOException e) {
                // The connection broke; whoever takes the lines tries again, as after a proper end.
                lines.put(Optional.empty());
                return;
            }
            lines.put(Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lost(String why) throws InterruptedException {
        if (failures == 0) {
            listener.interrupted(why);
        }
        var pause = pace.pause().multipliedBy(1L << Math.min(failures, LONGEST_PAUSE_STEPS));
        failures++;
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    }
}
