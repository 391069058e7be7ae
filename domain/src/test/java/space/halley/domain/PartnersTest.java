package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.VersionState.Status;

/** From the team to the partners to everyone, each at its own instant. */
class PartnersTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant START = T.minus(Duration.ofDays(9));
    private static final Instant ESA_TURN = T.minus(Duration.ofDays(2));
    private static final Instant JAXA_TURN = T.minus(Duration.ofDays(1));
    private static final Agreement WITH_ESA =
            Fixtures.agreement("nasa-esa", Match.EVERYTHING, Fixtures.at(ESA_TURN), Fixtures.ESA);
    private static final Agreement WITH_JAXA =
            Fixtures.agreement("nasa-jaxa", Match.EVERYTHING, Fixtures.at(JAXA_TURN), Fixtures.JAXA);
    private static final Agreement RECEIVED = Fixtures.agreement(
            "received", Match.EVERYTHING, Fixtures.since(ClockAnchor.RECEPTION, "P1D"), Fixtures.ESA, Fixtures.JAXA);
    private static final Policy POLICY = Fixtures.policy(1, Fixtures.at(T), WITH_JAXA, WITH_ESA);

    private final OneProduct one = OneProduct.under(POLICY);

    @Test
    void opensToEveryPartnerAtItsTurnAndThenToEveryone() {
        var held = one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        assertThat(held.verdicts()).containsExactly(Verdict.HELD);
        assertThat(held.partners()).isEmpty();
        assertThat(held.journal(Verdict.HELD).stages())
                .containsExactly(
                        new ReleasePlan.Stage(Fixtures.ESA, ESA_TURN, "nasa-esa"),
                        new ReleasePlan.Stage(Fixtures.JAXA, JAXA_TURN, "nasa-jaxa"));
        assertThat(one.product().next()).contains(ESA_TURN);

        assertThat(one.fence(ESA_TURN.minusMillis(1)).isNothing()).isTrue();
        var toEsa = one.fence(ESA_TURN);
        assertThat(toEsa.verdicts()).containsExactly(Verdict.SHARED);
        assertThat(toEsa.journal(Verdict.SHARED).recipient()).isEqualTo(Fixtures.ESA);
        assertThat(toEsa.partners())
                .containsExactly(new PartnerEvent(
                        Fixtures.NASA.id(),
                        Fixtures.ESA,
                        Fixtures.id("1.0"),
                        1,
                        new PartnerEvent.Shared(
                                ESA_TURN, ESA_TURN, "nasa-esa", Optional.of(T), Fixtures.product("1.0"))));
        assertThat(toEsa.news()).isEmpty();
        assertThat(toEsa.catalogue())
                .singleElement()
                .extracting(Effect.Catalogue::status)
                .isEqualTo(Status.PARTNERS);
        assertThat(one.status("1.0")).isEqualTo(Status.PARTNERS);
        assertThat(one.product().next()).contains(JAXA_TURN);
        assertThat(one.fence(ESA_TURN.plusMillis(1)).isNothing()).isTrue();

        var toJaxa = one.fence(JAXA_TURN);
        assertThat(toJaxa.partners()).extracting(PartnerEvent::recipient).containsExactly(Fixtures.JAXA);
        assertThat(toJaxa.partners())
                .extracting(PartnerEvent::number)
                .as("nobody learns that somebody else had it before")
                .containsExactly(1);
        assertThat(one.product().next()).contains(T);

        var open = one.fence(T);
        assertThat(open.verdicts()).containsExactly(Verdict.RELEASED);
        assertThat(open.partners()).isEmpty();
        assertThat(open.news()).hasSize(1);
    }

    @Test
    void oneFenceOpensEveryTurnThatHasCome() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var both = one.fence(T.minusMillis(1));

        assertThat(both.partners()).extracting(PartnerEvent::recipient).containsExactly(Fixtures.ESA, Fixtures.JAXA);
        assertThat(both.verdicts()).containsExactly(Verdict.SHARED, Verdict.SHARED);
        assertThat(both.catalogue()).hasSize(1);
        assertThat(one.held().opened()).containsExactlyInAnyOrder(Fixtures.ESA, Fixtures.JAXA);
    }

    @Test
    void aTurnThatHasComeAtTheAnnouncementIsOpenedInTheSameStep() {
        var outcome = one.say(JAXA_TURN, Fixtures.announce("1.0", Fixtures.byPolicy()));

        assertThat(outcome.verdicts()).containsExactly(Verdict.HELD, Verdict.SHARED, Verdict.SHARED);
        assertThat(outcome.accepted().status()).isEqualTo(Status.PARTNERS);
        assertThat(outcome.catalogue())
                .extracting(Effect.Catalogue::status)
                .containsExactly(Status.HELD, Status.PARTNERS);
    }

    @Test
    void whatIsDueForEveryoneIsSharedWithNobody() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var open = one.fence(T);
        assertThat(open.verdicts()).containsExactly(Verdict.RELEASED);
        assertThat(open.partners()).isEmpty();
    }

    @Test
    void withdrawingASharedProductTellsItsPartnersAndNobodyElse() {
        one.say(START, Fixtures.announce(Fixtures.product("1.0"), Fixtures.byPolicy(), Existence.HIDDEN));
        one.fence(ESA_TURN);

        var outcome = one.say(ESA_TURN, Fixtures.withdraw("1.0"));

        assertThat(outcome.news()).isEmpty();
        assertThat(outcome.partners())
                .containsExactly(new PartnerEvent(
                        Fixtures.NASA.id(),
                        Fixtures.ESA,
                        Fixtures.id("1.0"),
                        2,
                        new PartnerEvent.TakenBack(PartnerEvent.TAKEN_BACK)));
    }

    @Test
    void supersedingASharedProductIsToldToPartnersAsAWithdrawalIs() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.fence(JAXA_TURN);
        var hidden = Fixtures.announce(Fixtures.product("7.7"), Fixtures.at(T.plusSeconds(9)), Existence.HIDDEN);

        var outcome = one.say(START, hidden);

        assertThat(outcome.partners()).extracting(PartnerEvent::recipient).containsExactly(Fixtures.ESA, Fixtures.JAXA);
        assertThat(outcome.partners())
                .extracting(PartnerEvent::news)
                .containsOnly(new PartnerEvent.TakenBack(PartnerEvent.TAKEN_BACK));
        assertThat(outcome.news()).containsExactly(new PublicEvent.Cancelled());
    }

    @Test
    void anExtensionTakesNothingBackAndSharesNothingTwice() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.fence(ESA_TURN);

        one.say(ESA_TURN, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));

        assertThat(one.status("1.0")).isEqualTo(Status.PARTNERS);
        assertThat(one.fence(T).partners()).extracting(PartnerEvent::recipient).containsExactly(Fixtures.JAXA);
    }

    @Test
    void aReleaseBeforeThePartnersTurnMakesTheTurnVoid() {
        one.say(START, Fixtures.announce("1.0", Fixtures.at(ESA_TURN)));

        assertThat(one.plan().stages()).isEmpty();
        assertThat(one.product().next()).contains(ESA_TURN);
    }

    @Test
    void anAgreementAboutAnInstrumentIsAboutItAlone() {
        var camera = Fixtures.agreement("camera", Fixtures.instrument("AFC"), Fixtures.at(ESA_TURN), Fixtures.ESA);
        var policy = Fixtures.policy(1, Fixtures.at(T), camera);

        assertThat(stages(policy, Fixtures.ofInstrument("afc"))).hasSize(1);
        assertThat(stages(policy, Fixtures.ofInstrument("jura"))).isEmpty();
    }

    @Test
    void amongSeveralAgreementsThePartnersEarliestTurnCounts() {
        var all = Fixtures.agreement(
                "consortium", Match.EVERYTHING, Fixtures.at(JAXA_TURN), Fixtures.ISRO, Fixtures.ESA, Fixtures.JAXA);
        for (var order : List.of(List.of(all, WITH_ESA, WITH_JAXA), List.of(WITH_JAXA, WITH_ESA, all))) {
            var policy = Fixtures.policy(1, Fixtures.at(T), order.toArray(Agreement[]::new));

            assertThat(stages(policy))
                    .containsExactly(
                            new ReleasePlan.Stage(Fixtures.ESA, ESA_TURN, "nasa-esa"),
                            new ReleasePlan.Stage(Fixtures.ISRO, JAXA_TURN, "consortium"),
                            // Of two agreements for the same instant it is the one that stands first.
                            new ReleasePlan.Stage(
                                    Fixtures.JAXA, JAXA_TURN, order.getFirst().id()));
        }
    }

    @Test
    void aTurnAtOnceComesWithTheDeliveryByTheLaterClock() {
        var handOver = Fixtures.agreement("hand-over", Match.EVERYTHING, Fixtures.atOnce(), Fixtures.ESA);
        var handed = OneProduct.under(Fixtures.policy(1, Fixtures.at(T), handOver));

        assertThat(handed.say(Fixtures.announce("1.0", Fixtures.byPolicy()), START, START.minusMillis(1))
                        .partners())
                .isEmpty();
        assertThat(handed.product().next()).contains(START);
        assertThat(handed.fence(START).partners()).hasSize(1);
        assertThat(handed.say(START, Fixtures.announce("2.0", Fixtures.byPolicy()))
                        .verdicts())
                .containsExactly(Verdict.SUPERSEDED, Verdict.HELD, Verdict.SHARED);
    }

    @Test
    void partnersHaveTheirTurnEvenWhileTheReleaseIsNotKnown() {
        var policy = Fixtures.policy(1, Fixtures.since(ClockAnchor.RECEPTION, "P1Y"), WITH_ESA);
        var unknown = OneProduct.under(policy);
        unknown.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        assertThat(unknown.product().next()).contains(ESA_TURN);
        assertThat(unknown.fence(ESA_TURN).partners())
                .singleElement()
                .extracting(PartnerEvent::news)
                .isInstanceOfSatisfying(PartnerEvent.Shared.class, shared -> assertThat(shared.publicAt())
                        .isEmpty());
        assertThat(unknown.product().next()).isEmpty();
    }

    @Test
    void aTurnWhoseClockHasNotStartedIsPlannedWhenItDoes() {
        var relative = Fixtures.agreement(
                "received", Match.EVERYTHING, Fixtures.since(ClockAnchor.RECEPTION, "P1D"), Fixtures.ESA);
        var waiting = OneProduct.under(Fixtures.policy(1, Fixtures.at(T), relative));
        var held = waiting.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        assertThat(waiting.plan().stages()).isEmpty();
        assertThat(held.journal(Verdict.HELD).waiting())
                .containsExactly(new ReleasePlan.Waiting(Fixtures.ESA, "received", "the reception on Earth"));

        var stated = waiting.say(START, Fixtures.fact("1.0", Facts.Kind.RECEPTION, ESA_TURN.minus(Duration.ofDays(1))));

        assertThat(waiting.product().next()).contains(ESA_TURN);
        assertThat(waiting.plan().schedule()).isEqualTo(2);
        assertThat(stated.journal(Verdict.FACT).waiting()).isEmpty();
        assertThat(stated.journal(Verdict.FACT).stages())
                .containsExactly(new ReleasePlan.Stage(Fixtures.ESA, ESA_TURN, "received"));
    }

    @Test
    void everyAgreementSaysForWhichOfItsPartnersWhatIsMissing() {
        var landing = Fixtures.since(new ClockAnchor.MissionEvent("landing"), "P1D");
        var window = Fixtures.since(new ClockAnchor.WindowEnd(LocalDate.parse("2027-01-01"), 3), "P1M");
        var policy = Fixtures.policy(
                1,
                Fixtures.at(T),
                Fixtures.agreement("landed", Match.EVERYTHING, landing, Fixtures.JAXA, Fixtures.ESA),
                Fixtures.agreement("by-window", Match.EVERYTHING, window, Fixtures.JAXA),
                Fixtures.agreement("radar", Fixtures.instrument("jura"), landing, Fixtures.ISRO),
                WITH_ESA);

        var plan = plan(policy);

        // That ESA has a turn already does not say that it will have none before.
        assertThat(plan.stages()).containsExactly(new ReleasePlan.Stage(Fixtures.ESA, ESA_TURN, "nasa-esa"));
        assertThat(plan.waiting())
                .containsExactly(
                        new ReleasePlan.Waiting(Fixtures.ESA, "landed", "the mission event landing"),
                        new ReleasePlan.Waiting(
                                Fixtures.JAXA,
                                "by-window",
                                "a window that holds the end of the acquisition, " + Fixtures.STOP
                                        + "; the first begins 2027-01-01"),
                        new ReleasePlan.Waiting(Fixtures.JAXA, "landed", "the mission event landing"));
    }

    @Test
    void whoHasTheProductDoesNotWaitForAnotherTurn() {
        var waiting = OneProduct.under(Fixtures.policy(1, Fixtures.at(T), WITH_ESA, RECEIVED));
        waiting.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var shared = waiting.fence(ESA_TURN);

        assertThat(shared.journal(Verdict.SHARED).waiting())
                .extracting(ReleasePlan.Waiting::recipient)
                .containsExactly(Fixtures.JAXA);
    }

    @Test
    void aReleaseBeforeTheFactEndsTheWaiting() {
        var waiting = OneProduct.under(Fixtures.policy(1, Fixtures.at(T), RECEIVED));
        waiting.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        assertThat(waiting.plan().waiting()).hasSize(2);

        var released = waiting.fence(T);

        assertThat(released.journal(Verdict.RELEASED).waiting()).isEmpty();
        assertThat(released.partners()).isEmpty();
    }

    @Test
    void aWaiverEndsTheWaitingAtOnce() {
        var waiting = OneProduct.under(Fixtures.policy(1, Fixtures.at(T), RECEIVED));
        waiting.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var waived = waiting.say(START, Fixtures.waive("1.0"));

        assertThat(waived.journal()).hasSize(2).allSatisfy(entry -> assertThat(entry.waiting())
                .isEmpty());
    }

    @Test
    void reschedulingLeavesPartnersWaiting() {
        var waiting = OneProduct.under(Fixtures.policy(1, Fixtures.at(T), RECEIVED));
        waiting.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var extended = waiting.say(START, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));

        assertThat(extended.journal(Verdict.RESCHEDULED).waiting()).hasSize(2);
    }

    @Test
    void aFactThatMakesATurnVoidEndsTheWaitingAndLeavesThePlanAsItWas() {
        var waiting = OneProduct.under(Fixtures.policy(1, Fixtures.at(T), RECEIVED));
        waiting.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var stated = waiting.say(START, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T));

        assertThat(stated.journal(Verdict.FACT).waiting()).isEmpty();
        assertThat(waiting.plan().waiting()).isEmpty();
        assertThat(waiting.plan().stages()).isEmpty();
        assertThat(waiting.plan().schedule()).isEqualTo(1);
        assertThat(stated.news()).isEmpty();
    }

    /** Who waits must show nowhere but in the journal, not even in how often something else is written. */
    @Test
    void whoWaitsByANewPolicyIsInTheJournalAlone() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.say(START, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));
        var before = one.plan();
        var second = Fixtures.policy(2, Fixtures.at(T), WITH_JAXA, WITH_ESA, RECEIVED);

        var changed = one.policy(START, second);

        assertThat(changed.effects()).hasSize(1);
        var entry = changed.journal(Verdict.REEVALUATED);
        assertThat(entry.waiting())
                .extracting(ReleasePlan.Waiting::recipient)
                .containsExactly(Fixtures.ESA, Fixtures.JAXA);
        assertThat(entry.grounds().policy()).isEqualTo(2);
        assertThat(entry.grounds().policyHash()).contains(second.hash());
        assertThat(entry.grounds().explanation()).startsWith("extended from ");
        assertThat(entry.schedule()).isEqualTo(before.schedule());
        assertThat(one.plan())
                .isEqualTo(new ReleasePlan(
                        before.releaseAt(),
                        before.stages(),
                        entry.waiting(),
                        before.schedule(),
                        one.offset() - 1,
                        before.grounds()));
        assertThat(one.policy(START, Fixtures.policy(3, Fixtures.at(T), WITH_JAXA, WITH_ESA, RECEIVED))
                        .isNothing())
                .as("the same wait for the same")
                .isTrue();
        assertThat(one.policy(START, Fixtures.policy(4, Fixtures.at(T), WITH_JAXA, WITH_ESA))
                        .journal(Verdict.REEVALUATED)
                        .waiting())
                .isEmpty();
    }

    @Test
    void aPolicyThatComesWhenTheReleaseIsDueSaysOfNobodyThatItWaits() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var released = one.policy(T, Fixtures.policy(2, Fixtures.at(T), WITH_JAXA, WITH_ESA, RECEIVED));

        assertThat(released.verdicts()).containsExactly(Verdict.RELEASED);
    }

    @Test
    void anEarlierPolicyThatIsAppliedAgainDoesNotSayAgainWhoWaited() {
        one.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        var second = Fixtures.policy(2, Fixtures.at(T), WITH_JAXA, WITH_ESA, RECEIVED);
        var at = one.offset();
        one.policy(START, second);
        one.policy(START, Fixtures.policy(3, Fixtures.at(T), WITH_JAXA, WITH_ESA));
        var product = one.product();

        var again = new Embargo(Fixtures.NASA).reevaluate(product, second, Fixtures.cause(at, START), null);

        assertThat(again.effects()).isEmpty();
        assertThat(again.after()).isEqualTo(product);
    }

    /** An earlier build kept nothing of who waits; what it decided stands, and the next version of the policy says it. */
    @Test
    void whatAnEarlierBuildHeldSaysWhoWaitsFromTheNextPolicyOn() {
        var policy = Fixtures.policy(1, Fixtures.at(T), RECEIVED);
        var waiting = OneProduct.under(policy);
        waiting.say(START, Fixtures.announce("1.0", Fixtures.byPolicy()));
        var plan = waiting.plan();
        var silent = new ReleasePlan(
                plan.releaseAt(), plan.stages(), List.of(), plan.schedule(), plan.armedAt(), plan.grounds());
        var version = waiting.product().held().orElseThrow();
        var stored = waiting.product().with(version.vid(), waiting.held().with(silent));
        var embargo = new Embargo(Fixtures.NASA);

        assertThat(embargo.reevaluate(stored, policy, Fixtures.cause(plan.armedAt(), START), null)
                        .effects())
                .isEmpty();
        var next = new Outcome(embargo.reevaluate(stored, policy, Fixtures.cause(99, START), null)
                .effects());
        assertThat(next.verdicts()).containsExactly(Verdict.REEVALUATED);
        assertThat(next.journal(Verdict.REEVALUATED).waiting()).hasSize(2);
    }

    private static List<ReleasePlan.Stage> stages(Policy policy, ContextReference... context) {
        return plan(policy, context).stages();
    }

    private static ReleasePlan plan(Policy policy, ContextReference... context) {
        var product = Fixtures.product(Fixtures.id("1.0"), "x", Fixtures.STOP, null, context);
        var subject = Fixtures.subject(product, Fixtures.byPolicy(), Facts.NONE, START);
        return new ReleasePlanner(Optional.of(policy))
                .plan(Fixtures.byPolicy(), subject, Optional.empty(), Fixtures.cause(1, START));
    }
}
