package space.halley.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.PublicEvent;

/**
 * A record of the public log.
 *
 * @param appendTime when the broker appended it; null where no broker did
 */
public record Published(PublicEvent event, @Nullable Instant appendTime) {}
