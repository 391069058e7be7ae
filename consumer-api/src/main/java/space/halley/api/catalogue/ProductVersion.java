package space.halley.api.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One of a product's public versions. */
@Schema(name = "ProductVersion")
public record ProductVersion(
        String lidvid,
        String vid,
        ReleaseState state,
        @Nullable Instant releaseDate) {}
