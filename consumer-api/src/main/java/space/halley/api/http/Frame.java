package space.halley.api.http;

import org.jspecify.annotations.Nullable;

/**
 * A piece of an event stream in its wire form. The framework's own event type cannot write a comment or an id without
 * data, which would reach the subscriber as an empty event.
 *
 * @param text whole lines, closed by an empty one
 */
record Frame(String text) {

    /**
     * An event with its data.
     *
     * @param json on one line
     */
    static Frame event(String kind, String cursor, String json) {
        return new Frame("event: " + kind + "\nid: " + cursor + "\ndata: " + json + "\n\n");
    }

    /** A sign of life, which browsers take as no event, but whose id they keep. */
    static Frame comment(String text, String cursor, @Nullable Integer retryMillis) {
        var retry = retryMillis == null ? "" : "retry: " + retryMillis + "\n";
        return new Frame(": " + text + "\n" + retry + "id: " + cursor + "\n\n");
    }
}
