package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import space.halley.domain.Effect.Verdict;

/** What warns of an object that may hit Earth is never held. */
class PlanetaryDefenceTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant LATER = T.plus(Duration.ofDays(99));

    @Test
    void theMarkOfTheAnnouncementBypassesEveryHold() {
        var review = Fixtures.policy(1, Fixtures.rule("all", Match.EVERYTHING, Fixtures.at(LATER), true, false));
        for (var terms : List.of(
                Fixtures.byPolicy(),
                Fixtures.at(LATER),
                Fixtures.at(Instant.parse("9999-01-01T00:00:00Z")),
                Fixtures.since(ClockAnchor.RECEPTION, "P1Y"))) {
            var alert = Fixtures.announce(Fixtures.product("1.0"), terms, null, true);
            for (var one : List.of(new OneProduct(), OneProduct.under(review))) {
                var outcome = one.say(T, alert);

                assertThat(outcome.verdicts()).containsExactly(Verdict.RELEASED);
                assertThat(outcome.journal(Verdict.RELEASED).grounds().explanation())
                        .isEqualTo("a planetary-defence product, which is never held");
                assertThat(outcome.news())
                        .singleElement()
                        .isInstanceOfSatisfying(PublicEvent.Released.class, released -> {
                            assertThat(released.releaseAt()).isEqualTo(T);
                            assertThat(released.late()).isFalse();
                        });
            }
        }
    }

    @Test
    void soDoesARuleWhateverTheAnnouncementSays() {
        var neo = Fixtures.rule("neo", Fixtures.collection("urn:nasa:pds:insight"), Fixtures.at(LATER), true, true);
        var all = Fixtures.rule("all", Match.EVERYTHING, Fixtures.at(LATER));
        var one = OneProduct.under(Fixtures.policy(1, all, neo));

        var outcome = one.say(T, Fixtures.announce("1.0", Fixtures.at(LATER)));

        assertThat(outcome.verdicts()).containsExactly(Verdict.RELEASED);
        assertThat(outcome.journal(Verdict.RELEASED).grounds().rule()).contains("neo");
    }

    /** What holds nothing was not given before either, and the text is public. */
    @Test
    void anAlertThatFollowsWhatIsHeldDoesNotTellOfThat() {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.at(LATER)));
        one.say(T, Fixtures.announce("1.0", Fixtures.at(LATER)));

        var outcome = one.say(T, Fixtures.announce(Fixtures.product("1.1"), Fixtures.byPolicy(), null, true));

        assertThat(outcome.journal(Verdict.RELEASED).grounds().explanation())
                .isEqualTo("a planetary-defence product, which is never held");
    }

    @Test
    void aRuleBypassesNothingForWhatItDoesNotMatch() {
        var neo = Fixtures.rule("neo", Fixtures.collection("urn:nasa:pds:neowise"), Fixtures.at(LATER), false, true);
        var all = Fixtures.rule("all", Match.EVERYTHING, Fixtures.at(LATER));
        var one = OneProduct.under(Fixtures.policy(1, all, neo));

        var outcome = one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));

        assertThat(outcome.verdicts()).containsExactly(Verdict.HELD);
        assertThat(one.product().next()).contains(LATER);
    }

    @Test
    void evenWhereAMoreSpecificRuleHolds() {
        var neo = Fixtures.rule("neo", Fixtures.collection("urn:nasa:pds:insight"), Fixtures.at(LATER), false, true);
        var specific = Fixtures.rule(
                "specific",
                new Match(
                        Set.of(), Set.of(), Set.of(), Set.of("Product_Observational"), Set.of("urn:nasa:pds:insight")),
                Fixtures.at(LATER));
        var all = Fixtures.rule("all", Match.EVERYTHING, Fixtures.at(LATER));

        var outcome = OneProduct.under(Fixtures.policy(1, all, neo, specific))
                .say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));

        assertThat(outcome.verdicts()).containsExactly(Verdict.RELEASED);
    }

    @Test
    void aPolicyThatTurnsTheRuleOnReleasesWhatIsHeld() {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.at(LATER)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var outcome = one.policy(
                T.plusSeconds(1),
                Fixtures.policy(2, Fixtures.rule("all", Match.EVERYTHING, Fixtures.at(LATER), false, true)));

        assertThat(outcome.verdicts()).containsExactly(Verdict.REEVALUATED, Verdict.RELEASED);
    }
}
