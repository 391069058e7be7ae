package space.halley.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.PublicEvent;

/**
 * A record of the public log.
 *
 * @param appendTime when the broker appended it; null where no broker did
 * @param place where it stands; null likewise
 */
public record Published(
        PublicEvent event,
        @Nullable Instant appendTime,
        @Nullable Place place) {

    public Published(PublicEvent event, @Nullable Instant appendTime) {
        this(event, appendTime, null);
    }

    /** That it repeats this one, for a report. */
    String shownFirst() {
        return place == null ? "" : ", first at " + place;
    }

    /** The product and the place, for a report. */
    String shown() {
        return place == null ? event.id().toString() : event.id() + " (" + place + ")";
    }
}
