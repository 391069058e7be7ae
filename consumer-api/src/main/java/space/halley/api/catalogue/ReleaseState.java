package space.halley.api.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What the public knows of a version of a product. */
public enum ReleaseState {
    /** It is held; that it exists and when it is planned to be released is public. */
    @JsonProperty("announced")
    ANNOUNCED,
    /** It is public. */
    @JsonProperty("released")
    RELEASED,
    /** It was public and has been taken back. */
    @JsonProperty("retracted")
    RETRACTED;

    /** The word that the API uses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
