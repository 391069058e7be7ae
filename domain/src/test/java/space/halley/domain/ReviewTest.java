package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.domain.Effect.Verdict;

/** A rule may ask for a review before the release. */
class ReviewTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant DAY_BEFORE = T.minus(Duration.ofDays(1));

    @Test
    void withoutTheReviewNothingIsReleased() {
        var one = reviewed(Fixtures.at(T));
        var held = one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.byPolicy()));

        assertThat(held.journal(Verdict.HELD).grounds().missing()).contains("the review");
        assertThat(held.journal(Verdict.HELD).grounds().embargoEnd()).contains(T);
        assertThat(held.journal(Verdict.HELD).grounds().explanation())
                .isEqualTo("held until it is known: the review; fixed release date, and not before the review");
        assertThat(one.fence(T.plusSeconds(60)).isNothing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1", "60, 60"})
    void theReleaseIsTheLaterOfTheEmbargosEndAndTheReview(long passed, long released) {
        var one = reviewed(Fixtures.at(T));
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.byPolicy()));

        one.say(DAY_BEFORE, Fixtures.fact("1.0", Facts.Kind.REVIEW, T.plusSeconds(passed)));

        assertThat(one.product().next()).contains(T.plusSeconds(released));
        assertThat(one.plan().grounds().embargoEnd()).contains(T);
        assertThat(one.plan().grounds().explanation())
                .isEqualTo("fixed release date, and not before the review, passed " + T.plusSeconds(passed));
    }

    @Test
    void aReviewAloneCanBeTheRule() {
        var one = reviewed(Fixtures.atOnce());
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.byPolicy()));

        one.say(DAY_BEFORE, Fixtures.fact("1.0", Facts.Kind.REVIEW, T.plusMillis(1)));
        assertThat(one.product().next()).contains(T.plusMillis(1));
        var passed = one.say(T, Fixtures.fact("1.0", Facts.Kind.REVIEW, T));

        assertThat(passed.verdicts()).containsExactly(Verdict.FACT, Verdict.RELEASED);
    }

    @Test
    void whatElseIsMissingIsSaidToo() {
        var one = reviewed(Fixtures.since(ClockAnchor.RECEPTION, "P1D"));
        var held = one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        assertThat(held.journal(Verdict.HELD).grounds().missing()).contains("the reception on Earth, and the review");

        var passed = one.say(T, Fixtures.fact("1.0", Facts.Kind.REVIEW, T));
        assertThat(passed.journal(Verdict.FACT).grounds().missing()).contains("the reception on Earth");
        assertThat(one.product().next()).isEmpty();
        one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T));
        assertThat(one.product().next()).contains(T.plus(Duration.ofDays(1)));
    }

    @Test
    void aLateDeliveryStaysLateWhileItIsReviewed() {
        var one = reviewed(Fixtures.at(DAY_BEFORE));
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        assertThat(one.plan().grounds().late()).isTrue();

        one.say(T, Fixtures.fact("1.0", Facts.Kind.REVIEW, T.plusSeconds(60)));

        assertThat(one.fence(T.plusSeconds(60)).news())
                .singleElement()
                .isInstanceOfSatisfying(PublicEvent.Released.class, released -> assertThat(released.late())
                        .isTrue());
    }

    @Test
    void aWaiverDoesNotWaitForTheReview() {
        var one = reviewed(Fixtures.at(T));
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.byPolicy()));

        assertThat(one.say(DAY_BEFORE, Fixtures.waive("1.0")).verdicts())
                .containsExactly(Verdict.WAIVED, Verdict.RELEASED);
    }

    /** Whoever gives another time has not reviewed anything. */
    @Test
    void anotherTimeIsNoReview() {
        var one = reviewed(Fixtures.at(T));
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var extended = one.say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));
        assertThat(extended.journal(Verdict.RESCHEDULED).grounds().missing()).contains("the review");
        assertThat(extended.journal(Verdict.RESCHEDULED).grounds().rule()).contains("all");
        assertThat(one.say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.atOnce()))
                        .verdicts())
                .containsExactly(Verdict.RESCHEDULED);
        assertThat(one.fence(T.plusSeconds(3600)).isNothing()).isTrue();

        one.say(T, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));
        one.say(T, Fixtures.fact("1.0", Facts.Kind.REVIEW, T));
        assertThat(one.product().next()).contains(T.plusSeconds(60));
    }

    /** Once it was left to the policy, an extension does not open the gate. */
    @Test
    void whatWasLeftToThePolicyLaterStaysUnderItsReview() {
        var one = reviewed(Fixtures.at(T));
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        one.say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.byPolicy()));

        for (var seconds : new long[] {60, 120, 180}) {
            one.say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(seconds))));
            assertThat(one.plan().grounds().missing()).contains("the review");
            assertThat(one.plan().grounds().rule()).contains("all");
        }
        assertThat(one.say(DAY_BEFORE, Fixtures.waive("1.0")).verdicts())
                .containsExactly(Verdict.WAIVED, Verdict.RELEASED);
    }

    @Test
    void whatWasAnnouncedWithTermsOfItsOwnIsNotReviewed() {
        var one = reviewed(Fixtures.at(T));
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(one.product().next()).contains(T);
        for (var seconds : new long[] {60, 120}) {
            one.say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(seconds))));
            assertThat(one.product().next()).contains(T.plusSeconds(seconds));
        }
    }

    @Test
    void aHigherVersionWithATimeOfItsOwnWaitsForTheReviewOfWhatWasLeftToThePolicy() {
        for (var left : List.of(
                List.<Command>of(Fixtures.announce("1.0", Fixtures.byPolicy())),
                List.<Command>of(
                        Fixtures.announce("1.0", Fixtures.at(T)), Fixtures.reschedule("1.0", Fixtures.byPolicy())))) {
            for (var own : List.of(Fixtures.atOnce(), Fixtures.at(T))) {
                var one = reviewed(Fixtures.at(T.plusSeconds(60)));
                left.forEach(command -> one.say(DAY_BEFORE, command));

                one.say(DAY_BEFORE, Fixtures.announce("1.1", own));
                one.say(DAY_BEFORE, Fixtures.announce("1.2", own));

                assertThat(one.plan().grounds().missing()).contains("the review");
                assertThat(one.fence(T.plusSeconds(120)).isNothing()).isTrue();
                one.say(T.plusSeconds(120), Fixtures.fact("1.2", Facts.Kind.REVIEW, T));
                assertThat(one.status("1.2")).isEqualTo(VersionState.Status.PUBLIC);
            }
        }
    }

    private static OneProduct reviewed(ReleaseTerms terms) {
        return OneProduct.under(Fixtures.policy(1, Fixtures.rule("all", Match.EVERYTHING, terms, true, false)));
    }
}
