package space.halley.producer.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdsTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2015-12-19T15:25:22.811622Z, 2015-12-19T15:25:22.811622Z",
        "2008-08-26T20:36:36.856Z,    2008-08-26T20:36:36.856Z",
        "2014-11-12T16:04:10,         2014-11-12T16:04:10Z",
        "2014-11-12T16:04:10Z,        2014-11-12T16:04:10Z",
        "2018-11-03T12:01:14.9Z,      2018-11-03T12:01:14.900Z",
        "2011-235T15:06:11Z,          2011-08-23T15:06:11Z",
        "2012-366T00:00:00.000,       2012-12-31T00:00:00Z",
        "2014-11-12T16:04:10+00:00,   2014-11-12T16:04:10Z",
        "2014-11-12T18:04:10+02:00,   2014-11-12T16:04:10Z",
        "2014-11-12T24:00:00Z,        2014-11-13T00:00:00Z",
    })
    void readsATimeThatIsGivenToTheSecondAsThatInstant(String text, Instant instant) {
        assertThat(PdsTime.start(text)).isEqualTo(instant);
        assertThat(PdsTime.stop(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "2023,              2023-01-01T00:00:00Z, 2023-12-31T23:59:59.999Z",
        "2023Z,             2023-01-01T00:00:00Z, 2023-12-31T23:59:59.999Z",
        "2024-02,           2024-02-01T00:00:00Z, 2024-02-29T23:59:59.999Z",
        "2022-11Z,          2022-11-01T00:00:00Z, 2022-11-30T23:59:59.999Z",
        "2009-01-07,        2009-01-07T00:00:00Z, 2009-01-07T23:59:59.999Z",
        "2009-01-07Z,       2009-01-07T00:00:00Z, 2009-01-07T23:59:59.999Z",
        "2003-001,          2003-01-01T00:00:00Z, 2003-01-01T23:59:59.999Z",
        "2006-4-18,         2006-04-18T00:00:00Z, 2006-04-18T23:59:59.999Z",
        "1994-1-5,          1994-01-05T00:00:00Z, 1994-01-05T23:59:59.999Z",
        "1997-07-04T16Z,    1997-07-04T16:00:00Z, 1997-07-04T16:59:59.999Z",
        "1992-07-09T18:42Z, 1992-07-09T18:42:00Z, 1992-07-09T18:42:59.999Z",
        "1992-191T18:42,    1992-07-09T18:42:00Z, 1992-07-09T18:42:59.999Z",
    })
    void readsACoarseTimeAsTheBeginningOrTheEndOfWhatItDenotes(String text, Instant first, Instant last) {
        assertThat(PdsTime.start(text)).isEqualTo(first);
        assertThat(PdsTime.stop(text)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "2016-12-31T23:59:60Z,     2017-01-01T00:00:00Z",
        "2015-06-30T23:59:60.25Z,  2015-07-01T00:00:00.250Z",
        "1998-365T23:59:60,        1999-01-01T00:00:00Z",
    })
    void countsALeapSecondAsTheSecondAfterIt(String text, Instant instant) {
        assertThat(PdsTime.start(text)).isEqualTo(instant);
        assertThat(PdsTime.stop(text)).isEqualTo(instant);
    }

    @Test
    void ignoresBlanksAroundATimeAndAPds3CommentAfterIt() {
        assertThat(PdsTime.start("  2004-01-04T04:35:00Z   ")).isEqualTo(Instant.parse("2004-01-04T04:35:00Z"));
        assertThat(PdsTime.start("2004-01-04T04:35:00Z /* landing */"))
                .isEqualTo(Instant.parse("2004-01-04T04:35:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "UNK",
                "Unknown",
                "N/A",
                "NULL",
                "not applicable",
                "1000-01-01",
                "1000-01-01Z",
                "1000-01-01T00:00:00.000Z",
                "1000-001",
                "-9999-01-01",
                "-9999-01-01T00:00:00Z",
                "-0466-01-01",
                "0000-01-01",
            })
    void takesPlaceholdersAndTimesBeforeTheYearOneForUnknown(String text) {
        assertThat(PdsTime.start(text)).isNull();
        assertThat(PdsTime.stop(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "TBD",
                "2020-04-1",
                "2015-13-01",
                "2015-02-29",
                "2015-366",
                "2015-000",
                "15-02-01",
                "2015-01-01 00:00:00",
                "2015-01-01T",
                "2015-01-01T25:00:00Z",
                "2015-01-01T24:00:01Z",
                "2015-01-01T00:60:00Z",
                "2015-01-01T00:00:61Z",
                "2015-01-01T00:00:00.Z",
                "2015-01T00:00:00Z",
                "2015T00:00:00Z",
                "2015-01-01+02:00",
                "2015-06-15T23:59:60Z",
                "2015-06-30T12:59:60Z",
                "2015-01-01T00:00:00ZZ",
                "9999-12-31T23:59:59.9999Z",
            })
    void refusesWhatIsNoTime(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> PdsTime.start(text));
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> PdsTime.stop(text));
    }

    @Test
    void makesAStopTimeLaterRatherThanEarlierWhereItIsFinerThanANanosecond() {
        var text = "2015-01-01T00:00:00.0000000001Z";

        assertThat(PdsTime.start(text)).isEqualTo(Instant.parse("2015-01-01T00:00:00Z"));
        assertThat(PdsTime.stop(text)).isEqualTo(Instant.parse("2015-01-01T00:00:00.000000001Z"));
    }
}
