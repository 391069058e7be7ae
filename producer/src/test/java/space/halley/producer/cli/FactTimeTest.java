package space.halley.producer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FactTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    /** A period that counts from it must not end early. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-31T23:59:12Z,      2026-10-31T23:59:12Z",
        "2026-10-31T23:59:12.5Z,    2026-10-31T23:59:12.500Z",
        "2026-10-31T23:59Z,         2026-10-31T23:59:59.999Z",
        "2026-10-31,                2026-10-31T23:59:59.999Z",
        "2026-10,                   2026-10-31T23:59:59.999Z",
        "2026-304,                  2026-10-31T23:59:59.999Z",
        "2026-10-31T23:59:12+02:00, 2026-10-31T21:59:12Z",
        "2026-11-27,                2026-11-27T23:59:59.999Z",
        "now,                       2026-11-27T10:00:00Z"
    })
    void lessThanAFullTimeMeansItsEnd(String text, Instant expected) {
        assertThat(FactTime.parse(text).from(NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+2h", "yesterday", "UNK", "2026-02-30", "2026-10-31T23:59:12", "2026-13", "1000-01-01"})
    void refusesWhatIsNoInstant(String text) {
        assertThatThrownBy(() -> FactTime.parse(text))
                .isInstanceOf(DateTimeException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("2026-11-02T04:12:00Z");
    }

    @Test
    void whatLiesAheadIsNoFact() {
        assertThatThrownBy(() -> FactTime.parse("2026-12-31").from(NOW))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("2026-12-31 lies ahead");
    }
}
