package space.halley.api.http;

import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.body.TypedMessageBodyWriter;
import io.micronaut.http.codec.CodecException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NonNull;

/** Writes frames as they are. */
@Singleton
@Produces(MediaType.TEXT_EVENT_STREAM)
final class FrameWriter implements TypedMessageBodyWriter<Frame> {

    @Override
    public @NonNull Argument<Frame> getType() {
        return Argument.of(Frame.class);
    }

    @Override
    public void writeTo(
            @NonNull Argument<Frame> type,
            @NonNull MediaType mediaType,
            Frame frame,
            @NonNull MutableHeaders headers,
            @NonNull OutputStream output) {
        try {
            output.write(frame.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CodecException("an event cannot be written", e);
        }
    }
}
