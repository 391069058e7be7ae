package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.VersionState.Status;

/** A new version of the policy re-evaluates what is held. */
class ReevaluationTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant START = T.minus(Duration.ofDays(9));
    private static final Instant LATER = T.plus(Duration.ofDays(9));

    private final OneProduct one = OneProduct.under(Fixtures.policy(1, Fixtures.at(T)));

    @Test
    void aLongerPolicyIsHonouredAndAShorterOneToo() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var extended = one.policy(T.minusMillis(1), Fixtures.policy(2, Fixtures.at(LATER)));

        assertThat(extended.verdicts()).containsExactly(Verdict.REEVALUATED);
        assertThat(extended.news())
                .singleElement()
                .isInstanceOfSatisfying(
                        PublicEvent.Announced.class,
                        announced -> assertThat(announced.plannedReleaseAt()).isEqualTo(LATER));
        assertThat(extended.catalogue()).hasSize(1);
        assertThat(extended.journal(Verdict.REEVALUATED)).satisfies(entry -> {
            assertThat(entry.grounds().policy()).isEqualTo(2);
            assertThat(entry.grounds().policyHash()).contains(ContentHash.of("policy 2"));
            assertThat(entry.schedule()).isEqualTo(2);
        });
        assertThat(one.fence(T).isNothing()).isTrue();

        var shortened = one.policy(T.plusSeconds(5), Fixtures.policy(3, Fixtures.at(T)));

        assertThat(shortened.verdicts()).containsExactly(Verdict.REEVALUATED, Verdict.RELEASED);
        assertThat(one.status("1.0")).isEqualTo(Status.PUBLIC);
    }

    @Test
    void aPolicyThatSaysTheSameLeavesThePlanAlone() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        var before = one.product();

        assertThat(one.policy(START, Fixtures.policy(2, Fixtures.at(T))).isNothing())
                .isTrue();
        assertThat(one.product()).isEqualTo(before);
        assertThat(one.plan().grounds().sentence())
                .isEqualTo("fixed release date (rule all of owner of all, policy version 1)");
    }

    @Test
    void aPolicyOpensWhatIsDueAsAFenceDoesAndMovesNoInstant() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var outcome = one.policy(T.plusSeconds(5), Fixtures.policy(2, Fixtures.at(T)));

        assertThat(outcome.verdicts()).containsExactly(Verdict.RELEASED);
        assertThat(outcome.news()).singleElement().isInstanceOfSatisfying(PublicEvent.Released.class, released -> {
            assertThat(released.releaseAt()).isEqualTo(T);
            assertThat(released.releasedAt()).isEqualTo(T.plusSeconds(5));
        });
    }

    @Test
    void termsOfTheProductsOwnAreNoBusinessOfThePolicy() {
        one.say(START, Fixtures.announce("1.0", Fixtures.at(T)));
        one.say(START, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));
        var before = one.product();

        assertThat(one.policy(START, Fixtures.policy(2, Fixtures.at(LATER))).isNothing())
                .isTrue();
        assertThat(one.product()).isEqualTo(before);
    }

    @Test
    void anotherRuleForTheSameInstantIsJournalledAndNotAnnounced() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var outcome = one.policy(START, Fixtures.policy(2, Fixtures.rule("other", Match.EVERYTHING, Fixtures.at(T))));

        assertThat(outcome.verdicts()).containsExactly(Verdict.REEVALUATED);
        assertThat(outcome.journal(Verdict.REEVALUATED).grounds().rule()).contains("other");
        assertThat(outcome.news()).isEmpty();
    }

    @Test
    void aReviewThatIsNewlyAskedForCancelsTheAnnouncedRelease() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var outcome = one.policy(
                START, Fixtures.policy(2, Fixtures.rule("all", Match.EVERYTHING, Fixtures.at(T), true, false)));

        assertThat(outcome.verdicts()).containsExactly(Verdict.REEVALUATED);
        assertThat(outcome.news()).containsExactly(new PublicEvent.Cancelled());
        assertThat(one.say(START, Fixtures.withdraw("1.0")).news()).isEmpty();
    }

    @Test
    void aNewAgreementOpensAtOnceWhatItsTurnHasComeFor() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        var turn = T.minus(Duration.ofDays(1));
        var agreement = Fixtures.agreement("a", Match.EVERYTHING, Fixtures.at(turn), Fixtures.ESA);

        var outcome = one.policy(turn, Fixtures.policy(2, Fixtures.at(T), agreement));

        assertThat(outcome.verdicts()).containsExactly(Verdict.REEVALUATED, Verdict.SHARED);
        assertThat(one.status("1.0")).isEqualTo(Status.PARTNERS);
        assertThat(one.policy(turn, Fixtures.policy(3, Fixtures.at(T))).partners())
                .isEmpty();
        assertThat(one.status("1.0")).isEqualTo(Status.PARTNERS);
    }

    @Test
    void aPolicyThatStandsBeforeThePlanChangesNothing() {
        var embargo = new Embargo(Fixtures.NASA);
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        var other = Fixtures.policy(2, Fixtures.at(START));

        for (var offset : new long[] {9, 10}) {
            var decision = embargo.reevaluate(one.product(), other, Fixtures.cause(offset, T), null);
            assertThat(decision.effects()).isEmpty();
            assertThat(decision.after()).isEqualTo(one.product());
        }
        assertThat(embargo.reevaluate(one.product(), other, Fixtures.cause(11, T), null)
                        .effects())
                .isNotEmpty();
    }

    @Test
    void whatIsNotHeldIsNotReevaluated() {
        assertThat(one.policy(START, Fixtures.policy(2, Fixtures.at(LATER))).isNothing())
                .isTrue();
        one.say(START, Fixtures.announce("1.0", Fixtures.atOnce()));
        assertThat(one.policy(START, Fixtures.policy(3, Fixtures.at(T))).isNothing())
                .isTrue();
    }
}
