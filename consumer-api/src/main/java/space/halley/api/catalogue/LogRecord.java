package space.halley.api.catalogue;

import java.time.Instant;
import space.halley.domain.PublicEvent;

/**
 * One public event with its place in the public log.
 *
 * @param appendedAt the broker's clock when it was appended
 */
public record LogRecord(int partition, long offset, Instant appendedAt, PublicEvent event) {}
