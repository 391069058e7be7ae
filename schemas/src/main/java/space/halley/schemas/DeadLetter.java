package space.halley.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.ContentHash;
import space.halley.domain.RefusalReason;

/** The entry of one refused or undecodable input: where it stands and what is wrong, without its bytes. */
public record DeadLetter(
        AgencyId agency,
        String topic,
        int partition,
        long offset,
        Instant appendTime,
        RefusalReason reason,
        String explanation,
        ContentHash payloadHash,
        int payloadSize,
        @Nullable String commandId,
        @Nullable String lid) {}
