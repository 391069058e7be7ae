package space.halley.producer.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class PdsTimePropertyTest {

    /** The precisions in which a time can be written, with the pattern of each and how long what it denotes lasts. */
    enum Precision {
        YEAR("uuuu", ChronoUnit.YEARS),
        MONTH("uuuu-MM", ChronoUnit.MONTHS),
        DAY("uuuu-MM-dd", ChronoUnit.DAYS),
        DAY_OF_YEAR("uuuu-DDD", ChronoUnit.DAYS),
        HOUR("uuuu-MM-dd'T'HH", ChronoUnit.HOURS),
        MINUTE("uuuu-DDD'T'HH:mm", ChronoUnit.MINUTES),
        SECOND("uuuu-MM-dd'T'HH:mm:ss", ChronoUnit.SECONDS),
        MILLISECOND("uuuu-DDD'T'HH:mm:ss.SSS", ChronoUnit.MILLIS),
        NANOSECOND("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", ChronoUnit.NANOS);

        private final DateTimeFormatter form;
        private final ChronoUnit unit;

        Precision(String pattern, ChronoUnit unit) {
            form = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            this.unit = unit;
        }

        private boolean isCoarse() {
            return unit.compareTo(ChronoUnit.SECONDS) > 0;
        }
    }

    @Provide
    Arbitrary<LocalDateTime> times() {
        var seconds = Arbitraries.longs()
                .between(
                        LocalDateTime.of(1001, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC),
                        LocalDateTime.of(9998, 12, 31, 23, 59).toEpochSecond(ZoneOffset.UTC));
        var nanos = Arbitraries.integers().between(0, 999_999_999);
        return seconds.flatMap(second -> nanos.map(nano -> LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC)));
    }

    @Property
    void theTimeLiesBetweenStartAndStopOfItsText(
            @ForAll("times") LocalDateTime time, @ForAll Precision precision, @ForAll boolean zone) {
        var text = precision.form.format(time) + (zone ? "Z" : "");
        var start = Objects.requireNonNull(PdsTime.start(text));
        var stop = Objects.requireNonNull(PdsTime.stop(text));
        var instant = time.toInstant(ZoneOffset.UTC);

        assertThat(start).isBeforeOrEqualTo(instant);
        if (precision.isCoarse()) {
            assertThat(stop.plusMillis(1)).isAfter(instant);
            assertThat(stop.plusMillis(1)).isEqualTo(next(start, precision));
        } else {
            assertThat(stop).isEqualTo(start).isAfter(instant.minusSeconds(1));
        }
    }

    private static Instant next(Instant start, Precision precision) {
        return LocalDateTime.ofInstant(start, ZoneOffset.UTC)
                .plus(1, precision.unit)
                .toInstant(ZoneOffset.UTC);
    }

    @Property
    void aFinerTextNarrowsTheInterval(
            @ForAll("times") LocalDateTime time, @ForAll Precision one, @ForAll Precision other) {
        var coarse = one.unit.compareTo(other.unit) >= 0 ? one : other;
        var fine = coarse == one ? other : one;

        assertThat(PdsTime.start(fine.form.format(time))).isAfterOrEqualTo(PdsTime.start(coarse.form.format(time)));
        if (fine.isCoarse()) {
            assertThat(PdsTime.stop(fine.form.format(time))).isBeforeOrEqualTo(PdsTime.stop(coarse.form.format(time)));
        }
    }

    @Property
    void dayOfYearAndDayOfMonthAreTheSameDay(@ForAll("times") LocalDateTime time) {
        assertThat(PdsTime.stop(Precision.DAY_OF_YEAR.form.format(time)))
                .isEqualTo(PdsTime.stop(Precision.DAY.form.format(time)));
    }

    @Property
    void whatIsNoTimeIsRefusedAndNothingElseHappens(
            @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '~') String text) {
        assertThat(catchThrowable(() -> PdsTime.start(text)))
                .satisfiesAnyOf(nothing -> assertThat(nothing).isNull(), refusal -> assertThat(refusal)
                        .isInstanceOf(DateTimeException.class));
    }

    @Property
    void digitsInTheFormOfATimeAreReadOrRefused(@ForAll("looksLikeATime") String text) {
        assertThat(catchThrowable(() -> PdsTime.stop(text)))
                .satisfiesAnyOf(nothing -> assertThat(nothing).isNull(), refusal -> assertThat(refusal)
                        .isInstanceOf(DateTimeException.class));
    }

    @Provide
    Arbitrary<String> looksLikeATime() {
        var digit = Arbitraries.integers().between(0, 9);
        var form = Arbitraries.of(
                "####-##-##T##:##:##.###Z", "####-###T##:##:##Z", "####-##-##", "####-###", "-####-##-##", "####");
        return form.flatMap(pattern -> digit.list().ofSize(pattern.length()).map(digits -> {
            var text = new StringBuilder(pattern);
            for (var at = 0; at < text.length(); at++) {
                if (text.charAt(at) == '#') {
                    text.setCharAt(at, (char) ('0' + digits.get(at)));
                }
            }
            return text.toString();
        }));
    }
}
