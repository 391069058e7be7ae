package space.halley.launcher.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events line by line, as the WHATWG's HTML standard defines them, and keeps the last id. Belongs to
 * one thread.
 */
final class ServerSentEvents {
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private @Nullable String idOfBlock;
    private @Nullable String lastId;

    /**
     * One event.
     *
     * @param id the last id at the event's end; null if the stream has given none
     */
    record Event(@Nullable String id, String data) {}

    /** @param lastId of an earlier connection, which holds until the stream gives another */
    ServerSentEvents(@Nullable String lastId) {
        this.lastId = lastId;
        this.idOfBlock = lastId;
    }

    /** Takes the next line, without its end; gives the event that it completes. */
    Optional<Event> line(String line) {
        if (line.isEmpty()) {
            return end();
        }
        var colon = line.indexOf(':');
        var field = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1);
        var bare = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "data" -> {
                data.append(hasData ? "\n" : "").append(bare);
                hasData = true;
            }
            case "id" -> idOfBlock = bare;
            default -> {
                // A comment, or a field that says nothing to this reader: the kind of event is in its data, too.
            }
        }
        return Optional.empty();
    }

    /** The id to go on from; null if none is known. */
    @Nullable
    String lastId() {
        return lastId;
    }

    /** An id counts from its block's end on, also where the block has no data. */
    private Optional<Event> end() {
        lastId = idOfBlock;
        var event = hasData ? Optional.of(new Event(lastId, data.toString())) : Optional.<Event>empty();
        data.setLength(0);
        hasData = false;
        return event;
    }
}
