package space.halley.producer;

import space.halley.domain.Lidvid;
import space.halley.domain.RefusalReason;
import space.halley.schemas.Receipt;

/** What became of one command. */
public sealed interface Outcome {

    /** The version of the product that the command was about. */
    Lidvid id();

    /** The command's id. */
    String commandId();

    /** The lane decided; the receipt says how. */
    record Answered(Lidvid id, String commandId, Receipt receipt) implements Outcome {}

    /**
     * The command is in the log and will be decided, but its receipt has not been seen. Saying the same again is safe:
     * what was accepted is then reported as repeated.
     *
     * @param partition of the agency's command topic
     * @param offset in that partition
     * @param why no receipt was seen
     */
    record Unanswered(Lidvid id, String commandId, int partition, long offset, String why) implements Outcome {}

    /** The command was not sent, because it would be refused anyway. */
    record NotSent(Lidvid id, String commandId, RefusalReason reason, String explanation) implements Outcome {}
}
