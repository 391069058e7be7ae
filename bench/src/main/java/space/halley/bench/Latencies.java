package space.halley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long each of a turn's messages was under way. Messages are sent by one thread and seen by another. */
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final List<Double> millis = new ArrayList<>();

    /** Call before the message is sent. */
    void sent(String id) {
        sent.put(id, System.nanoTime());
    }

    /** The message has arrived; what was not sent here, or has been seen, counts for nothing. */
    synchronized void seen(String id) {
        var begin = sent.remove(id);
        if (begin != null) {
            millis.add((System.nanoTime() - begin) / NANOS_PER_MILLI);
        }
    }

    /** The messages that are under way. */
    List<String> underWay() {
        return List.copyOf(sent.keySet());
    }

    /** The latencies of the messages that arrived, in milliseconds. */
    synchronized List<Double> millis() {
        return List.copyOf(millis);
    }
}
