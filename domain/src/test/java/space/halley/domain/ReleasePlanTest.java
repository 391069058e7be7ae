package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Period;
import java.util.Objects;
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

        var timing = timing(Fixtures.sinceStop(period), product, LONG_AGO);

        assertThat(timing.releaseAt()).isEqualTo(end);
        assertThat(timing.late()).isFalse();
        assertThat(timing.explanation()).contains(Period.parse(period).toString(), "the end of the acquisition");
    }

    @Test
    void aLateDeliveryIsReleasedWhenItComes() {
        var timing = timing(Fixtures.sinceStop("P1M"), Fixtures.product("1.0"), Fixtures.NOON);

        assertThat(timing.embargoEnd()).isEqualTo("2026-02-01T10:01:00Z");
        assertThat(timing.releaseAt()).isEqualTo(Fixtures.NOON);
        assertThat(timing.late()).isTrue();
        assertThat(timing.explanation()).endsWith("; ended 2026-02-01T10:01:00Z, delivered late");
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
                java.util.List.of(),
                java.util.List.of(),
                null,
                new ProductDescription.Label("l.xml", 1, ContentHash.of("x")),
                java.util.List.of());

        assertThat(timing(Fixtures.sinceStop("P1M"), inverted, LONG_AGO).releaseAt())
                .isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    void withoutAStopTimeAPeriodSinceItHasNoEnd() {
        var document = Fixtures.product(Fixtures.id("1.0"), "x", null);

        assertThat(ReleasePlan.timing(Fixtures.sinceStop("P1M"), document, Fixtures.NOON, Fixtures.NOON))
                .isNull();
        assertThat(timing(
                                new ReleaseTerms.ExclusivePeriod(Period.ofDays(1), ClockAnchor.DELIVERY),
                                document,
                                Fixtures.NOON)
                        .releaseAt())
                .isEqualTo("2026-06-02T12:00:00Z");
    }

    @Test
    void aFixedDateIsThatDateOrTheDelivery() {
        var date = Fixtures.NOON;

        assertThat(timing(Fixtures.at(date), Fixtures.product("1.0"), date.minusMillis(1))
                        .releaseAt())
                .isEqualTo(date);
        assertThat(timing(Fixtures.at(date), Fixtures.product("1.0"), date).late())
                .isFalse();
        assertThat(timing(Fixtures.at(date), Fixtures.product("1.0"), date.plusMillis(1))
                        .releaseAt())
                .isEqualTo(date.plusMillis(1));
    }

    @Test
    void atOnceIsTheDelivery() {
        var timing = timing(Fixtures.atOnce(), Fixtures.product("1.0"), Fixtures.NOON);

        assertThat(timing.releaseAt()).isEqualTo(Fixtures.NOON);
        assertThat(timing.late()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"6, -1, false", "6, 0, true", "6, 1, true", "5, 0, false", "5, 86400000, false", "4, 1, false"})
    void onlyAFenceBehindTheCommandAndNotBeforeTheInstantOpens(long offset, long millis, boolean due) {
        var plan = new ReleasePlan(Fixtures.NOON, 1, 5, "x");

        assertThat(plan.isDueAt(Fixtures.cause(offset, Fixtures.NOON.plusMillis(millis))))
                .isEqualTo(due);
    }

    @Test
    void eitherClockCanHoldAFenceBack() {
        var plan = new ReleasePlan(Fixtures.NOON, 1, 5, "x");
        var late = Fixtures.NOON.plusSeconds(3_600);

        assertThat(plan.isDueAt(new Cause(0, 6, Fixtures.NOON.minusMillis(1), late)))
                .isFalse();
        assertThat(plan.isDueAt(new Cause(0, 6, late, Fixtures.NOON.minusMillis(1))))
                .isFalse();
        assertThat(plan.isDueAt(new Cause(0, 6, late, Fixtures.NOON))).isTrue();
    }

    @Test
    void aPeriodSinceDeliveryCountsFromTheLaterClock() {
        var terms = new ReleaseTerms.ExclusivePeriod(Period.ofMonths(6), ClockAnchor.DELIVERY);
        var slow = Instant.EPOCH;

        var timing = Objects.requireNonNull(ReleasePlan.timing(terms, Fixtures.product("1.0"), Fixtures.NOON, slow));

        assertThat(timing.releaseAt()).isEqualTo("2026-12-01T12:00:00Z");
    }

    private static ReleasePlan.Timing timing(ReleaseTerms terms, ProductDescription product, Instant delivery) {
        return Objects.requireNonNull(ReleasePlan.timing(terms, product, delivery, delivery));
    }
}
