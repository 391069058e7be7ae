package space.halley.api.http;

import io.swagger.v3.oas.annotations.media.Schema;

/** An agency that publishes here. */
@Schema(name = "Agency")
public record AgencyName(
        @Schema(description = "short name, as in the parameter agency")
        String id,

        String name) {}
