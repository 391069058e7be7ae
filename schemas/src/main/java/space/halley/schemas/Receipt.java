package space.halley.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.RefusalReason;

/**
 * The answer to one command.
 *
 * @param commandId null if the command could not be read
 * @param lidvid {@code <lid>::<vid>}; null if the command could not be read, or is a policy
 */
public record Receipt(
        AgencyId agency,
        int commandPartition,
        long commandOffset,
        @Nullable String commandId,
        @Nullable String lidvid,
        Answer answer) {

    /** The status of a policy version that is in force. */
    public static final String IN_FORCE = "IN_FORCE";

    /** The status of a policy version that was in force until a later one came, and was said again. */
    public static final String REPLACED = "REPLACED";

    /** What was decided. */
    public sealed interface Answer {}

    /**
     * @param receiptId derived from the offset of the first accepted announcement of this version
     * @param repeated whether the same was said before and nothing changed
     * @param status the version's status now; of a policy version {@link #IN_FORCE} or {@link #REPLACED}
     * @param releaseAt when it is to be released, or was; null if it will not be
     */
    public record Accepted(
            String receiptId,
            boolean repeated,
            String status,
            @Nullable Instant releaseAt,
            String explanation) implements Answer {}

    /** Nothing changed; the reason says why. */
    public record Refused(RefusalReason reason, String explanation) implements Answer {}
}
