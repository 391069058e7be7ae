package space.halley.api.follow;

import org.jspecify.annotations.Nullable;
import space.halley.domain.PublicEvent;
import space.halley.schemas.Decoding;

/** Reads the bytes of a record of the public log. May throw if the schemas cannot be had at the moment. */
@FunctionalInterface
public interface PublicEventDecoder {
    Decoding<PublicEvent> decode(byte @Nullable [] bytes);
}
