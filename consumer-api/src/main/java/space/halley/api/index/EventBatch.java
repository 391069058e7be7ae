package space.halley.api.index;

import java.util.List;

/**
 * Some events in the order in which they are told, and the place behind them.
 *
 * @param end behind the last of them or, if there were no more, behind everything that was looked through
 */
public record EventBatch(List<Entry> events, Position end) {
    /**
     * An event.
     *
     * @param kind the word for its kind
     * @param json the event as the API gives it out
     * @param after the place behind it
     */
    public record Entry(String kind, String json, Position after) {}

    public EventBatch {
        events = List.copyOf(events);
    }
}
