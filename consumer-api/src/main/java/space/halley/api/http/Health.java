package space.halley.api.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the service is. */
@Schema(name = "Health")
record Health(
        @Schema(description = "ready; not_ready: the index has not caught up; stalled: it serves, but gets nothing new")
        String status,

        boolean caughtUp,

        @Schema(description = "offsets between the index and the committed end of the log, as far as is known")
        long lag,

        @Schema(description = "starting, catching_up, following, stalled or stopped")
        String follower,

        @Schema(description = "since when the follower does that")
        Instant since,

        @Schema(description = "what it waits for") @Nullable String why,

        @Schema(description = "what is in the index") @Nullable
        Documents documents,

        @Schema(description = "next offset of each partition, as partition:offset")
        String position) {

    /** How much is in the index. */
    @Schema(name = "Documents")
    record Documents(long products, long events) {}
}
