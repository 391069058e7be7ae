package space.halley.producer;

import java.util.Comparator;
import java.util.List;
import space.halley.domain.ContentHash;
import space.halley.domain.RefusalReason;
import space.halley.schemas.Receipt;

/**
 * What became of a policy version. It is said in every partition of the agency's command topic, and each partition decides
 * for itself, so there are as many replies as partitions.
 */
public sealed interface PolicyOutcome {

    /**
     * The version was appended to every partition.
     *
     * @param number the version
     * @param hash of the document
     * @param commandId the same in every partition
     * @param replies one for each partition, in their order
     */
    record Said(int number, ContentHash hash, String commandId, List<Reply> replies) implements PolicyOutcome {
        public Said {
            replies = replies.stream()
                    .sorted(Comparator.comparingInt(Reply::partition))
                    .toList();
        }

        /** Whether every partition has said that the version is in force there. */
        public boolean inForceEverywhere() {
            return replies.stream().allMatch(Reply::isInForce);
        }
    }

    /** Nothing was sent, because it would be refused anyway. */
    record NotSent(RefusalReason reason, String explanation) implements PolicyOutcome {}

    /** What one partition says. */
    sealed interface Reply {
        /** Of the agency's command topic. */
        int partition();

        /** Where the version stands in that partition. */
        long offset();

        /** Whether the version is known to be in force there, since now or before; it is not any more where a later one came. */
        default boolean isInForce() {
            return hasStatus(Receipt.IN_FORCE);
        }

        /** Whether the version was in force there until a later one came. */
        default boolean isReplaced() {
            return hasStatus(Receipt.REPLACED);
        }

        private boolean hasStatus(String status) {
            return this instanceof Answered answered
                    && answered.receipt().answer() instanceof Receipt.Accepted accepted
                    && accepted.status().equals(status);
        }
    }

    /** The lane decided; the receipt says how. */
    record Answered(Receipt receipt) implements Reply {
        @Override
        public int partition() {
            return receipt.commandPartition();
        }

        @Override
        public long offset() {
            return receipt.commandOffset();
        }
    }

    /** It is in the log and will be decided, but its receipt has not been seen. Saying the same again is safe. */
    record Unanswered(int partition, long offset, String why) implements Reply {}
}
