package space.halley.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The fact at which an exclusive period starts. */
public sealed interface ClockAnchor {
    /** The end of the product's acquisition. */
    ClockAnchor ACQUISITION_STOP = new AcquisitionStop();
    /** Its reception on Earth. */
    ClockAnchor RECEPTION = new Reception();
    /** Its delivery to Halley. */
    ClockAnchor DELIVERY = new Delivery();

    /** The end of the product's acquisition: {@code Time_Coordinates/stop_date_time} of its label, or a later fact. */
    record AcquisitionStop() implements ClockAnchor {}

    /** The moment at which the data were received on Earth; labels do not say it, so it travels with the announcement. */
    record Reception() implements ClockAnchor {}

    /** The moment at which the announcement was appended to the agency's command topic. */
    record Delivery() implements ClockAnchor {}

    /**
     * The end of the acquisition window in which the acquisition ended: many archives release in quarterly batches. The
     * windows follow each other without a gap from 00:00 UTC of {@code since}; the n-th begins n times the length, by the
     * calendar, after the first, so that windows from the 31st on do not drift. A window holds its first instant but not its
     * end: what ended exactly between two windows belongs to the later one, because a release may be late but never early.
     *
     * @param months how long a window is
     */
    record WindowEnd(LocalDate since, int months) implements ClockAnchor {
        private static final int MAX_MONTHS = 1_200;

        public WindowEnd {
            if (months < 1 || months > MAX_MONTHS) {
                throw new InvalidValueException("window", months + " months is not between 1 and " + MAX_MONTHS);
            }
        }

        /** The end of the window that holds the instant; empty if it lies before the first window. */
        Optional<Instant> after(Instant instant) {
            if (instant.isBefore(begin(0))) {
                return Optional.empty();
            }
            var day = instant.atOffset(ZoneOffset.UTC).toLocalDate();
            // The window or the one before it: a month that lacks the first window's day begins its window earlier than
            // counting whole months says.
            var window = ChronoUnit.MONTHS.between(since, day) / months;
            while (!begin(window).isAfter(instant)) {
                window++;
            }
            return Optional.of(begin(window));
        }

        private Instant begin(long window) {
            return since.plusMonths(window * months).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
    }

    /**
     * Something that happened to the mission: an orbit insertion, a landing, the end of nominal operations.
     *
     * @param name under which the policy lists its instant, such as {@code mission.chandrayaan3/landing}
     */
    record MissionEvent(String name) implements ClockAnchor {
        public MissionEvent {
            Texts.required("event", name, 200);
        }
    }
}
