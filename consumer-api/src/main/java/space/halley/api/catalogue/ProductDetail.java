package space.halley.api.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContextReference;

/** Everything that is public of one version of a product. */
@Schema(name = "ProductDetail")
public record ProductDetail(
        @Schema(description = "identifier with version") String lidvid,
        @Schema(description = "logical identifier") String lid,

        @Schema(description = "version identifier; a string, never a number")
        String vid,

        @Schema(description = "who speaks for the product") String agency,
        ReleaseState state,

        @Schema(description = "counts the product's public records, from 1")
        int revision,

        @Schema(description = "the PDS4 class, such as Product_Observational") @Nullable
        String productClass,

        @Nullable String title,
        @Nullable String description,

        @Schema(description = "such as Raw or Calibrated") @Nullable
        String processingLevel,

        @Schema(description = "start of the observation, UTC") @Nullable
        Instant startTime,

        @Schema(description = "end of the observation, UTC") @Nullable
        Instant stopTime,

        @Schema(
                description = "when the public access period began: the archive's own date where that was earlier than"
                        + " Halley's release")
        @Nullable
        Instant releaseDate,

        @Schema(description = "when it became public through Halley: when its record was appended to the public log")
        @Nullable
        Instant releasedAt,

        @Schema(description = "the release instant that had been agreed") @Nullable
        Instant releaseAt,

        @Schema(description = "when the agency's own archive made it public") @Nullable
        Instant archiveReleaseDate,

        @Schema(description = "the rule that held it until then") @Nullable
        String explanation,

        @Schema(description = "whether it was delivered after its embargo had ended") @Nullable
        Boolean late,

        @Schema(description = "when an announced product is planned to become public") @Nullable
        Instant plannedReleaseAt,

        @Schema(description = "when the current plan was announced") @Nullable
        Instant announcedAt,

        @Schema(description = "when it was taken back") @Nullable
        Instant retractedAt,

        @Schema(description = "why it was taken back") @Nullable
        String retractionReason,

        @Nullable String doi,

        @Schema(description = "version of the PDS4 information model") @Nullable
        String informationModelVersion,

        List<Reference> references,
        List<String> keywords,
        @Nullable LabelFile label,
        List<ProductFile> files,

        @Schema(description = "the public versions of the product, newest first") @Nullable
        List<ProductVersion> versions) {

    public ProductDetail {
        references = List.copyOf(references);
        keywords = List.copyOf(keywords);
        files = List.copyOf(files);
        versions = versions == null ? null : List.copyOf(versions);
    }

    /** The product with its versions. */
    public ProductDetail withVersions(List<ProductVersion> all) {
        return new ProductDetail(
                lidvid,
                lid,
                vid,
                agency,
                state,
                revision,
                productClass,
                title,
                description,
                processingLevel,
                startTime,
                stopTime,
                releaseDate,
                releasedAt,
                releaseAt,
                archiveReleaseDate,
                explanation,
                late,
                plannedReleaseAt,
                announcedAt,
                retractedAt,
                retractionReason,
                doi,
                informationModelVersion,
                references,
                keywords,
                label,
                files,
                all);
    }

    /** What lists show of it. */
    public ProductSummary summary() {
        return new ProductSummary(
                lidvid,
                lid,
                vid,
                agency,
                state,
                productClass,
                title,
                processingLevel,
                startTime,
                stopTime,
                names(ContextReference.Role.INVESTIGATION),
                names(ContextReference.Role.HOST),
                names(ContextReference.Role.INSTRUMENT),
                names(ContextReference.Role.TARGET),
                releaseDate,
                releasedAt,
                plannedReleaseAt,
                retractedAt,
                retractionReason,
                doi,
                files.size());
    }

    private List<String> names(ContextReference.Role role) {
        return references.stream()
                .filter(reference -> reference.domainRole() == role)
                .map(Reference::name)
                .distinct()
                .limit(ProductSummary.MAX_NAMES)
                .toList();
    }
}
