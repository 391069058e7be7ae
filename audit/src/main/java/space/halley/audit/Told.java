package space.halley.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.PartnerEvent;

/**
 * A record of a partner's topic.
 *
 * @param appendTime when the broker appended it; null where no broker did
 * @param place where it stands; null likewise
 */
public record Told(
        PartnerEvent event,
        @Nullable Instant appendTime,
        @Nullable Place place) {

    /** That it repeats this one, for a report. */
    String shownFirst() {
        return place == null ? "" : ", first at " + place;
    }

    /** The product and the place, for a report. */
    String shown() {
        return event.id() + " for " + event.recipient() + (place == null ? "" : " (" + place + ")");
    }
}
