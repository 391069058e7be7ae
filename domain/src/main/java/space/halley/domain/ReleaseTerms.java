package space.halley.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;

/** When a product may become public. A release is never before its delivery. */
public sealed interface ReleaseTerms {

    /** Public when the agency's policy in force says so; a new version of the policy decides anew while it is held. */
    record ByPolicy() implements ReleaseTerms {}

    /** Public as soon as it is delivered. */
    record AtOnce() implements ReleaseTerms {}

    /** Public from this instant on. */
    record FixedDate(Instant releaseAt) implements ReleaseTerms {
        public FixedDate {
            releaseAt = Instants.checked("release_at", releaseAt);
        }
    }

    /**
     * Public when the period has passed since the anchor. The period is added by the calendar in UTC, as {@link
     * java.time.ZonedDateTime#plus(java.time.temporal.TemporalAmount)} does: years and months first, where a day that
     * the month does not have becomes its last day (31 August + P6M = 28 or 29 February), then days.
     */
    record ExclusivePeriod(Period period, ClockAnchor anchor) implements ReleaseTerms {
        private static final int MAX_YEARS = 100;

        public ExclusivePeriod {
            if (period.isNegative()) {
                throw new InvalidValueException("exclusive_period", period + " is negative");
            }
            if (period.toTotalMonths() > MAX_YEARS * 12L
                    || LocalDate.EPOCH.plus(period).isAfter(LocalDate.EPOCH.plusYears(MAX_YEARS))) {
                throw new InvalidValueException("exclusive_period", period + " is longer than " + MAX_YEARS + " years");
            }
        }
    }
}
