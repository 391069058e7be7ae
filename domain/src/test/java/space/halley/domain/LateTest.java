package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
                .endsWith("2026-01-01T10:01:00Z, and not before the review; delivered late");
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

    @Test
    void aFactThatCorrectsTheStartCorrectsTheMark() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        assertThat(one.plan().grounds().late()).isTrue();

        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, DAY_BEFORE));
        assertThat(one.plan().grounds().late()).isFalse();

        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, Fixtures.STOP));
        assertThat(one.plan().grounds().late()).isTrue();
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
    void underAnotherTimeAFactJudgesNothing() {
        var one = OneProduct.under(Fixtures.policy(1, reviewed(ENDED)));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.say(T, Fixtures.reschedule("1.0", RUNNING));

        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, DAY_BEFORE));

        assertThat(one.plan().grounds().late()).isTrue();
    }

    private static Rule reviewed(ReleaseTerms terms) {
        return Fixtures.rule("all", Match.EVERYTHING, terms, true, false);
    }
}
