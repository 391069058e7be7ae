package space.halley.api.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lists and events show of a product. The words are EPN-TAP's where it has one. */
@Schema(name = "ProductSummary")
public record ProductSummary(
        @Schema(description = "identifier with version") String lidvid,
        @Schema(description = "logical identifier") String lid,

        @Schema(description = "version identifier; a string, never a number")
        String vid,

        @Schema(description = "who speaks for the product") String agency,
        ReleaseState state,

        @Schema(description = "the PDS4 class, such as Product_Observational") @Nullable
        String productClass,

        @Nullable String title,

        @Schema(description = "such as Raw or Calibrated") @Nullable
        String processingLevel,

        @Schema(description = "start of the observation, UTC") @Nullable
        Instant startTime,

        @Schema(description = "end of the observation, UTC") @Nullable
        Instant stopTime,

        List<String> missionName,
        List<String> instrumentHostName,
        List<String> instrumentName,
        List<String> targetName,

        @Schema(description = "when the public access period began") @Nullable
        Instant releaseDate,

        @Schema(description = "when it became public through Halley") @Nullable
        Instant releasedAt,

        @Schema(description = "when an announced product is planned to become public") @Nullable
        Instant plannedReleaseAt,

        @Schema(description = "when it was taken back") @Nullable
        Instant retractedAt,

        @Schema(description = "why it was taken back") @Nullable
        String retractionReason,

        @Nullable String doi,
        int fileCount) {

    /** A list shows at most this many names of one role; the detail has all. */
    static final int MAX_NAMES = 20;

    public ProductSummary {
        missionName = List.copyOf(missionName);
        instrumentHostName = List.copyOf(instrumentHostName);
        instrumentName = List.copyOf(instrumentName);
        targetName = List.copyOf(targetName);
    }
}
