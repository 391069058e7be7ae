package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Release calendars that agencies really kept, as far as rules can say them. */
class CalendarsTest {
    /** Agencies release in working hours; the rule gives a midnight. */
    private static final int DAYS_OFF = 9;

    /**
     * Windows that follow each other, and a period behind their ends.
     *
     * @param released when the agency really released them
     */
    @ParameterizedTest
    @CsvSource({
        // InSight: quarters and three months; the first window is the one between landing and the end of February.
        "2018-11-01, 4, P3M, 2018-11-26T20:00:00Z, 2019-06-01, 2019-05-24",
        "2019-01-01, 3, P3M, 2019-03-31T23:00:00Z, 2019-07-01, 2019-06-26",
        "2019-01-01, 3, P3M, 2019-04-01T00:00:00Z, 2019-10-01, 2019-09-23",
        "2019-01-01, 3, P3M, 2019-06-30T23:59:59.999Z, 2019-10-01, 2019-09-23",
        "2019-01-01, 3, P3M, 2019-07-15T00:00:00Z, 2020-01-01, 2020-01-02",
        "2019-01-01, 3, P3M, 2019-10-15T00:00:00Z, 2020-04-01, 2020-04-01",
        // The Emirates Mars Mission: three months, and four months behind them; released early in April and in October.
        "2021-03-01, 3, P4M, 2021-09-01T00:00:00Z, 2022-04-01, 2022-04-01",
        "2021-03-01, 3, P4M, 2021-11-30T23:59:59.999Z, 2022-04-01, 2022-04-01",
        "2021-03-01, 3, P4M, 2022-05-31T12:00:00Z, 2022-10-01, 2022-10-01",
        // Akatsuki: half a year and a year; the window of volume 7010 ended with 8 June 2023.
        "2022-12-09, 6, P1Y, 2022-12-09T00:00:00Z, 2024-06-09, 2024-06-01",
        "2022-12-09, 6, P1Y, 2023-06-08T23:59:59Z, 2024-06-09, 2024-06-01",
    })
    void batchesOfAcquisitionWindows(
            LocalDate since, int months, String period, Instant stop, LocalDate planned, LocalDate released) {
        var one =
                OneProduct.under(Fixtures.policy(1, Fixtures.since(new ClockAnchor.WindowEnd(since, months), period)));

        one.say(stop, announcement(stop));

        assertThat(one.product().next()).contains(midnight(planned));
        assertThat(Math.abs(ChronoUnit.DAYS.between(planned, released))).isLessThan(DAYS_OFF);
    }

    /** Periods since something that happened to the mission. */
    @ParameterizedTest
    @CsvSource({
        // Chandrayaan-3: the landing and its anniversary.
        "2023-08-23T00:00:00Z, P1Y, 2024-08-23T00:00:00Z",
        // Kaguya: nominal operations ended with 31 October 2008; its data became public on 1 and 2 November 2009.
        "2008-11-01T00:00:00Z, P1Y, 2009-11-01T00:00:00Z",
    })
    void anniversariesOfMissionEvents(Instant happened, String period, Instant released) {
        var terms = Fixtures.since(new ClockAnchor.MissionEvent("event"), period);
        var rules = List.of(Fixtures.rule("all", Match.EVERYTHING, terms));
        var acquired = happened.plus(10, ChronoUnit.DAYS);
        var one = OneProduct.under(Fixtures.policy(1, rules, List.of(), Map.of()));

        one.say(acquired, announcement(acquired));
        assertThat(one.product().next()).isEmpty();
        one.policy(acquired, Fixtures.policy(2, rules, List.of(), Map.of("event", happened)));

        assertThat(one.product().next()).contains(released);
        assertThat(one.fence(released.minusMillis(1)).isNothing()).isTrue();
        assertThat(one.fence(released).news()).hasSize(1);
    }

    /** Huygens landed on 14 January 2005; these data sets became public when eighteen months were over, and not before. */
    @ParameterizedTest
    @CsvSource({
        "2005-01-14T11:00:05.425Z, 2006-07-14T11:00:05.425Z, 2006-07-15",
        "2005-01-14T12:49:07Z,     2006-07-14T12:49:07Z,     2006-07-15",
        "2005-01-14T15:52:46.500Z, 2006-07-14T15:52:46.500Z, 2006-07-15",
        "2005-01-14T12:41:29.130Z, 2006-07-14T12:41:29.130Z, 2006-07-17",
    })
    void huygensEighteenMonths(Instant stop, Instant planned, LocalDate released) {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.sinceStop("P18M")));

        one.say(stop, announcement(stop));

        assertThat(one.product().next()).contains(planned);
        assertThat(midnight(released)).isAfter(planned);
    }

    /** ACS on the Trace Gas Orbiter: what is older than six months is public the moment it is delivered. */
    @Test
    void dataOlderThanTheEmbargoArePublicWhenDelivered() {
        var stop = Instant.parse("2018-04-21T00:00:00Z");
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.sinceStop("P6M")));

        var outcome = one.say(Instant.parse("2018-10-21T00:00:00.001Z"), announcement(stop));

        assertThat(outcome.news())
                .singleElement()
                .isInstanceOfSatisfying(PublicEvent.Released.class, released -> assertThat(released.late())
                        .isTrue());
    }

    /** Chandrayaan-1: a payload's own country first, then all partners, then everyone a year after the acquisition. */
    @Test
    void theCountryOfThePayloadHasItFirst() {
        var stop = Instant.parse("2009-01-31T00:00:00Z");
        var own = Fixtures.agreement("own payload", Fixtures.instrument("sir-2"), Fixtures.atOnce(), Fixtures.ESA);
        var all = Fixtures.agreement(
                "all payloads", Match.EVERYTHING, Fixtures.sinceStop("P6M"), Fixtures.ESA, Fixtures.JAXA);
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.sinceStop("P12M"), own, all));
        var product = Fixtures.product(Fixtures.id("1.0"), "x", stop, "Raw", Fixtures.ofInstrument("SIR-2"));

        var delivered = one.say(stop, Fixtures.announce(product, Fixtures.byPolicy(), Existence.PUBLIC));

        assertThat(delivered.partners()).extracting(PartnerEvent::recipient).containsExactly(Fixtures.ESA);
        assertThat(one.fence(Instant.parse("2009-07-31T00:00:00Z")).partners())
                .extracting(PartnerEvent::recipient)
                .containsExactly(Fixtures.JAXA);
        assertThat(one.fence(Instant.parse("2010-01-31T00:00:00Z")).news()).hasSize(1);
    }

    /** InSight's fourth release also revised products that were public already. */
    @Test
    void aRevisionDoesNotHoldBackWhatIsPublic() {
        var one = OneProduct.under(Fixtures.policy(1, Fixtures.at(Instant.parse("2020-04-01T00:00:00Z"))));
        one.say(Instant.parse("2019-05-24T00:00:00Z"), Fixtures.announce("1.0", Fixtures.atOnce()));

        one.say(Instant.parse("2020-03-01T00:00:00Z"), Fixtures.announce("2.0", Fixtures.byPolicy()));

        assertThat(one.status("1.0")).isEqualTo(VersionState.Status.PUBLIC);
        assertThat(one.status("2.0")).isEqualTo(VersionState.Status.HELD);
    }

    private static Command.Announce announcement(Instant stop) {
        return Fixtures.announce(
                Fixtures.product(Fixtures.id("1.0"), "x", stop), Fixtures.byPolicy(), Existence.PUBLIC);
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
