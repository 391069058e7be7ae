package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasePlanTest {
    private static final Instant LONG_AGO = Instant.parse("1970-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2025-08-31T12:00:00Z, P6M,  2026-02-28T12:00:00Z",
        "2023-08-31T12:00:00Z, P6M,  2024-02-29T12:00:00Z",
        "2024-02-29T00:00:00Z, P1Y,  2025-02-28T00:00:00Z",
        "2024-02-29T00:00:00Z, P4Y,  2028-02-29T00:00:00Z",
        "2096-02-29T00:00:00Z, P4Y,  2100-02-28T00:00:00Z",
        "2026-01-31T23:59:59.999Z, P1M, 2026-02-28T23:59:59.999Z",
        "2026-01-31T00:00:00Z, P1M1D, 2026-03-01T00:00:00Z",
        "2026-03-29T01:30:00Z, P1D,  2026-03-30T01:30:00Z",
        "2026-12-31T00:00:00Z, P2M,  2027-02-28T00:00:00Z",
        "2026-01-01T00:00:00Z, P0D,  2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z, P18M, 2027-07-01T00:00:00Z",
        "2026-01-01T00:00:00Z, P100Y, 2126-01-01T00:00:00Z"
    })
    void addsPeriodsByTheCalendarInUtc(String stop, String period, String end) {
        var product = Fixtures.product(Fixtures.id("1.0"), "x", Instant.parse(stop));

        var plan = plan(Fixtures.sinceStop(period), product, LONG_AGO);

        assertThat(plan.releaseAt()).contains(Instant.parse(end));
        assertThat(plan.grounds().late()).isFalse();
        assertThat(plan.grounds().explanation())
                .contains(Period.parse(period).toString(), "the end of the acquisition");
    }

    @Test
    void aLateDeliveryIsReleasedWhenItComes() {
        var plan = plan(Fixtures.sinceStop("P1M"), Fixtures.product("1.0"), Fixtures.NOON);

        assertThat(plan.grounds().embargoEnd()).contains(Instant.parse("2026-02-01T10:01:00Z"));
        assertThat(plan.releaseAt()).contains(Fixtures.NOON);
        assertThat(plan.grounds().late()).isTrue();
        assertThat(plan.grounds().explanation())
                .endsWith("; delivered late, after the end of its embargo, 2026-02-01T10:01:00Z");
    }

    @Test
    void anInvertedRangeCountsFromItsLaterEnd() {
        var inverted = new ProductDescription(
                Fixtures.id("1.0"),
                "c",
                "t",
                null,
                null,
                null,
                Instant.parse("2026-02-01T00:00:00Z"),
                Instant.parse("2026-01-01T00:00:00Z"),
                List.of(),
                List.of(),
                null,
                new ProductDescription.Label("l.xml", 1, ContentHash.of("x")),
                List.of());

        assertThat(plan(Fixtures.sinceStop("P1M"), inverted, LONG_AGO).releaseAt())
                .contains(Instant.parse("2026-03-01T00:00:00Z"));
    }

    @Test
    void aFixedDateIsThatDateOrTheDelivery() {
        var date = Fixtures.NOON;
        for (var millis : new long[] {-1, 0, 1}) {
            var plan = plan(Fixtures.at(date), Fixtures.product("1.0"), date.plusMillis(millis));

            assertThat(plan.releaseAt()).contains(date.plusMillis(Math.max(0, millis)));
            assertThat(plan.grounds().late()).isEqualTo(millis > 0);
        }
    }

    @Test
    void atOnceIsTheDelivery() {
        var plan = plan(Fixtures.atOnce(), Fixtures.product("1.0"), Fixtures.NOON);

        assertThat(plan.releaseAt()).contains(Fixtures.NOON);
        assertThat(plan.grounds().late()).isFalse();
        assertThat(plan.grounds().embargoEnd()).isEmpty();
    }

    @Test
    void anInstantThatHasPassedStaysWhatItWas() {
        var planner = new ReleasePlanner(Optional.empty());
        var subject = Fixtures.subject(Fixtures.product("1.0"), Fixtures.at(Fixtures.NOON), Facts.NONE, LONG_AGO);
        var first = planner.plan(Fixtures.at(Fixtures.NOON), subject, Optional.empty(), Fixtures.cause(1, LONG_AGO));
        var after = Fixtures.cause(2, Fixtures.NOON.plusSeconds(60));

        var again = planner.plan(Fixtures.at(Fixtures.NOON), subject, Optional.of(first), after);
        var sooner = planner.plan(Fixtures.at(LONG_AGO), subject, Optional.of(first), after);
        var soonerInTime =
                planner.plan(Fixtures.at(LONG_AGO), subject, Optional.of(first), Fixtures.cause(2, LONG_AGO));

        assertThat(again.isLike(first)).isTrue();
        assertThat(again.schedule()).isEqualTo(2);
        assertThat(again.armedAt()).isEqualTo(2);
        assertThat(sooner.releaseAt()).contains(Fixtures.NOON);
        assertThat(soonerInTime.releaseAt()).contains(LONG_AGO);
    }

    @Test
    void plansAreAlikeIfTheySayTheSameForTheSameReasons() {
        var stage = new ReleasePlan.Stage(Fixtures.ESA, LONG_AGO, "a");
        var grounds = new Grounds(
                "why",
                Optional.of("rule"),
                Optional.of("owner"),
                1,
                Optional.of(ContentHash.of("1")),
                Optional.of(LONG_AGO),
                Optional.of(Fixtures.NOON),
                Optional.of("fact"),
                false);
        var plan = new ReleasePlan(Optional.of(Fixtures.NOON), List.of(stage), List.of(), 1, 1, grounds);
        var version = new Grounds(
                "why",
                grounds.rule(),
                grounds.owner(),
                2,
                Optional.of(ContentHash.of("2")),
                grounds.clockStart(),
                grounds.embargoEnd(),
                grounds.missing(),
                false);

        assertThat(plan.isLike(plan)).isTrue();
        assertThat(new ReleasePlan(plan.releaseAt(), plan.stages(), List.of(), 7, 7, version).isLike(plan))
                .isTrue();
        assertThat(plan.isLike(plan.explained("extended from before: why"))).isTrue();
        assertThat(plan.explained("extended from before: why").isLike(plan)).isFalse();
        assertThat(new ReleasePlan(Optional.empty(), plan.stages(), List.of(), 1, 1, grounds).isLike(plan))
                .isFalse();
        assertThat(new ReleasePlan(plan.releaseAt(), List.of(), List.of(), 1, 1, grounds).isLike(plan))
                .isFalse();
        assertThat(List.of(
                        new Grounds(
                                "why",
                                Optional.empty(),
                                grounds.owner(),
                                1,
                                grounds.policyHash(),
                                grounds.clockStart(),
                                grounds.embargoEnd(),
                                grounds.missing(),
                                false),
                        new Grounds(
                                "why",
                                grounds.rule(),
                                Optional.empty(),
                                1,
                                grounds.policyHash(),
                                grounds.clockStart(),
                                grounds.embargoEnd(),
                                grounds.missing(),
                                false),
                        new Grounds(
                                "why",
                                grounds.rule(),
                                grounds.owner(),
                                1,
                                grounds.policyHash(),
                                Optional.empty(),
                                grounds.embargoEnd(),
                                grounds.missing(),
                                false),
                        new Grounds(
                                "why",
                                grounds.rule(),
                                grounds.owner(),
                                1,
                                grounds.policyHash(),
                                grounds.clockStart(),
                                Optional.empty(),
                                grounds.missing(),
                                false),
                        new Grounds(
                                "why",
                                grounds.rule(),
                                grounds.owner(),
                                1,
                                grounds.policyHash(),
                                grounds.clockStart(),
                                grounds.embargoEnd(),
                                Optional.empty(),
                                false)))
                .noneMatch(other -> other.isLike(grounds));
    }

    @Test
    void whatOpensNextIsTheEarliestOfWhatIsNotOpen() {
        var esa = new ReleasePlan.Stage(Fixtures.ESA, LONG_AGO, "a");
        var jaxa = new ReleasePlan.Stage(Fixtures.JAXA, LONG_AGO.plusSeconds(1), "a");
        var plan = new ReleasePlan(Optional.of(Fixtures.NOON), List.of(jaxa, esa), List.of(), 1, 1, Grounds.of("x"));

        assertThat(plan.stages()).containsExactly(esa, jaxa);
        assertThat(plan.next(Set.of())).contains(LONG_AGO);
        assertThat(plan.next(Set.of(Fixtures.ESA))).contains(LONG_AGO.plusSeconds(1));
        assertThat(plan.next(Set.of(Fixtures.ESA, Fixtures.JAXA))).contains(Fixtures.NOON);
        assertThat(new ReleasePlan(Optional.empty(), List.of(), List.of(), 1, 1, Grounds.of("x")).next(Set.of()))
                .isEmpty();
    }

    @Test
    void whoWaitsIsNoPartOfWhatOpens() {
        var grounds = Grounds.of("x");
        var nobody = new ReleasePlan(Optional.of(Fixtures.NOON), List.of(), List.of(), 3, 5, grounds);
        var waits = new ReleasePlan.Waiting(Fixtures.ESA, "a", "the reception on Earth");
        var esa = new ReleasePlan(Optional.of(Fixtures.NOON), List.of(), List.of(waits), 4, 6, grounds);

        assertThat(esa.isLike(nobody)).isTrue();
        assertThat(esa.next(Set.of())).isEqualTo(nobody.next(Set.of()));
        assertThat(nobody.confirmedBy(esa))
                .isEqualTo(new ReleasePlan(Optional.of(Fixtures.NOON), List.of(), List.of(waits), 3, 6, grounds));
        assertThat(esa.explained("extended").waiting()).containsExactly(waits);
    }

    @Test
    void whoHasItWaitsForNothingAndNobodyForWhatIsReleased() {
        var second = new ReleasePlan.Waiting(Fixtures.ESA, "b", "the end of the acquisition");
        var first = new ReleasePlan.Waiting(Fixtures.ESA, "a", "the reception on Earth");
        var jaxa = new ReleasePlan.Waiting(Fixtures.JAXA, "a", "the reception on Earth");
        var waiting = List.of(jaxa, second, first);
        var plan = new ReleasePlan(Optional.of(Fixtures.NOON), List.of(), waiting, 1, 1, Grounds.of("x"));
        var unknown = new ReleasePlan(Optional.empty(), List.of(), waiting, 1, 1, Grounds.of("x"));

        assertThat(plan.waiting()).containsExactly(first, second, jaxa);
        assertThat(plan.waiting(Fixtures.NOON.minusMillis(1), Set.of())).containsExactly(first, second, jaxa);
        assertThat(plan.waiting(Fixtures.NOON.minusMillis(1), Set.of(Fixtures.ESA)))
                .containsExactly(jaxa);
        assertThat(plan.waiting(Fixtures.NOON, Set.of())).isEmpty();
        assertThat(unknown.waiting(Fixtures.NOON, Set.of(Fixtures.JAXA))).containsExactly(first, second);
    }

    private static ReleasePlan plan(ReleaseTerms terms, ProductDescription product, Instant delivery) {
        var planner = new ReleasePlanner(Optional.empty());
        var subject = planner.judged(Fixtures.subject(product, terms, Facts.NONE, delivery));
        return planner.plan(terms, subject, Optional.empty(), Fixtures.cause(1, delivery));
    }
}
