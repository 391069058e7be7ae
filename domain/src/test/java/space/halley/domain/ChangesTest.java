package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.VersionState.Status;

/** What an agency changes of a product that it has announced. */
class ChangesTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant DAY_BEFORE = T.minus(Duration.ofDays(1));

    private final OneProduct one = new OneProduct();

    @Test
    void anExtensionIsHonouredAndAShorteningToo() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        var later = one.say(T.minusMillis(1), Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));

        assertThat(later.verdicts()).containsExactly(Verdict.RESCHEDULED);
        assertThat(later.news()).singleElement().isInstanceOf(PublicEvent.Announced.class);
        assertThat(later.accepted().firstOffset()).isEqualTo(10);
        assertThat(later.accepted().explanation()).isEqualTo("extended from " + T + ": fixed release date");
        assertThat(one.plan().armedAt()).isEqualTo(11);
        assertThat(one.fence(T).isNothing()).isTrue();
        assertThat(one.fence(T.plusSeconds(59)).isNothing()).isTrue();

        var sooner = one.say(T.plusSeconds(59), Fixtures.reschedule("1.0", Fixtures.at(T)));

        assertThat(sooner.verdicts()).containsExactly(Verdict.RESCHEDULED, Verdict.RELEASED);
        assertThat(one.status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(sooner.catalogue())
                .singleElement()
                .extracting(Effect.Catalogue::status)
                .isEqualTo(Status.PUBLIC);
        assertThat(sooner.journal()).extracting(Effect.Journal::schedule).containsOnly(3);
        assertThat(sooner.journal(Verdict.RELEASED).grounds().explanation())
                .startsWith("shortened from " + T.plusSeconds(60) + ": ");
    }

    @Test
    void anExtensionBehindTheInstantButBeforeAnyFenceIsHonoured() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        one.say(T.plusMillis(1), Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));

        assertThat(one.fence(T.plusMillis(2)).isNothing()).isTrue();
        assertThat(one.product().next()).contains(T.plusSeconds(60));
    }

    @Test
    void reschedulingToTheTermsInForceChangesNothingWheneverItIsSaid() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        var before = one.product();

        for (var time : new Instant[] {DAY_BEFORE, T.minusMillis(1), T, T.plusMillis(1)}) {
            var outcome = one.say(time, Fixtures.reschedule("1.0", Fixtures.at(T)));
            assertThat(outcome.verdicts()).containsExactly(Verdict.REPEATED);
            assertThat(one.product()).isEqualTo(before);
        }
        assertThat(one.fence(T).news())
                .singleElement()
                .isInstanceOfSatisfying(PublicEvent.Released.class, released -> assertThat(released.releaseAt())
                        .isEqualTo(T));
    }

    @Test
    void otherTermsForTheSameInstantAreAChangeThatThePublicNeedNotHearOf() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(Instant.parse("2027-01-01T10:01:00Z"))));

        var outcome = one.say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.sinceStop("P1Y")));

        assertThat(outcome.verdicts()).containsExactly(Verdict.RESCHEDULED);
        assertThat(outcome.news()).isEmpty();
        assertThat(outcome.accepted().explanation()).startsWith("rescheduled: exclusive period P1Y");
    }

    @Test
    void aPeriodSinceDeliveryStillCountsFromTheAnnouncementWhenRescheduled() {
        one.say(T, Fixtures.announce("1.0", Fixtures.since(ClockAnchor.DELIVERY, "P1D")));

        one.say(T.plus(Duration.ofHours(12)), Fixtures.reschedule("1.0", Fixtures.since(ClockAnchor.DELIVERY, "P7D")));

        assertThat(one.product().next()).contains(T.plus(Duration.ofDays(7)));
    }

    @Test
    void aHundredChangesLeaveOneInstant() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        for (int i = 1; i <= 100; i++) {
            one.say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(i % 2 == 0 ? -i : i))));
        }

        assertThat(one.plan().schedule()).isEqualTo(101);
        assertThat(one.product().next()).contains(T.minusSeconds(100));
        assertThat(one.fence(T.minusSeconds(100)).news()).hasSize(1);
        assertThat(one.fence(T.plusSeconds(100)).isNothing()).isTrue();
    }

    /** Otherwise a label that was corrected would be public long before the one it replaces. */
    @Test
    void aHigherVersionKeepsTheExtensionAndTheFactsOfTheOneItReplaces() {
        var one = OneProduct.under(
                Fixtures.policy(1, Fixtures.rule("all", Match.EVERYTHING, Fixtures.sinceStop("P1D"), true, false)));
        var extended = Fixtures.since(ClockAnchor.RECEPTION, "P1Y");
        one.say(T, Fixtures.announce("1.0", Fixtures.byPolicy()));
        one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T));
        one.say(T, Fixtures.reschedule("1.0", extended));
        one.say(T, Fixtures.fact("1.0", Facts.Kind.REVIEW, T));
        var until = one.product().next();

        var corrected = one.say(T, Fixtures.announce("1.1", Fixtures.byPolicy()));

        assertThat(corrected.journal(Verdict.HELD).grounds().missing()).contains("the review");
        assertThat(corrected.journal(Verdict.HELD).grounds().explanation())
                .startsWith("as given before: held until it is known: the review; exclusive period P1Y");
        one.say(T, Fixtures.fact("1.1", Facts.Kind.REVIEW, T));
        assertThat(one.product().next()).isEqualTo(until).isPresent();
        one.say(T, Fixtures.announce("1.2", Fixtures.at(T.plusSeconds(1))));
        one.say(T, Fixtures.fact("1.2", Facts.Kind.REVIEW, T));
        assertThat(one.product().next()).contains(T.plusSeconds(1));
    }

    /** A pipeline says the same with every version; a fact was stated because that was wrong. */
    @Test
    void aHigherVersionThatRepeatsTheReceptionDoesNotUndoTheFact() {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.since(ClockAnchor.RECEPTION, "P1D")));
        one.say(T, Fixtures.announce(Fixtures.product("1.0"), Fixtures.byPolicy(), T, false));
        one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T.plus(Duration.ofDays(30))));

        one.say(T, Fixtures.announce(Fixtures.product("1.1"), Fixtures.byPolicy(), T, false));
        assertThat(one.product().next()).as("the same again").contains(T.plus(Duration.ofDays(31)));
        one.say(T, Fixtures.announce(Fixtures.product("1.2"), Fixtures.byPolicy(), T.plusSeconds(1), false));
        assertThat(one.product().next()).as("earlier than the fact").contains(T.plus(Duration.ofDays(31)));
        one.say(T, Fixtures.announce(Fixtures.product("1.3"), Fixtures.byPolicy(), T.plus(Duration.ofDays(60)), false));
        assertThat(one.product().next()).as("later than the fact").contains(T.plus(Duration.ofDays(61)));
    }

    @Test
    void norAFactThatIsEarlier() {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.since(ClockAnchor.RECEPTION, "P60D")));
        one.say(T, Fixtures.announce(Fixtures.product("1.0"), Fixtures.byPolicy(), T, false));
        one.say(T, Fixtures.fact("1.0", Facts.Kind.RECEPTION, T.minus(Duration.ofDays(30))));

        one.say(T, Fixtures.announce(Fixtures.product("1.1"), Fixtures.byPolicy(), T, false));

        assertThat(one.product().next()).contains(T.plus(Duration.ofDays(30)));
    }

    /** Whatever stood between the fact and the announcement that would undo it. */
    @Test
    void noReceptionOfAHigherVersionMakesAKnownOneEarlier() {
        var fact = T.plus(Duration.ofDays(30));
        var typo = T.plus(Duration.ofDays(60));
        assertReceived(typo, received("1.0", T), fact("1.0", fact), received("1.1", typo), received("1.2", T));
        assertReceived(fact, received("1.0", null), fact("1.0", fact), received("1.1", fact), received("1.2", T));
        assertReceived(fact, received("1.0", fact), fact("1.0", typo), fact("1.0", fact), received("1.1", T));
        assertReceived(fact, received("1.0", fact), received("1.1", T));
        assertReceived(T, received("1.0", fact), received("1.1", T), fact("1.1", T));
    }

    private static Command received(String vid, @Nullable Instant reception) {
        return Fixtures.announce(Fixtures.product(vid), Fixtures.byPolicy(), reception, false);
    }

    private static Command fact(String vid, Instant reception) {
        return Fixtures.fact(vid, Facts.Kind.RECEPTION, reception);
    }

    private static void assertReceived(Instant reception, Command... commands) {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.since(ClockAnchor.RECEPTION, "P1D")));
        for (var command : commands) {
            one.say(T, command);
        }
        assertThat(one.product().next()).contains(reception.plus(Duration.ofDays(1)));
    }

    /** The version before never became public, so the text that does must not name it. */
    @Test
    void whatBecomesPublicNamesNoVersionThatDidNot() {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.atOnce()));
        one.say(T, Fixtures.announce("1.0", Fixtures.at(T.plusSeconds(60))));
        one.say(T, Fixtures.announce("1.1", Fixtures.byPolicy()));

        assertThat(one.fence(T.plusSeconds(60)).news())
                .singleElement()
                .isInstanceOfSatisfying(PublicEvent.Released.class, released -> assertThat(released.explanation())
                        .startsWith("as given before: fixed release date")
                        .doesNotContain("1.0"));
    }

    /** A date that the agency gave stands, however it gave it. */
    @Test
    void aCorrectedLabelKeepsTheDateOfTheAnnouncementToo() {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.atOnce()));
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        one.say(DAY_BEFORE, Fixtures.announce("1.1", Fixtures.byPolicy()));

        assertThat(one.product().next()).contains(T);
        assertThat(one.status("1.1")).isEqualTo(Status.HELD);
    }

    /** Nothing is released earlier than the corrected label says, nor than the fact did. */
    @ParameterizedTest
    @CsvSource({"-60, -60, 0", "-60, -30, 0", "-60, 30, 30", "-60, -90, 0", "60, 30, 30", "60, 60, 0"})
    void theLaterOfAFactAndACorrectedLabelCounts(long label, long corrected, long counts) {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.sinceStop("P1D")));
        one.say(T, Fixtures.announce(of("1.0", T.plusSeconds(label)), Fixtures.byPolicy(), Existence.HIDDEN));
        one.say(T, Fixtures.fact("1.0", Facts.Kind.ACQUISITION_STOP, T));

        one.say(T, Fixtures.announce(of("1.1", T.plusSeconds(corrected)), Fixtures.byPolicy(), Existence.HIDDEN));

        assertThat(one.product().next()).contains(T.plus(Duration.ofDays(1)).plusSeconds(counts));
    }

    @Test
    void withoutAFactTheNewLabelCounts() {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.sinceStop("P1D")));
        one.say(T, Fixtures.announce(of("1.0", T), Fixtures.byPolicy(), Existence.HIDDEN));

        one.say(T, Fixtures.announce(of("1.1", T.minusSeconds(60)), Fixtures.byPolicy(), Existence.HIDDEN));

        assertThat(one.product().next()).contains(T.plus(Duration.ofDays(1)).minusSeconds(60));
    }

    private static ProductDescription of(String vid, Instant stop) {
        return Fixtures.product(Fixtures.id(vid), "content of " + vid, stop);
    }

    @Test
    void shortenedBehindItsDeliveryItIsNotLate() {
        one.say(T, Fixtures.announce("1.0", Fixtures.at(T.plusSeconds(60))));

        var released = one.say(T, Fixtures.reschedule("1.0", Fixtures.at(T.minusSeconds(60))));

        assertThat(released.journal(Verdict.RELEASED).grounds().late()).isFalse();
        assertThat(released.journal(Verdict.RELEASED).grounds().explanation()).doesNotContain("late");
    }

    @Test
    void aWaiverReleasesAtOnce() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        var outcome = one.say(DAY_BEFORE, Fixtures.waive("1.0"));

        assertThat(outcome.verdicts()).containsExactly(Verdict.WAIVED, Verdict.RELEASED);
        assertThat(one.status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(outcome.journal(Verdict.WAIVED)).satisfies(entry -> {
            assertThat(entry.terms()).isEqualTo(Fixtures.atOnce());
            assertThat(entry.grounds().explanation()).isEqualTo("exempted from its embargo by the agency");
            assertThat(entry.schedule()).isEqualTo(2);
        });
        assertThat(outcome.news()).singleElement().isInstanceOfSatisfying(PublicEvent.Released.class, released -> {
            assertThat(released.releaseAt()).isEqualTo(DAY_BEFORE);
            assertThat(released.late()).isFalse();
        });
    }

    @Test
    void aWithdrawalBeforeTheReleaseKeepsItFromHappening() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        var outcome = one.say(T.minusMillis(1), Fixtures.withdraw("1.0"));

        assertThat(outcome.verdicts()).containsExactly(Verdict.WITHDRAWN);
        assertThat(outcome.news()).containsExactly(new PublicEvent.Cancelled());
        assertThat(outcome.catalogue()).singleElement().satisfies(entry -> {
            assertThat(entry.product()).isNull();
            assertThat(entry.releaseAt()).isEmpty();
            assertThat(entry.explanation()).isEqualTo("withdrawn before its release");
        });
        assertThat(outcome.accepted().status()).isEqualTo(Status.WITHDRAWN);
        assertThat(one.fence(T).isNothing()).isTrue();
        assertThat(one.status("1.0")).isEqualTo(Status.WITHDRAWN);
    }

    @Test
    void aWithdrawalAfterTheReleaseIsAPublicRetraction() {
        one.say(T, Fixtures.announce("1.0", Fixtures.atOnce()));

        var outcome = one.say(T, Fixtures.withdraw("1.0"));

        assertThat(outcome.verdicts()).containsExactly(Verdict.RETRACTED);
        assertThat(outcome.news()).containsExactly(new PublicEvent.Retracted("because"));
        assertThat(outcome.catalogue()).hasSize(1);
        assertThat(one.status("1.0")).isEqualTo(Status.RETRACTED);
        assertThat(one.product().publicRevision()).isEqualTo(2);
    }

    @Test
    void aWithdrawalSaidTwiceIsARepetition() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        one.say(DAY_BEFORE, Fixtures.withdraw("1.0"));
        var withdrawn = one.say(DAY_BEFORE, Fixtures.withdraw("1.0"));
        one.say(T, Fixtures.announce("2.0", Fixtures.atOnce()));
        one.say(T, Fixtures.withdraw("2.0"));
        var retracted = one.say(T, Fixtures.withdraw("2.0"));

        for (var outcome : new Outcome[] {withdrawn, retracted}) {
            assertThat(outcome.verdicts()).containsExactly(Verdict.REPEATED);
            assertThat(outcome.news()).isEmpty();
            assertThat(outcome.accepted().repeated()).isTrue();
        }
        assertThat(withdrawn.accepted().status()).isEqualTo(Status.WITHDRAWN);
        assertThat(retracted.accepted().status()).isEqualTo(Status.RETRACTED);
    }
}
