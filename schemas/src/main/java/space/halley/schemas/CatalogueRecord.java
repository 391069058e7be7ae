package space.halley.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;

/** The last state of one version of a product, public or not. For the agency and for operators. */
public record CatalogueRecord(
        AgencyId agency,
        Lidvid id,
        String status,
        @Nullable Instant releaseAt,
        String explanation,
        int publicRevision,
        Instant decidedAt,
        @Nullable ProductDescription product) {}
