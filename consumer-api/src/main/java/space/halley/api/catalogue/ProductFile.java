package space.halley.api.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A file that a product's label describes. */
@Schema(name = "ProductFile")
public record ProductFile(
        String name,
        @Schema(description = "in bytes") @Nullable Long size,
        @Nullable String md5) {}
