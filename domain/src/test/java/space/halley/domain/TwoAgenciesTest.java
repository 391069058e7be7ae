package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two agencies that claim one product: the owner of its namespace wins, and the other learns nothing. */
class TwoAgenciesTest {
    private static final Instant T = Fixtures.NOON;
    private static final Agency ESA = new Agency(
            Fixtures.ESA, "ESA", List.of(new Namespace("urn:esa:psa:"), new Namespace("urn:nasa:pds-at-esa:")));

    private static final List<Command> OWNERS = List.of(
            Fixtures.announce("1.0", Fixtures.at(T.plusSeconds(60))),
            Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(90))),
            Fixtures.announce(Fixtures.product("1.1"), Fixtures.at(T.plusSeconds(60)), Existence.HIDDEN),
            Fixtures.waive("1.1"),
            Fixtures.withdraw("1.1"));

    private static final List<Command> OTHERS = List.of(
            Fixtures.announce("1.0", Fixtures.atOnce()),
            Fixtures.fact("1.0", Facts.Kind.REVIEW, T),
            Fixtures.announce(Fixtures.product("1.1"), Fixtures.byPolicy(), null, true),
            Fixtures.waive("1.1"),
            Fixtures.withdraw("1.0"));

    /** Each agency has a state of its own; lanes that write the same topics are in {@code TwoLanesTest} of streams. */
    @Test
    void theOwnerWinsInEveryInterleaving() {
        var alone = new ArrayList<Effect>();
        var undisturbed = new OneProduct();
        OWNERS.forEach(command -> alone.addAll(undisturbed.say(T, command).effects()));
        var count = 0;

        for (var order : interleavings(OWNERS.size(), OTHERS.size()).toList()) {
            var owner = new OneProduct();
            var other = new OneProduct(ESA);
            var effects = new ArrayList<Effect>();
            var mine = OWNERS.iterator();
            var theirs = OTHERS.iterator();
            for (var isOwner : order) {
                if (isOwner) {
                    effects.addAll(owner.say(T, mine.next()).effects());
                } else {
                    var outcome = other.say(T, theirs.next());
                    assertThat(outcome.refusal()).isEqualTo(RefusalReason.NOT_YOUR_NAMESPACE);
                    assertThat(outcome.effects()).hasSize(2);
                }
            }
            assertThat(effects).isEqualTo(alone);
            assertThat(owner.product()).isEqualTo(undisturbed.product());
            assertThat(other.product()).isEqualTo(Product.unknown(Fixtures.LID));
            count++;
        }
        assertThat(count).isEqualTo(252);
    }

    /** Even a lane that saw the owner's product would answer as if there were none. */
    @Test
    void theRefusalIsTheSameWhetherOrNotTheProductExists() {
        var embargo = new Embargo(ESA);
        var owner = new OneProduct();
        for (var command : OWNERS) {
            owner.say(T, command);
            for (var foreign : OTHERS) {
                var cause = Fixtures.cause(99, T);
                var existing = embargo.decide(owner.product(), foreign, cause, Optional.empty());
                var absent = embargo.decide(Product.unknown(Fixtures.LID), foreign, cause, Optional.empty());

                assertThat(new Outcome(existing.effects()).refused())
                        .isEqualTo(new Outcome(absent.effects()).refused());
                assertThat(existing.after()).isEqualTo(owner.product());
            }
        }
    }

    /** Nor do the clocks of a command, or a policy, make a difference that could be told apart. */
    @Test
    void theNamespaceIsLookedAtBeforeAnythingElse() {
        var embargo = new Embargo(ESA);
        var policy = Optional.of(Fixtures.policy(1, Fixtures.atOnce()));
        var wrongClock = new Cause(0, 1, T, T.plusSeconds(9_999_999));
        var unknown = Product.unknown(Fixtures.LID);

        for (var foreign : OTHERS) {
            assertThat(new Outcome(embargo.decide(unknown, foreign, wrongClock, policy)
                                    .effects())
                            .refusal())
                    .isEqualTo(RefusalReason.NOT_YOUR_NAMESPACE);
        }
    }

    private static Stream<List<Boolean>> interleavings(int owners, int others) {
        if (owners == 0 && others == 0) {
            return Stream.of(List.of());
        }
        return Stream.of(true, false)
                .filter(isOwner -> isOwner ? owners > 0 : others > 0)
                .flatMap(isOwner -> interleavings(owners - (isOwner ? 1 : 0), others - (isOwner ? 0 : 1))
                        .map(rest ->
                                Stream.concat(Stream.of(isOwner), rest.stream()).toList()));
    }
}
