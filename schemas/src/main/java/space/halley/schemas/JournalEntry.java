package space.halley.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;

/**
 * One decision, as it is kept for ever.
 *
 * @param verdict one of {@link space.halley.domain.Effect.Verdict}
 * @param lidvid null if the input could not be read
 * @param watermark the instant that had certainly passed at the cause
 * @param principal who may write the cause: the agency's principal, or the streams' for a fence
 * @param refusal one of {@link space.halley.domain.RefusalReason}; null unless refused
 */
public record JournalEntry(
        AgencyId agency,
        String verdict,
        @Nullable String lidvid,
        int causePartition,
        long causeOffset,
        Instant causeAppendTime,
        Instant watermark,
        String principal,
        @Nullable String commandId,
        String author,
        String reason,
        String explanation,
        @Nullable Instant releaseAt,
        int schedule,
        int publicRevision,
        @Nullable String contentSha256,
        @Nullable String refusal) {}
