package space.halley.schemas;

import java.time.Instant;
import space.halley.domain.Command;
import space.halley.domain.Lid;

/** A record of a command topic. */
public sealed interface Input {
    /** The version of the lane that this code is. A command that asks for a higher one stops the lane. */
    int READER = 2;

    /** The clock of whoever wrote the record. */
    Instant carriedClock();

    /**
     * An agency's command.
     *
     * @param lid the identifier in the envelope, equal to that of the command
     */
    record Said(Lid lid, Instant carriedClock, Command command) implements Input {}

    /** A fence of the lane itself. */
    record Fence(Instant carriedClock, String proposer, long number) implements Input {}

    /**
     * A version of the agency's policy. The same is said in every partition.
     *
     * @param document as the agency wrote it
     */
    record PolicyVersion(Instant carriedClock, Command.Statement statement, int number, String document)
            implements Input {}

    /** A command that only a later version of the lane understands. */
    record ForLaterReader(Instant carriedClock, int minReader) implements Input {}
}
