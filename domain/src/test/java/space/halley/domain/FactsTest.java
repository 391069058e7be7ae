package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.VersionState.Status;

/** What is not known yet holds a product, and the journal says what it is; it becomes known by a command of its own. */
class FactsTest {
    private static final Instant T = Fixtures.NOON;
    private static final ReleaseTerms SINCE_RECEPTION = Fixtures.since(ClockAnchor.RECEPTION, "P6M");

    private final OneProduct one = new OneProduct();

    @Test
    void aMissingReceptionHoldsTheProductUntilItIsStated() {
        var held = one.say(T, Fixtures.announce("1.0", SINCE_RECEPTION));

        assertThat(held.verdicts()).containsExactly(Verdict.HELD);
        assertThat(held.news()).isEmpty();
        assertThat(held.journal(Verdict.HELD)).satisfies(entry -> {
            assertThat(entry.releaseAt()).isNull();
            assertThat(entry.grounds().missing()).contains("the reception on Earth");
            assertThat(entry.grounds().explanation())
                    .isEqualTo(
                            "held until it is known: the reception on Earth; exclusive period P6M since the reception"
                                    + " on Earth");
        });
        assertThat(held.accepted().releaseAt()).isNull();
        assertThat(held.catalogue()).singleElement().satisfies(entry -> assertThat(entry.releaseAt())
                .isEmpty());
        assertThat(one.product().next()).isEmpty();
        assertThat(one.fence(T.plus(Duration.ofDays(36_500))).isNothing()).isTrue();

        var known = one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, Instant.parse("2026-05-31T00:00:00Z")));

        assertThat(known.verdicts()).containsExactly(Verdict.FACT);
        assertThat(known.news())
                .singleElement()
                .isInstanceOfSatisfying(
                        PublicEvent.Announced.class,
                        announced -> assertThat(announced.plannedReleaseAt()).isEqualTo("2026-11-30T00:00:00Z"));
        assertThat(known.journal(Verdict.FACT)).satisfies(entry -> {
            assertThat(entry.grounds().clockStart()).contains(Instant.parse("2026-05-31T00:00:00Z"));
            assertThat(entry.grounds().missing()).isEmpty();
            assertThat(entry.schedule()).isEqualTo(2);
        });
        assertThat(one.product().next()).contains(Instant.parse("2026-11-30T00:00:00Z"));
    }

    @Test
    void aReceptionMayComeWithTheAnnouncement() {
        one.say(T, Fixtures.announce(Fixtures.product("1.0"), SINCE_RECEPTION, T, false));

        assertThat(one.product().next()).contains(Instant.parse("2026-12-01T12:00:00Z"));
        assertThat(one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T)).verdicts())
                .containsExactly(Verdict.REPEATED);
    }

    @Test
    void aFactThatEndsTheEmbargoReleasesAtOnce() {
        one.say(T, Fixtures.announce(Fixtures.product(Fixtures.id("1.0"), "x", null), SINCE_RECEPTION, null, false));

        var outcome = one.say(T.plusSeconds(5), Fixtures.fact("1.0", Facts.Kind.RECEPTION, T.minusSeconds(99_999_999)));

        assertThat(outcome.verdicts()).containsExactly(Verdict.FACT, Verdict.RELEASED);
        assertThat(outcome.accepted().status()).isEqualTo(Status.PUBLIC);
        assertThat(outcome.news()).singleElement().isInstanceOfSatisfying(PublicEvent.Released.class, released -> {
            assertThat(released.releaseAt()).isEqualTo(T.plusSeconds(5));
            assertThat(released.late()).isTrue();
        });
    }

    @Test
    void aCorrectionMovesTheReleaseAndTheSameAgainDoesNot() {
        one.say(T, Fixtures.announce("1.0", SINCE_RECEPTION));
        one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T));
        var corrected = one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T.plusSeconds(1)));
        var again = one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T.plusSeconds(1)));

        assertThat(corrected.verdicts()).containsExactly(Verdict.FACT);
        assertThat(again.verdicts()).containsExactly(Verdict.REPEATED);
        assertThat(one.product().next()).contains(Instant.parse("2026-12-01T12:00:01Z"));
    }

    @Test
    void anAcquisitionStopThatIsStatedStandsAboveTheLabels() {
        one.say(T, Fixtures.announce("1.0", Fixtures.sinceStop("P1Y")));

        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, T));

        assertThat(one.product().next()).contains(Instant.parse("2027-06-01T12:00:00Z"));
    }

    @Test
    void aProductWithoutAnAcquisitionIsHeldUntilOneIsStated() {
        var document = Fixtures.product(Fixtures.id("1.0"), "x", null);
        var held = one.say(T, Fixtures.announce(document, Fixtures.sinceStop("P1Y"), Existence.PUBLIC));
        var window = new ClockAnchor.WindowEnd(LocalDate.parse("2026-01-01"), 3);
        var later = one.say(T, Fixtures.reschedule("1.0", Fixtures.since(window, "P1M")));

        assertThat(held.journal(Verdict.HELD).grounds().missing()).contains("the end of the acquisition");
        assertThat(later.journal(Verdict.RESCHEDULED).grounds().missing()).contains("the end of the acquisition");
        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, T));
        assertThat(one.product().next()).contains(Instant.parse("2026-08-01T00:00:00Z"));
    }

    @Test
    void anAcquisitionBeforeTheFirstWindowIsNoMissingFact() {
        var window = new ClockAnchor.WindowEnd(LocalDate.parse("2027-01-01"), 3);
        var held = one.say(T, Fixtures.announce("1.0", Fixtures.since(window, "P1M")));

        assertThat(held.journal(Verdict.HELD).grounds().missing())
                .contains("a window that holds the end of the acquisition, " + Fixtures.STOP
                        + "; the first begins 2027-01-01");
    }

    @Test
    void aMissionEventIsKnownFromThePolicy() {
        var landing = new ClockAnchor.MissionEvent("hera/landing");
        var held = one.say(T, Fixtures.announce("1.0", Fixtures.since(landing, "P1Y")));
        assertThat(held.journal(Verdict.HELD).grounds().missing()).contains("the mission event hera/landing");

        var all = List.of(Fixtures.rule("all", Match.EVERYTHING, Fixtures.atOnce()));
        var other = one.policy(T, Fixtures.policy(1, all, List.of(), Map.of("hera/launch", T)));
        assertThat(other.isNothing()).isTrue();
        var known = one.policy(T, Fixtures.policy(2, all, List.of(), Map.of("hera/landing", T)));

        assertThat(known.verdicts()).containsExactly(Verdict.REEVALUATED);
        assertThat(known.journal(Verdict.REEVALUATED).grounds().policy()).isEqualTo(2);
        assertThat(known.journal(Verdict.REEVALUATED).statement()).isNull();
        assertThat(one.product().next()).contains(Instant.parse("2027-06-01T12:00:00Z"));
    }

    @Test
    void aFactThatMattersToNothingIsKeptAndLeavesThePlanAlone() {
        one.say(T, Fixtures.announce("1.0", Fixtures.at(T.plusSeconds(60))));
        one.say(T, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(90))));
        var before = one.plan();

        var outcome = one.say(T, Fixtures.fact("1.0", Facts.Kind.REVIEW, T));

        assertThat(outcome.verdicts()).containsExactly(Verdict.FACT);
        assertThat(outcome.news()).isEmpty();
        assertThat(one.held().facts().review()).contains(T);
        assertThat(one.plan())
                .isEqualTo(new ReleasePlan(
                        before.releaseAt(),
                        before.stages(),
                        before.waiting(),
                        before.schedule(),
                        12,
                        before.grounds()));
        assertThat(one.plan().grounds().explanation()).startsWith("extended from ");
    }

    @Test
    void anEarlierPolicyThatIsAppliedAgainDoesNotSeeALaterFact() {
        var embargo = new Embargo(Fixtures.NASA);
        var onReception = Fixtures.agreement(
                "received", Match.EVERYTHING, Fixtures.since(ClockAnchor.RECEPTION, "P1D"), Fixtures.ESA);
        var terms = Fixtures.at(T.plus(Duration.ofDays(9)));
        var first = Fixtures.policy(1, terms, onReception);
        one.policy(T, first);
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        var second = Fixtures.policy(2, terms, onReception);
        one.policy(T, second);
        var third = Fixtures.policy(3, terms);
        one.policy(T, third);
        one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T));
        var before = one.product();

        // The second version, which stands at offset 12, planned the same until the fact became known.
        var again = embargo.reevaluate(before, second, Fixtures.cause(12, T), null);

        assertThat(again.effects()).isEmpty();
        assertThat(again.after()).isEqualTo(before);
    }

    @Test
    void everyAnchorGivesItsClockStart() {
        var policy = Fixtures.policy(
                1,
                List.of(Fixtures.rule("all", Match.EVERYTHING, Fixtures.atOnce())),
                List.of(),
                Map.of("landing", T.plusSeconds(3)));
        var facts = Facts.NONE.with(Facts.Kind.RECEPTION, T.plusSeconds(1));
        var subject = Fixtures.subject(Fixtures.product("1.0"), Fixtures.byPolicy(), facts, T.plusSeconds(2));
        var window = new ClockAnchor.WindowEnd(LocalDate.parse("2026-01-01"), 3);
        for (var expected : Map.of(
                        ClockAnchor.ACQUISITION_STOP,
                        Fixtures.STOP,
                        ClockAnchor.RECEPTION,
                        T.plusSeconds(1),
                        ClockAnchor.DELIVERY,
                        T.plusSeconds(2),
                        new ClockAnchor.MissionEvent("landing"),
                        T.plusSeconds(3),
                        window,
                        Instant.parse("2026-04-01T00:00:00Z"))
                .entrySet()) {
            var plan = new ReleasePlanner(Optional.of(policy))
                    .plan(Fixtures.since(expected.getKey(), "P1Y"), subject, Optional.empty(), Fixtures.cause(1, T));

            assertThat(plan.grounds().clockStart()).contains(expected.getValue());
            assertThat(plan.grounds().explanation()).endsWith(", " + expected.getValue());
            assertThat(plan.grounds().rule()).isEmpty();
            assertThat(plan.releaseAt()).isEqualTo(plan.grounds().embargoEnd());
        }
    }
}
