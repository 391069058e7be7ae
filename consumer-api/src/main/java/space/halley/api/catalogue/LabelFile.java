package space.halley.api.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;

/** The original label. */
@Schema(name = "LabelFile")
public record LabelFile(
        String fileName, @Schema(description = "in bytes") long size, String sha256) {}
