package space.halley.domain;

import java.time.Instant;
import java.util.Optional;

/** Where one version of a product stands. */
public sealed interface VersionState {

    /**
     * Announced and not yet public.
     *
     * @param deliveredAt when the announcement was delivered
     */
    record Held(
            ProductDescription product,
            Existence existence,
            Instant deliveredAt,
            ReleasePlan plan,
            Optional<Instant> archiveReleaseDate)
            implements VersionState {
        Held with(ReleasePlan newPlan) {
            return new Held(product, existence, deliveredAt, newPlan, archiveReleaseDate);
        }
    }

    /** Public; the record that opened it was appended at this instant. */
    record Public(Instant releasedAt) implements VersionState {}

    /** Taken back before its release. */
    record Withdrawn() implements VersionState {}

    /** A higher version was announced before its release. */
    record Superseded(Vid by) implements VersionState {}

    /** Taken back after its release. */
    record Retracted() implements VersionState {}

    /** The name under which records and interfaces show the state. */
    default Status status() {
        return switch (this) {
            case Held held -> Status.HELD;
            case Public open -> Status.PUBLIC;
            case Withdrawn withdrawn -> Status.WITHDRAWN;
            case Superseded superseded -> Status.SUPERSEDED;
            case Retracted retracted -> Status.RETRACTED;
        };
    }

    /** The names of the states. */
    enum Status {
        HELD,
        PUBLIC,
        WITHDRAWN,
        SUPERSEDED,
        RETRACTED
    }
}
