package space.halley.producer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReleaseTimeTest {
    private static final Instant NOW = Instant.parse("2026-08-31T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2027-01-31T12:00:00Z,      2027-01-31T12:00:00Z",
        "2027-01-31T12:00:00.250Z,  2027-01-31T12:00:00.250Z",
        "2027-01-31T12:00:00+02:00, 2027-01-31T10:00:00Z",
        "2027-01-31T12:00Z,         2027-01-31T12:00:00Z",
        "2027-01-31,                2027-01-31T00:00:00Z",
        "+90s,                      2026-08-31T10:01:30Z",
        "+5m,                       2026-08-31T10:05:00Z",
        "+2h,                       2026-08-31T12:00:00Z",
        "+3d,                       2026-09-03T10:00:00Z",
        "+PT2M,                     2026-08-31T10:02:00Z",
        "+P1DT1H,                   2026-09-01T11:00:00Z",
        "+P6M,                      2027-02-28T10:00:00Z"
    })
    void readsFixedAndRelativeTimes(String text, Instant expected) {
        assertThat(ReleaseTime.parse(text).from(NOW)).isEqualTo(expected);
    }

    /** A time without a zone could mean an instant hours too early. */
    @ParameterizedTest
    @ValueSource(
            strings = {"2027-01-31T12:00:00", "2027-02-30", "tomorrow", "90s", "+", "+5", "+5x", "+P", "", "2027-1-1"})
    void refusesWhatIsNoInstant(String text) {
        assertThatThrownBy(() -> ReleaseTime.parse(text))
                .isInstanceOf(DateTimeException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("2027-01-31T12:00:00Z");
    }

    @Test
    void countsARelativeTimeFromTheGivenInstantAndNotFromWhenItWasRead() {
        var time = ReleaseTime.parse("+1h");

        assertThat(time.from(Instant.EPOCH)).isEqualTo("1970-01-01T01:00:00Z");
    }
}
