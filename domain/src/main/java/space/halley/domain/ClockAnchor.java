package space.halley.domain;

/** The fact at which an exclusive period starts. */
public enum ClockAnchor {
    /** The end of the product's acquisition, {@code Time_Coordinates/stop_date_time} of its label. */
    ACQUISITION_STOP,
    /** The moment at which the announcement was appended to the agency's command topic. */
    DELIVERY
}
