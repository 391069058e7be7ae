package space.halley.api.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened in public, as a subscriber hears it. */
@Schema(name = "CatalogueEvent")
public record CatalogueEvent(
        EventKind kind,
        @Schema(description = "who speaks for the product") String agency,
        String lidvid,

        @Schema(description = "counts the product's public records, from 1, without gaps")
        int revision,

        @Schema(description = "when it was appended to the public log")
        Instant publishedAt,

        @Schema(description = "why it was taken back") @Nullable
        String reason,

        @Schema(description = "the product after the event; for a cancelled release, before it") @Nullable
        ProductSummary product) {}
