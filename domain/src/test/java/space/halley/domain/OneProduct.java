package space.halley.domain;

import java.time.Instant;
import java.util.Optional;
import space.halley.domain.VersionState.Status;

/** One product in its agency's lane: everything that is said of it, in the order in which it is said. */
final class OneProduct {
    private final Embargo embargo;
    private Optional<Policy> policy = Optional.empty();
    private Product product = Product.unknown(Fixtures.LID);
    private long offset = 10;

    OneProduct() {
        this(Fixtures.NASA);
    }

    OneProduct(Agency agency) {
        this.embargo = new Embargo(agency);
    }

    /** Under a policy that stands before everything else. */
    static OneProduct under(Policy policy) {
        var one = new OneProduct();
        one.policy = Optional.of(policy);
        return one;
    }

    Outcome say(Instant time, Command command) {
        return say(command, time, time);
    }

    Outcome say(Command command, Instant appended, Instant carried) {
        return take(embargo.decide(product, command, new Cause(0, offset++, appended, carried), policy));
    }

    Outcome fence(Instant time) {
        return fence(time, time);
    }

    Outcome fence(Instant appended, Instant carried) {
        return take(embargo.release(product, new Cause(0, offset++, appended, carried)));
    }

    Outcome policy(Instant time, Policy next) {
        policy = Optional.of(next);
        return take(embargo.reevaluate(product, next, Fixtures.cause(offset++, time), null));
    }

    /** A fence, a policy version or a command of the reference model's history. */
    Outcome take(ReferenceModel.Said said) {
        if (said.policy() != null) {
            policy = Optional.of(said.policy());
            return take(embargo.reevaluate(product, said.policy(), said.cause(), null));
        }
        return said.command() == null
                ? take(embargo.release(product, said.cause()))
                : take(embargo.decide(product, said.command(), said.cause(), policy));
    }

    Product product() {
        return product;
    }

    /** The offset of the next input. */
    long offset() {
        return offset;
    }

    Status status(String vid) {
        return product.version(Vid.parse(vid)).orElseThrow().state().status();
    }

    /** The version that is held. */
    VersionState.Held held() {
        return (VersionState.Held) product.held().orElseThrow().state();
    }

    ReleasePlan plan() {
        return held().plan();
    }

    private Outcome take(Decision decision) {
        product = decision.after();
        return new Outcome(decision.effects());
    }
}
