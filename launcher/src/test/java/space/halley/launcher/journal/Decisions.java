package space.halley.launcher.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import space.halley.domain.Cause;
import space.halley.domain.Command;
import space.halley.domain.Decision;
import space.halley.domain.Effect;
import space.halley.domain.Embargo;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.Policy;
import space.halley.domain.Product;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.installation.PolicyDocument;
import space.halley.testkit.Samples;

/** The decisions of the rules about one product, and the journal that a lane would write of them. */
final class Decisions {
    private final Embargo embargo = new Embargo(Samples.nasa());
    private final List<JournalEntry> journal = new ArrayList<>();
    private Product product;
    private Optional<Policy> policy = Optional.empty();
    private long offset;
    private Duration behind = Duration.ZERO;

    Decisions(Lid lid) {
        this.product = Product.unknown(lid);
    }

    /** The product's state after all decisions so far. */
    Product product() {
        return product;
    }

    /** A version of the policy comes into force. */
    void policy(String document, String at) {
        var read = PolicyDocument.read(document);
        policy = Optional.of(read);
        apply(embargo.reevaluate(product, read, cause(Instant.parse(at)), null));
    }

    void say(Command command, String at) {
        say(command, Instant.parse(at));
    }

    void say(Command command, Instant at) {
        apply(embargo.decide(product, command, cause(at), policy));
    }

    void fence(String at) {
        fence(Instant.parse(at));
    }

    void fence(Instant at) {
        apply(embargo.release(product, cause(at)));
    }

    List<Written> of(Lidvid id) {
        return journal.stream()
                .filter(entry -> id.toString().equals(entry.lidvid()))
                .map(entry -> new Written(entry, entry.causeAppendTime().plus(behind)))
                .toList();
    }

    /** How long after what it decides by the lane writes. */
    Decisions behind(Duration time) {
        behind = time;
        return this;
    }

    Account account(Lidvid id) {
        return Account.of(id, of(id)).orElseThrow();
    }

    private Cause cause(Instant at) {
        return new Cause(3, offset++, at, at);
    }

    private void apply(Decision decision) {
        product = decision.after();
        for (var effect : decision.effects()) {
            if (effect instanceof Effect.Journal entry) {
                journal.add(JournalEntry.of(Samples.NASA, entry));
            }
        }
    }
}
