package space.halley.api.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import space.halley.domain.PublicEvent;

/** What a public event says. */
public enum EventKind {
    /** A release is planned, or planned for another instant. */
    @JsonProperty("announced")
    ANNOUNCED,
    /** A planned release will not happen. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** A product is public. */
    @JsonProperty("released")
    RELEASED,
    /** A public product was taken back. */
    @JsonProperty("retracted")
    RETRACTED;

    /** The kind of this news. */
    public static EventKind of(PublicEvent.News news) {
        return switch (news) {
            case PublicEvent.Announced announced -> ANNOUNCED;
            case PublicEvent.Cancelled cancelled -> CANCELLED;
            case PublicEvent.Released released -> RELEASED;
            case PublicEvent.Retracted retracted -> RETRACTED;
        };
    }

    /** The word that the API uses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
