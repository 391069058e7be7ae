package space.halley.producer.cli;

import java.util.Optional;
import space.halley.domain.Agency;
import space.halley.domain.Cause;
import space.halley.domain.Command;
import space.halley.domain.Effect;
import space.halley.domain.Embargo;
import space.halley.domain.Policy;
import space.halley.domain.Product;
import space.halley.producer.Announcement;
import space.halley.producer.Mandate;
import space.halley.producer.label.LabelReading;

/**
 * Says what the rules would answer to an announcement, if it were the first of its product and appended now. What was
 * announced before, only the lane knows.
 */
final class Rehearsal {
    private static final String COMMAND_ID = "rehearsal";

    private final Announcing announcing;
    private final Mandate mandate;
    private final Embargo embargo;
    private final Optional<Policy> policy;

    /** @param policy by which the agency releases */
    Rehearsal(Agency agency, Optional<Policy> policy, Announcing announcing, Mandate mandate) {
        this.announcing = announcing;
        this.mandate = mandate;
        this.embargo = new Embargo(agency);
        this.policy = policy;
    }

    Result of(Item item) {
        return switch (item.reading()) {
            case LabelReading.Refused refused -> Result.of(refused);
            case LabelReading.Read read -> of(read, announcing.of(read.product(), item));
        };
    }

    private Result of(LabelReading.Read read, Announcement announcement) {
        var command = announcement.in(new Command.Statement(COMMAND_ID, mandate.author(), mandate.reason()));
        var now = announcing.now();
        var decision = embargo.decide(Product.unknown(command.id().lid()), command, new Cause(0, 0, now, now), policy);
        for (var effect : decision.effects()) {
            if (effect instanceof Effect.Accept accept) {
                return Result.ofTrial(read.source(), accept);
            }
            if (effect instanceof Effect.Refuse refuse) {
                return Result.refused(read.source(), refuse.id(), refuse.reason(), refuse.explanation(), null);
            }
        }
        throw new IllegalStateException("every announcement is accepted or refused");
    }
}
