package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.VersionState.Status;

/** Holding and releasing: given what was said before, when one thing is said, then what follows. */
class EmbargoTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant DAY_BEFORE = T.minus(Duration.ofDays(1));

    private final OneProduct one = new OneProduct();

    @Test
    void holdsWhatIsAnnouncedForLaterAndAnnouncesItPublicly() {
        var outcome = one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(one.status("1.0")).isEqualTo(Status.HELD);
        assertThat(one.product().next()).contains(T);
        assertThat(outcome.verdicts()).containsExactly(Verdict.HELD);
        assertThat(outcome.news()).singleElement().isInstanceOfSatisfying(PublicEvent.Announced.class, announced -> {
            assertThat(announced.plannedReleaseAt()).isEqualTo(T);
            assertThat(announced.context()).hasSize(1);
        });
        assertThat(outcome.catalogue()).singleElement().satisfies(entry -> {
            assertThat(entry.releaseAt()).contains(T);
            assertThat(entry.product()).isNotNull();
            assertThat(entry.publicRevision()).isEqualTo(1);
            assertThat(entry.decidedAt()).isEqualTo(DAY_BEFORE);
        });
        assertThat(outcome.accepted()).satisfies(receipt -> {
            assertThat(receipt.firstOffset()).isEqualTo(10);
            assertThat(receipt.repeated()).isFalse();
            assertThat(receipt.releaseAt()).isEqualTo(T);
            assertThat(receipt.explanation()).isEqualTo("fixed release date");
        });
    }

    @Test
    void theJournalHoldsTheWholePlan() {
        var entry =
                one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T))).journal(Verdict.HELD);

        assertThat(entry.cause()).isEqualTo(Fixtures.cause(10, DAY_BEFORE));
        assertThat(entry.statement()).isEqualTo(Fixtures.statement());
        assertThat(entry.terms()).isEqualTo(Fixtures.at(T));
        assertThat(entry.releaseAt()).isEqualTo(T);
        assertThat(entry.schedule()).isEqualTo(1);
        assertThat(entry.publicRevision()).isEqualTo(1);
        assertThat(entry.version())
                .isEqualTo(one.product().version(Vid.parse("1.0")).orElseThrow().announced());
        assertThat(entry.refusal()).isNull();
        assertThat(one.plan().armedAt()).isEqualTo(10);
    }

    @Test
    void saysNothingPubliclyOfAHiddenProductUntilItsRelease() {
        var held = one.say(DAY_BEFORE, Fixtures.announce(Fixtures.product("1.0"), Fixtures.at(T), Existence.HIDDEN));
        var later = one.say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(1))));
        var superseded =
                one.say(DAY_BEFORE, Fixtures.announce(Fixtures.product("2.0"), Fixtures.at(T), Existence.HIDDEN));

        assertThat(held.news()).isEmpty();
        assertThat(later.news()).isEmpty();
        assertThat(superseded.news()).isEmpty();
        assertThat(one.product().publicRevision()).isZero();
        assertThat(one.fence(T).news()).singleElement().isInstanceOf(PublicEvent.Released.class);
    }

    @Test
    void releasesAtTheInstantAndNotAMillisecondBefore() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(one.fence(T.minusMillis(1)).isNothing()).isTrue();
        assertThat(one.status("1.0")).isEqualTo(Status.HELD);

        var outcome = one.fence(T);

        assertThat(one.status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(outcome.verdicts()).containsExactly(Verdict.RELEASED);
        assertThat(outcome.journal(Verdict.RELEASED).statement()).isNull();
        assertThat(outcome.news()).singleElement().isInstanceOfSatisfying(PublicEvent.Released.class, released -> {
            assertThat(released.releasedAt()).isEqualTo(T);
            assertThat(released.releaseAt()).isEqualTo(T);
            assertThat(released.explanation()).isEqualTo("fixed release date");
            assertThat(released.late()).isFalse();
        });
        assertThat(one.fence(T.plusSeconds(1)).isNothing()).isTrue();
    }

    @Test
    void eitherClockCanHoldAFenceBack() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        var late = T.plusSeconds(3_600);

        assertThat(one.fence(T.minusMillis(1), late).isNothing()).isTrue();
        assertThat(one.fence(late, T.minusMillis(1)).isNothing()).isTrue();
        assertThat(one.fence(late, T).isNothing()).isFalse();
    }

    @Test
    void aFenceBeforeTheCommandOpensNothing() {
        var embargo = new Embargo(Fixtures.NASA);
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        for (var offset : new long[] {9, 10}) {
            var decision = embargo.release(one.product(), Fixtures.cause(offset, T.plusSeconds(60)));
            assertThat(decision.effects()).isEmpty();
            assertThat(decision.after()).isEqualTo(one.product());
        }
        assertThat(embargo.release(one.product(), Fixtures.cause(11, T)).effects())
                .isNotEmpty();
    }

    @Test
    void releasesAtOnceWhatIsDueWhenItIsSaid() {
        var outcome = one.say(T, Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(one.status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(outcome.verdicts()).containsExactly(Verdict.RELEASED);
        assertThat(outcome.catalogue()).singleElement().satisfies(entry -> assertThat(entry.status())
                .isEqualTo(Status.PUBLIC));
        assertThat(outcome.accepted()).satisfies(receipt -> {
            assertThat(receipt.status()).isEqualTo(Status.PUBLIC);
            assertThat(receipt.releaseAt()).isEqualTo(T);
        });
        one.say(T, Fixtures.announce("2.0", Fixtures.at(T.minusMillis(1))));
        one.say(T, Fixtures.announce("3.0", Fixtures.atOnce()));
        assertThat(one.status("2.0")).isEqualTo(Status.PUBLIC);
        assertThat(one.status("3.0")).isEqualTo(Status.PUBLIC);
        one.say(T, Fixtures.announce("4.0", Fixtures.at(T.plusMillis(1))));
        assertThat(one.status("4.0")).isEqualTo(Status.HELD);
        assertThat(one.product().publicRevision()).isEqualTo(4);
    }

    @Test
    void theEarlierClockOfACommandCounts() {
        one.say(Fixtures.announce("1.0", Fixtures.at(T)), T.plusSeconds(9), T.minusMillis(1));

        assertThat(one.status("1.0")).isEqualTo(Status.HELD);
    }

    @Test
    void theSameAgainChangesNothingAndGivesTheSameReceipt() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        var before = one.product();

        var outcome = one.say(T.plusSeconds(5), Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(one.product()).isEqualTo(before);
        assertThat(outcome.verdicts()).containsExactly(Verdict.REPEATED);
        assertThat(outcome.news()).isEmpty();
        assertThat(outcome.catalogue()).isEmpty();
        assertThat(outcome.accepted().firstOffset()).isEqualTo(10);
        assertThat(outcome.accepted().repeated()).isTrue();
        one.fence(T);
        assertThat(one.say(T, Fixtures.announce("1.0", Fixtures.at(T))).accepted())
                .satisfies(receipt -> {
                    assertThat(receipt.firstOffset()).isEqualTo(10);
                    assertThat(receipt.status()).isEqualTo(Status.PUBLIC);
                    assertThat(receipt.explanation()).isEqualTo("public");
                });
        one.say(T, Fixtures.withdraw("1.0"));
        assertThat(one.say(T, Fixtures.announce("1.0", Fixtures.at(T))).accepted())
                .satisfies(receipt -> {
                    assertThat(receipt.status()).isEqualTo(Status.RETRACTED);
                    assertThat(receipt.releaseAt()).isNull();
                    assertThat(receipt.explanation()).isEqualTo("retracted");
                });
    }

    @Test
    void aHigherVersionSupersedesTheHeldOne() {
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        var outcome = one.say(DAY_BEFORE, Fixtures.announce("1.1", Fixtures.at(T.plusSeconds(1))));

        assertThat(outcome.verdicts()).containsExactly(Verdict.SUPERSEDED, Verdict.HELD);
        assertThat(outcome.journal(Verdict.SUPERSEDED).grounds().explanation()).contains("by version 1.1");
        assertThat(outcome.news())
                .extracting(Object::getClass)
                .containsExactly(PublicEvent.Cancelled.class, PublicEvent.Announced.class);
        assertThat(outcome.catalogue())
                .extracting(Effect.Catalogue::status)
                .containsExactly(Status.SUPERSEDED, Status.HELD);
        assertThat(one.status("1.0")).isEqualTo(Status.SUPERSEDED);
        assertThat(one.product().held()).map(Product.Version::vid).contains(Vid.parse("1.1"));
        assertThat(one.fence(T).isNothing()).isTrue();
        assertThat(one.fence(T.plusSeconds(1)).isNothing()).isFalse();
        assertThat(one.status("1.0")).isEqualTo(Status.SUPERSEDED);
    }

    @Test
    void aNewVersionLeavesThePublicOnePublic() {
        one.say(T, Fixtures.announce("1.0", Fixtures.atOnce()));
        var outcome = one.say(T, Fixtures.announce("2.0", Fixtures.at(T.plusSeconds(1))));

        assertThat(outcome.verdicts()).containsExactly(Verdict.HELD);
        assertThat(one.status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(one.status("2.0")).isEqualTo(Status.HELD);
        one.fence(T.plusSeconds(1));
        assertThat(one.status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(one.status("2.0")).isEqualTo(Status.PUBLIC);
    }

    @Test
    void aLowerVersionMayStillComeBehindAPublicOne() {
        one.say(T, Fixtures.announce("1.10", Fixtures.atOnce()));
        one.say(T, Fixtures.announce("1.9", Fixtures.at(T.plusSeconds(1))));

        assertThat(one.status("1.9")).isEqualTo(Status.HELD);
        assertThat(one.fence(T.plusSeconds(1)).news()).hasSize(1);
        assertThat(one.product().versions())
                .extracting(Product.Version::vid)
                .containsExactly(Vid.parse("1.9"), Vid.parse("1.10"));
    }

    @Test
    void takesReleasesExactlyACenturyAhead() {
        var century = T.atOffset(ZoneOffset.UTC).plusYears(100).toInstant();

        one.say(T, Fixtures.announce("1.0", Fixtures.at(century)));

        assertThat(one.product().next()).contains(century);
    }

    @Test
    void anAgencysClockThatIsBehindShortensNoPeriodSinceDelivery() {
        one.say(Fixtures.announce("1.0", Fixtures.since(ClockAnchor.DELIVERY, "P1M")), T, T.minus(Duration.ofDays(7)));

        assertThat(one.product().next()).contains(Instant.parse("2026-07-01T12:00:00Z"));
    }

    @Test
    void tellsWhenTheAgencysOwnArchiveReleasedIt() {
        var before = Instant.parse("2020-01-01T00:00:00Z");
        var command = new Command.Announce(
                Fixtures.statement(), Fixtures.product("1.0"), Fixtures.atOnce(), Existence.PUBLIC, before);

        assertThat(one.say(T, command).news())
                .singleElement()
                .isInstanceOfSatisfying(
                        PublicEvent.Released.class,
                        released -> assertThat(released.archiveReleaseDate()).isEqualTo(Optional.of(before)));
    }

    @Test
    void aPeriodSinceTheAcquisitionIsNotLengthenedByALateDelivery() {
        one.say(T, Fixtures.announce("1.0", Fixtures.sinceStop("P1Y")));

        assertThat(one.product().next()).contains(Instant.parse("2027-01-01T10:01:00Z"));
        one.say(T, Fixtures.announce("2.0", Fixtures.since(ClockAnchor.DELIVERY, "P1D")));
        assertThat(one.product().next()).contains(T.plus(Duration.ofDays(1)));
    }

    @Test
    void whatIsDeliveredAfterItsEmbargoIsPublicAtOnceAndMarkedLate() {
        var outcome = one.say(T, Fixtures.announce("1.0", Fixtures.sinceStop("P1M")));

        assertThat(outcome.verdicts()).containsExactly(Verdict.RELEASED);
        assertThat(outcome.news()).singleElement().isInstanceOfSatisfying(PublicEvent.Released.class, released -> {
            assertThat(released.late()).isTrue();
            assertThat(released.releaseAt()).isEqualTo(T);
            assertThat(released.explanation())
                    .endsWith("; delivered late, after the end of its embargo, 2026-02-01T10:01:00Z");
        });
        assertThat(outcome.journal(Verdict.RELEASED).grounds().embargoEnd())
                .contains(Instant.parse("2026-02-01T10:01:00Z"));
    }

    /** A table of past releases comes years after them; only what the archive itself released late was late. */
    @ParameterizedTest
    @CsvSource({"2020-01-01T00:00:00Z, false", "2019-12-31T00:00:00Z, false", "2020-01-02T00:00:00Z, true"})
    void whatAnArchiveHadReleasedInTimeIsNotLateWhenItComesHere(Instant archived, boolean late) {
        var command = new Command.Announce(
                Fixtures.statement(),
                Fixtures.product(Fixtures.id("1.0"), "x", Instant.parse("2019-01-01T00:00:00Z")),
                Fixtures.at(Instant.parse("2020-01-01T00:00:00Z")),
                Existence.PUBLIC,
                archived);

        var released = one.say(T, command).journal(Verdict.RELEASED);

        assertThat(released.grounds().late()).isEqualTo(late);
    }

    @Test
    void theJournalKeepsByWhichRuleSomethingWasHeldThatWasNeverReleased() {
        for (Command end : List.of(Fixtures.withdraw("1.0"), Fixtures.announce("1.1", Fixtures.byPolicy()))) {
            var one = OneProduct.under(Fixtures.policy(7, Fixtures.at(T)));
            var held = one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.byPolicy()))
                    .journal(Verdict.HELD)
                    .grounds();

            var ended = one.say(DAY_BEFORE, end).journal().getFirst();

            assertThat(ended.verdict()).isIn(Verdict.WITHDRAWN, Verdict.SUPERSEDED);
            assertThat(ended.grounds().with(held.explanation())).isEqualTo(held);
            assertThat(ended.grounds().explanation()).contains("before its release");
            assertThat(held.policy()).isEqualTo(7);
        }
    }

    @Test
    void theJournalKeepsUnderWhichPolicySomethingWasRefusedOrSaidAgain() {
        var policy = Fixtures.policy(7, Fixtures.at(T));
        var one = OneProduct.under(policy);
        one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.byPolicy()));

        var again = one.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.byPolicy()))
                .journal(Verdict.REPEATED);
        var refused = one.say(DAY_BEFORE, Fixtures.withdraw("2.0")).journal(Verdict.REFUSED);

        for (var entry : List.of(again, refused)) {
            assertThat(entry.grounds().policy()).isEqualTo(7);
            assertThat(entry.grounds().policyHash()).contains(policy.hash());
            assertThat(entry.grounds().rule()).isEmpty();
        }
    }
}
