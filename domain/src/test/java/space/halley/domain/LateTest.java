package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.domain.Effect.Verdict;

/** What was delivered after its embargo's end says so for ever; nothing else does. */
class LateTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant DAY_BEFORE = T.minus(Duration.ofDays(1));
    private static final ReleaseTerms ENDED = Fixtures.sinceStop("P1M");
    private static final ReleaseTerms RUNNING = Fixtures.sinceStop("P1Y");

    @Test
    void aPolicyThatShortensWhatIsHeldMakesNoDeliveryLate() {
        var one = OneProduct.under(Fixtures.policy(1, RUNNING));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var released = one.policy(T, Fixtures.policy(2, ENDED));

        assertThat(released.verdicts()).containsExactly(Verdict.REEVALUATED, Verdict.RELEASED);
        assertThat(released.journal(Verdict.RELEASED).grounds().late()).isFalse();
        assertThat(released.journal(Verdict.RELEASED).grounds().explanation()).doesNotContain("late");
    }

    @Test
    void aPolicyThatLengthensWhatWaitsForItsReviewDoesNotExcuseIt() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.policy(T, Fixtures.policy(2, reviewed(RUNNING)));

        assertThat(one.plan().grounds().late()).isTrue();
        assertThat(one.plan().grounds().explanation())
                .endsWith("2026-01-01T10:01:00Z, and not before the review; delivered late,"
                        + " after the end of its embargo, 2026-02-01T10:01:00Z");
    }

    @Test
    void aPolicyUnderWhichAReviewIsNoLongerAllDoesNotMakeItLate() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(Fixtures.atOnce())));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.policy(T, Fixtures.policy(2, reviewed(ENDED)));

        assertThat(one.plan().grounds().late()).isFalse();
    }

    @Test
    void neitherAnotherTimeNorAWaiverNorACorrectedLabelTakesTheMarkAway() {
        for (var change : List.<Command>of(
                Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))),
                Fixtures.reschedule("1.0", Fixtures.atOnce()),
                Fixtures.announce("1.1", Fixtures.byPolicy()),
                Fixtures.announce("1.1", Fixtures.atOnce()))) {
            var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
            one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
            var changed = one.say(T, change);

            assertThat(changed.journal())
                    .filteredOn(entry -> entry.schedule() > 0)
                    .allSatisfy(entry ->
                            assertThat(entry.grounds().late()).as("%s", change).isTrue());
        }
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));

        assertThat(one.say(T, Fixtures.waive("1.0")).news())
                .singleElement()
                .isInstanceOfSatisfying(PublicEvent.Released.class, released -> assertThat(released.late())
                        .isTrue());
    }

    @Test
    void whatWasAcquiredAfterTheEndCannotBeLate() {
        for (var millis : new long[] {-1, 0, 1}) {
            var one = OneProduct.under(Fixtures.policy(1, Fixtures.at(DAY_BEFORE)));
            var acquired = Fixtures.product(Fixtures.id("1.0"), "x", DAY_BEFORE.plusMillis(millis));

            var released = one.say(T, Fixtures.announce(acquired, Fixtures.byPolicy(), Existence.HIDDEN));

            assertThat(released.journal(Verdict.RELEASED).grounds().late()).isEqualTo(millis < 0);
        }
    }

    @Test
    void aNewVersionOfWhatWasPublicIsACorrection() {
        var one = OneProduct.under(Fixtures.policy(1, ENDED));
        assertThat(one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()))
                        .journal(Verdict.RELEASED)
                        .grounds()
                        .late())
                .isTrue();
        assertThat(one.say(T, Fixtures.announce("1.1", Fixtures.byPolicy()))
                        .journal(Verdict.RELEASED)
                        .grounds()
                        .late())
                .isFalse();
        one.say(T, Fixtures.withdraw("1.0"));
        one.say(T, Fixtures.withdraw("1.1"));
        assertThat(one.say(T, Fixtures.announce("1.2", Fixtures.byPolicy()))
                        .journal(Verdict.RELEASED)
                        .grounds()
                        .late())
                .isFalse();
    }

    /** While one clock says that the embargo still lasts, the delivery was in time. */
    @ParameterizedTest
    @CsvSource({"1, 1, true", "-1, 1, false", "1, -1, false", "0, 1, false", "-1, -1, false"})
    void bothClocksMustSaySo(long appended, long carried, boolean late) {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(Fixtures.at(T))));

        one.say(
                Fixtures.announce("1.0", Fixtures.byPolicy()),
                T.plus(Duration.ofDays(appended)),
                T.plus(Duration.ofDays(carried)));

        assertThat(one.plan().grounds().late()).isEqualTo(late);
    }

    @Test
    void itIsJudgedWhenTheClocksStartBecomesKnown() {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.since(ClockAnchor.RECEPTION, "P1M")));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        assertThat(one.plan().grounds().late()).isFalse();

        var released = one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, Fixtures.STOP));

        assertThat(released.journal(Verdict.RELEASED).grounds().late()).isTrue();
    }

    @Test
    void aMissionEventThatBecomesKnownJudgesToo() {
        var terms = Fixtures.since(new ClockAnchor.MissionEvent("landing"), "P1M");
        var rule = List.of(Fixtures.rule("all", Match.EVERYTHING, terms));
        var one = OneProduct.under(Fixtures.policy(1, rule, List.of(), Map.of()));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var released =
                one.policy(T, Fixtures.policy(2, rule, List.of(), Map.of("landing", T.minus(Duration.ofDays(60)))));

        assertThat(released.journal(Verdict.RELEASED).grounds().late()).isTrue();
    }

    /** What is public says so for ever, so a correction may take the mark away, and never gives it. */
    @Test
    void aFactThatCorrectsTheStartTakesTheMarkAwayAndNothingGivesItBack() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        assertThat(one.plan().grounds().late()).isTrue();

        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, DAY_BEFORE));
        assertThat(one.plan().grounds().late()).isFalse();

        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, Fixtures.STOP));
        assertThat(one.plan().grounds().late()).isFalse();
    }

    @Test
    void aCorrectionThatLeavesItLateTakesNothingAway() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));

        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, Fixtures.STOP.plusMillis(1)));

        assertThat(one.plan().grounds().late()).isTrue();
    }

    @Test
    void aFactUnderAShorterPolicyMarksNothingThatWasInTime() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(RUNNING)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.policy(T, Fixtures.policy(2, reviewed(ENDED)));

        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, Fixtures.STOP.plusMillis(1)));

        assertThat(one.plan().grounds().late()).isFalse();
    }

    /** The mark stood under a policy whose start was another; what becomes known of today's start corrects nothing. */
    @Test
    void aFirstFactIsNoCorrection() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.policy(T, Fixtures.policy(2, reviewed(Fixtures.since(ClockAnchor.RECEPTION, "P1Y"))));

        one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, DAY_BEFORE));

        assertThat(one.plan().grounds().late()).isTrue();
    }

    /** The order in which a reception and another time are said decides nothing. */
    @Test
    void itIsJudgedUnderTheTermsOfTheDeliveryWhateverHoldsMeanwhile() {
        var terms = Fixtures.since(ClockAnchor.RECEPTION, "P1M");
        for (var received : Map.of(Fixtures.STOP, true, DAY_BEFORE, false).entrySet()) {
            Command fact = Fixtures.fact("1.0", Facts.Kind.RECEPTION, received.getKey());
            Command time = Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60)));
            for (var order : List.of(List.of(fact, time), List.of(time, fact))) {
                var one = OneProduct.under(Fixtures.policy(1, reviewed(terms)));
                one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
                order.forEach(command -> one.say(T, command));

                assertThat(one.plan().grounds().late()).as("%s", order).isEqualTo(received.getValue());
            }
        }
    }

    /** Seen in time under a time of its own, it is not late when a later policy version is shorter. */
    @Test
    void whatIsKnownToBeInTimeStaysSoThoughNothingElseChanges() {
        var terms = Fixtures.since(new ClockAnchor.MissionEvent("landing"), "P1M");
        var rules = List.of(Fixtures.rule("all", Match.EVERYTHING, terms));
        var one = OneProduct.under(Fixtures.policy(1, rules, List.of(), Map.of()));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.say(T, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));

        assertThat(one.policy(T, Fixtures.policy(2, rules, List.of(), Map.of("landing", T)))
                        .effects())
                .isEmpty();
        one.policy(T, Fixtures.policy(3, rules, List.of(), Map.of("landing", T.minus(Duration.ofDays(60)))));

        assertThat(one.plan().grounds().late()).isFalse();
    }

    /** A corrected label is no delivery. */
    @Test
    void aHigherVersionIsJudgedByTheFirstDelivery() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        var bare = Fixtures.product(Fixtures.id("1.0"), "x", null);
        var first = T.minus(Duration.ofDays(2));
        one.say(first, Fixtures.announce(bare, Fixtures.byPolicy(), Existence.HIDDEN));
        var end = Fixtures.product(Fixtures.id("1.1"), "x", monthBefore(first.plusSeconds(1)));
        one.say(T, Fixtures.announce(end, Fixtures.byPolicy(), Existence.HIDDEN));

        assertThat(one.plan().grounds().late()).isFalse();
    }

    @Test
    void aHigherVersionWhoseLabelMovesTheEndTakesTheMarkAway() {
        for (var stop :
                Map.of(Fixtures.STOP.plusMillis(1), true, DAY_BEFORE, false).entrySet()) {
            var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
            one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
            var corrected = Fixtures.product(Fixtures.id("1.1"), "x", stop.getKey());
            one.say(T, Fixtures.announce(corrected, Fixtures.byPolicy(), Existence.HIDDEN));

            assertThat(one.plan().grounds().late()).isEqualTo(stop.getValue());
        }
    }

    @Test
    void aHigherVersionLeftToThePolicyIsJudgedByTheTermsOfTheFirst() {
        var own = Fixtures.since(ClockAnchor.RECEPTION, "P1M");
        for (var second : Map.of(Fixtures.byPolicy(), true, RUNNING, false).entrySet()) {
            var one = OneProduct.under(Fixtures.policy(1, reviewed(RUNNING)));
            one.say(T, Fixtures.announce("1.0", own));
            one.say(T, Fixtures.announce("1.1", second.getKey()));

            var stated = one.say(T, Fixtures.fact("1.1", Facts.Kind.RECEPTION, Fixtures.STOP));

            assertThat(stated.journal(Verdict.FACT).grounds().late()).isEqualTo(second.getValue());
        }
    }

    /** One fast clock at the delivery must not mark it, though it is judged much later. */
    @ParameterizedTest
    @CsvSource({"2, 2, true", "2, 0, false", "0, 2, false", "0, 0, false"})
    void theEarlierClockOfTheDeliveryCountsWheneverItIsJudged(long appended, long carried, boolean late) {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.since(ClockAnchor.RECEPTION, "P1D")));
        one.say(
                Fixtures.announce("1.0", Fixtures.byPolicy()),
                T.plus(Duration.ofMinutes(appended)),
                T.plus(Duration.ofMinutes(carried)));

        var stated = one.say(
                T.plus(Duration.ofDays(9)),
                Fixtures.fact("1.0", Facts.Kind.RECEPTION, DAY_BEFORE.plus(Duration.ofMinutes(1))));

        assertThat(stated.journal(Verdict.FACT).grounds().late()).isEqualTo(late);
    }

    @Test
    void ofRulesThatFitEquallyTheLastToEndCountsAndAllMustBeKnown() {
        var ofBoth = Fixtures.product(
                Fixtures.id("1.0"),
                "x",
                Fixtures.STOP,
                null,
                Fixtures.ofInstrument("afc"),
                Fixtures.ofInstrument("jura"));
        var all = Fixtures.rule("all", Match.EVERYTHING, RUNNING);
        var ended = Fixtures.rule("ended", Fixtures.instrument("afc"), ENDED, true, false);
        for (var expected : Map.of(
                        RUNNING,
                        Optional.of(false),
                        Fixtures.atOnce(),
                        Optional.of(true),
                        Fixtures.sinceStop("P2M"),
                        Optional.of(true),
                        Fixtures.since(ClockAnchor.RECEPTION, "P1M"),
                        Optional.<Boolean>empty())
                .entrySet()) {
            var other = Fixtures.rule("other", Fixtures.instrument("jura"), expected.getKey());
            var one = OneProduct.under(Fixtures.policy(1, all, ended, other));
            one.say(T, Fixtures.announce(ofBoth, Fixtures.byPolicy(), Existence.HIDDEN));

            assertThat(one.held().delivery().late()).as("%s", other).isEqualTo(expected.getValue());
        }
    }

    @Test
    void aFactThatIsNoStartChangesNothing() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(RUNNING)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.policy(T, Fixtures.policy(2, reviewed(ENDED)));

        one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, DAY_BEFORE));
        var released = one.say(T, Fixtures.fact("1.0", Facts.Kind.REVIEW, T));

        assertThat(released.journal(Verdict.RELEASED).grounds().late()).isFalse();
    }

    @Test
    void aCorrectionTakesTheMarkAwayUnderAnotherTimeToo() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.say(T, Fixtures.reschedule("1.0", RUNNING));

        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, DAY_BEFORE));

        assertThat(one.plan().grounds().late()).isFalse();
    }

    /** What was said of the delivery is measured by what it missed, whatever policy stands when a correction comes. */
    @Test
    void theOrderOfACorrectionAndAnotherPolicyDecidesNothing() {
        for (var policy : List.of(
                RUNNING,
                Fixtures.atOnce(),
                Fixtures.since(ClockAnchor.RECEPTION, "P1Y"),
                Fixtures.since(ClockAnchor.DELIVERY, "P1Y"))) {
            for (var stop :
                    Map.of(Fixtures.STOP.plusMillis(1), true, DAY_BEFORE, false).entrySet()) {
                inEitherOrder(
                        List.of(announceAs("1.0", Fixtures.STOP)),
                        one -> one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, stop.getKey())),
                        one -> one.policy(T, Fixtures.policy(2, reviewed(policy))),
                        stop.getValue());
            }
        }
    }

    @Test
    void theOrderOfALabelWithoutAStopAndAFactDecidesNothing() {
        for (var stop :
                Map.of(Fixtures.STOP.plusMillis(1), true, DAY_BEFORE, false).entrySet()) {
            for (var version : List.of("1.0", "1.1")) {
                var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
                one.say(T, announceAs("1.0", Fixtures.STOP));
                Command fact = Fixtures.fact(version, Facts.Kind.ACQUISITION_STOP, stop.getKey());
                var label = announceAs("1.1", null);
                for (var command : version.equals("1.0") ? List.of(fact, label) : List.of(label, fact)) {
                    one.say(T, command);
                }

                assertThat(one.plan().grounds().late())
                        .as("%s %s", version, stop)
                        .isEqualTo(stop.getValue());
            }
        }
    }

    @Test
    void aFactThatShowsThatItWasAcquiredAfterTheEndTakesTheMarkAwayThoughTheEndStays() {
        var landing = new ClockAnchor.MissionEvent("landing");
        for (var rule : List.of(reviewed(Fixtures.at(DAY_BEFORE)), reviewed(Fixtures.since(landing, "P30D")))) {
            for (var stop : Map.of(DAY_BEFORE.plusMillis(1), false, DAY_BEFORE.minusMillis(1), true)
                    .entrySet()) {
                var rules = List.of(rule);
                inEitherOrder(
                        Fixtures.policy(1, rules, List.of(), Map.of()),
                        List.of(announceAs("1.0", null)),
                        one -> one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, stop.getKey())),
                        one -> one.policy(
                                T,
                                Fixtures.policy(
                                        2, rules, List.of(), Map.of("landing", DAY_BEFORE.minus(Duration.ofDays(30))))),
                        stop.getValue());
            }
        }
    }

    /** The landing that it was late for is the one that was known then. */
    @Test
    void aPolicyThatMovesAnEventExcusesNothing() {
        var rules = List.of(reviewed(Fixtures.since(new ClockAnchor.MissionEvent("landing"), "P30D")));
        var one = OneProduct.under(
                Fixtures.policy(1, rules, List.of(), Map.of("landing", DAY_BEFORE.minus(Duration.ofDays(30)))));
        one.say(T, announceAs("1.0", null));
        one.policy(T, Fixtures.policy(2, rules, List.of(), Map.of("landing", T)));
        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, DAY_BEFORE.minusMillis(1)));

        assertThat(one.plan().grounds().late()).isTrue();
    }

    /** It cannot be judged by an event and a reception before both are known, so the landing is the one that is known then. */
    @Test
    void anEventThatWasNotMissedYetIsTheOneThatIsKnownWhenItIsJudged() {
        var all = reviewed(ENDED);
        var landed = Fixtures.rule(
                "landed",
                Fixtures.instrument("afc"),
                Fixtures.since(new ClockAnchor.MissionEvent("landing"), "P30D"),
                true,
                false);
        var received = Fixtures.rule(
                "received", Fixtures.instrument("jura"), Fixtures.since(ClockAnchor.RECEPTION, "P1M"), true, false);
        var rules = List.of(all, landed, received);
        var one = OneProduct.under(Fixtures.policy(1, rules, List.of(), Map.of("landing", T)));
        one.say(T, announceAs("1.0", Fixtures.STOP));
        assertThat(one.plan().grounds().late()).isTrue();
        var ofBoth = Fixtures.product(
                Fixtures.id("1.1"),
                "x",
                Fixtures.STOP,
                null,
                Fixtures.ofInstrument("afc"),
                Fixtures.ofInstrument("jura"));
        one.say(T, Fixtures.announce(ofBoth, Fixtures.byPolicy(), Existence.HIDDEN));

        one.policy(T, Fixtures.policy(2, rules, List.of(), Map.of("landing", DAY_BEFORE.minus(Duration.ofDays(30)))));
        one.say(T, Fixtures.fact("1.1", Facts.Kind.RECEPTION, Fixtures.STOP));

        assertThat(one.plan().grounds().late()).isTrue();
    }

    @Test
    void aHigherVersionThatAnArchiveHadReleasedInTimeIsNotLate() {
        for (var archived :
                Map.of(Fixtures.STOP.plusSeconds(1), false, DAY_BEFORE, true).entrySet()) {
            var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
            one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
            one.say(
                    T,
                    new Command.Announce(
                            Fixtures.statement(),
                            Fixtures.product("1.1"),
                            Fixtures.byPolicy(),
                            Existence.PUBLIC,
                            archived.getKey(),
                            null,
                            false));

            assertThat(one.plan().grounds().late()).isEqualTo(archived.getValue());
        }
    }

    @Test
    void aHigherVersionThatOtherRulesFitIsMeasuredByThose() {
        for (var other : Map.of(
                        RUNNING, false, Fixtures.atOnce(), false, Fixtures.since(ClockAnchor.RECEPTION, "P1M"), true)
                .entrySet()) {
            var all = reviewed(ENDED);
            var ofOne = Fixtures.rule("one", Fixtures.instrument("afc"), other.getKey(), true, false);
            var one = OneProduct.under(Fixtures.policy(1, all, ofOne));
            one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
            var corrected =
                    Fixtures.product(Fixtures.id("1.1"), "x", Fixtures.STOP, null, Fixtures.ofInstrument("afc"));
            one.say(T, Fixtures.announce(corrected, Fixtures.byPolicy(), Existence.HIDDEN));
            assertThat(one.plan().grounds().late()).as("%s", other).isEqualTo(other.getValue());

            one.say(T, Fixtures.fact("1.1", Facts.Kind.RECEPTION, DAY_BEFORE));
            assertThat(one.plan().grounds().late()).isFalse();
        }
    }

    /** Though today's policy gives both rules the same time. */
    @Test
    void aHigherVersionThatOtherRulesFitIsMeasuredByThoseThatAPolicyHasChanged() {
        inEitherOrder(
                Fixtures.policy(
                        1, reviewed(ENDED), Fixtures.rule("one", Fixtures.instrument("afc"), RUNNING, true, false)),
                List.of(announceAs("1.0", Fixtures.STOP)),
                one -> one.say(
                        T,
                        Fixtures.announce(
                                Fixtures.product(
                                        Fixtures.id("1.1"), "x", Fixtures.STOP, null, Fixtures.ofInstrument("afc")),
                                Fixtures.byPolicy(),
                                Existence.HIDDEN)),
                one -> one.policy(
                        T,
                        Fixtures.policy(
                                2,
                                reviewed(RUNNING),
                                Fixtures.rule("one", Fixtures.instrument("afc"), RUNNING, true, false))),
                false);
    }

    /** The landing that the corrected label is late for stays the one that was known, though more is missing. */
    @Test
    void anEventThatWasMissedStaysWhileSomethingElseIsMissing() {
        for (var moved : List.of(true, false)) {
            var ofBoth = Fixtures.product(
                    Fixtures.id("1.1"),
                    "x",
                    Fixtures.STOP,
                    null,
                    Fixtures.ofInstrument("afc"),
                    Fixtures.ofInstrument("jura"));
            var rules = List.of(
                    reviewed(ENDED),
                    Fixtures.rule(
                            "afc",
                            Fixtures.instrument("afc"),
                            Fixtures.since(new ClockAnchor.MissionEvent("landing"), "P30D"),
                            true,
                            false),
                    Fixtures.rule(
                            "jura",
                            Fixtures.instrument("jura"),
                            Fixtures.since(ClockAnchor.RECEPTION, "P1D"),
                            true,
                            false));
            var landed = DAY_BEFORE.minus(Duration.ofDays(30));
            var one = OneProduct.under(Fixtures.policy(1, rules, List.of(), Map.of("landing", landed)));
            one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
            one.say(T, Fixtures.announce(ofBoth, Fixtures.byPolicy(), Existence.HIDDEN));
            if (moved) {
                one.policy(T, Fixtures.policy(2, rules, List.of(), Map.of("landing", T)));
            }
            one.say(T, Fixtures.fact("1.1", Facts.Kind.RECEPTION, Fixtures.STOP));

            assertThat(one.plan().grounds().late()).isTrue();
        }
    }

    /** Where there is no embargo, nobody is too late; and a label that says so corrects one that did not. */
    @Test
    void whatIsNeverHeldIsNotLateAndAPolicyThatFreesItExcusesNothing() {
        var all = reviewed(ENDED);
        var defence = Fixtures.rule("defence", Fixtures.instrument("afc"), Fixtures.atOnce(), false, true);
        var flagged = Fixtures.announce(Fixtures.product("1.1"), Fixtures.byPolicy(), null, true);
        var ofInstrument = Fixtures.announce(
                Fixtures.product(Fixtures.id("1.1"), "x", Fixtures.STOP, null, Fixtures.ofInstrument("afc")),
                Fixtures.byPolicy(),
                Existence.HIDDEN);
        for (var free : List.<Command>of(flagged, ofInstrument)) {
            var one = OneProduct.under(Fixtures.policy(1, all, defence));
            assertThat(one.say(T, free).journal(Verdict.RELEASED).grounds().late())
                    .isFalse();

            var other = OneProduct.under(Fixtures.policy(1, all, defence));
            other.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
            assertThat(other.plan().grounds().late()).isTrue();
            assertThat(other.say(T, free).journal(Verdict.RELEASED).grounds().late())
                    .isFalse();
        }
        var freed = OneProduct.under(Fixtures.policy(1, all));
        freed.say(T, ofInstrument);
        var released = freed.policy(T, Fixtures.policy(2, all, defence));
        assertThat(released.journal(Verdict.RELEASED).grounds().late()).isTrue();
    }

    @Test
    void theSentenceNamesTheEndThatWasMissed() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.say(T, Fixtures.reschedule("1.0", Fixtures.at(DAY_BEFORE)));
        assertThat(one.plan().grounds().explanation())
                .endsWith("; delivered late, after the end of its embargo, 2026-02-01T10:01:00Z");

        one.say(T, announceAs("1.1", null));
        assertThat(one.plan().grounds().explanation()).endsWith("; delivered late");
    }

    private static void inEitherOrder(
            List<Command> before, Consumer<OneProduct> one, Consumer<OneProduct> other, boolean late) {
        inEitherOrder(Fixtures.policy(1, reviewed(ENDED)), before, one, other, late);
    }

    private static void inEitherOrder(
            Policy policy, List<Command> before, Consumer<OneProduct> one, Consumer<OneProduct> other, boolean late) {
        for (var inputs : List.of(List.of(one, other), List.of(other, one))) {
            var product = OneProduct.under(policy);
            before.forEach(command -> product.say(T, command));
            inputs.forEach(input -> input.accept(product));

            assertThat(product.plan().grounds().late())
                    .as(inputs.getFirst().equals(one) ? "in this order" : "in the other order")
                    .isEqualTo(late);
        }
    }

    private static Command announceAs(String vid, @Nullable Instant stop) {
        return Fixtures.announce(Fixtures.product(Fixtures.id(vid), "x", stop), Fixtures.byPolicy(), Existence.HIDDEN);
    }

    private static Instant monthBefore(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).minusMonths(1).toInstant();
    }

    private static Rule reviewed(ReleaseTerms terms) {
        return Fixtures.rule("all", Match.EVERYTHING, terms, true, false);
    }
}
