package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Acquisition windows. */
class WindowsTest {

    @ParameterizedTest
    @CsvSource({
        // Quarters.
        "2019-01-01, 3, 2019-01-01T00:00:00Z, 2019-04-01T00:00:00Z",
        "2019-01-01, 3, 2019-03-31T23:59:59.999Z, 2019-04-01T00:00:00Z",
        "2019-01-01, 3, 2019-04-01T00:00:00Z, 2019-07-01T00:00:00Z",
        "2019-01-01, 3, 2019-12-31T12:00:00Z, 2020-01-01T00:00:00Z",
        // From the 31st on: no window drifts to the 28th.
        "2023-01-31, 1, 2023-02-27T23:59:59.999Z, 2023-02-28T00:00:00Z",
        "2023-01-31, 1, 2023-02-28T00:00:00Z, 2023-03-31T00:00:00Z",
        "2023-01-31, 1, 2023-03-30T00:00:00Z, 2023-03-31T00:00:00Z",
        "2023-01-31, 1, 2023-03-31T00:00:00Z, 2023-04-30T00:00:00Z",
        "2023-11-30, 3, 2024-02-28T23:59:59.999Z, 2024-02-29T00:00:00Z",
        "2023-11-30, 3, 2024-02-29T00:00:00Z, 2024-05-30T00:00:00Z",
        // From a leap day on.
        "2024-02-29, 12, 2025-02-27T23:59:59.999Z, 2025-02-28T00:00:00Z",
        "2024-02-29, 12, 2027-12-31T00:00:00Z, 2028-02-29T00:00:00Z"
    })
    void anInstantLiesInTheWindowThatEndsNext(String since, int months, String instant, String end) {
        var window = new ClockAnchor.WindowEnd(LocalDate.parse(since), months);

        assertThat(window.after(Instant.parse(instant))).contains(Instant.parse(end));
    }

    @Test
    void nothingLiesBeforeTheFirstWindow() {
        var window = new ClockAnchor.WindowEnd(LocalDate.parse("2019-01-01"), 3);

        assertThat(window.after(Instant.parse("2018-12-31T23:59:59.999Z"))).isEmpty();
    }

    @Property
    void theEndIsTheFirstOneBehindTheInstant(
            @ForAll @IntRange(min = 0, max = 4_000) int day,
            @ForAll @IntRange(min = 1, max = 27) int months,
            @ForAll @LongRange(min = 0, max = 400_000_000_000L) long millis) {
        var since = LocalDate.parse("2019-12-01").plusDays(day);
        var first = since.atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
        var instant = first.plusMillis(millis);

        var end = first;
        for (int n = 1; !end.isAfter(instant); n++) {
            end = since.plusMonths((long) n * months)
                    .atStartOfDay(java.time.ZoneOffset.UTC)
                    .toInstant();
        }
        assertThat(new ClockAnchor.WindowEnd(since, months).after(instant)).contains(end);
    }

    @Test
    void aWindowLastsBetweenOneMonthAndACentury() {
        var since = LocalDate.parse("2019-01-01");

        assertThat(new ClockAnchor.WindowEnd(since, 1_200).after(Instant.parse("2019-01-01T00:00:00Z")))
                .contains(Instant.parse("2119-01-01T00:00:00Z"));
        for (var months : new int[] {0, -1, 1_201}) {
            assertThatThrownBy(() -> new ClockAnchor.WindowEnd(since, months))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("window: " + months + " months");
        }
    }
}
