package space.halley.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Where one version of a product stands. */
public sealed interface VersionState {

    /**
     * Announced and not yet public.
     *
     * @param deliveredAt when the announcement was delivered
     * @param delivery the first one, which was perhaps that of a lower version
     * @param terms in force; those of the announcement or of a later rescheduling
     * @param leftToPolicy whether its release was left to the policy at some time before these terms, and not by the
     *     announcement
     * @param opened the partners with whom it is shared already
     */
    record Held(
            ProductDescription product,
            Instant deliveredAt,
            Delivery delivery,
            ReleaseTerms terms,
            boolean leftToPolicy,
            Facts facts,
            ReleasePlan plan,
            Set<AgencyId> opened,
            Optional<Instant> archiveReleaseDate)
            implements VersionState {
        public Held {
            opened = Set.copyOf(opened);
        }

        Held with(ReleasePlan newPlan) {
            return new Held(
                    product, deliveredAt, delivery, terms, leftToPolicy, facts, newPlan, opened, archiveReleaseDate);
        }

        Held with(Delivery judged) {
            return new Held(product, deliveredAt, judged, terms, leftToPolicy, facts, plan, opened, archiveReleaseDate);
        }

        Held with(ReleaseTerms newTerms) {
            var left = leftToPolicy || terms instanceof ReleaseTerms.ByPolicy;
            return new Held(product, deliveredAt, delivery, newTerms, left, facts, plan, opened, archiveReleaseDate);
        }

        Held with(Facts newFacts) {
            return new Held(
                    product, deliveredAt, delivery, terms, leftToPolicy, newFacts, plan, opened, archiveReleaseDate);
        }

        Held openedTo(Set<AgencyId> recipients) {
            return new Held(
                    product, deliveredAt, delivery, terms, leftToPolicy, facts, plan, recipients, archiveReleaseDate);
        }

        /** The next instant at which something opens. */
        Optional<Instant> next() {
            return plan.next(opened);
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
            case Held held -> held.opened().isEmpty() ? Status.HELD : Status.PARTNERS;
            case Public open -> Status.PUBLIC;
            case Withdrawn withdrawn -> Status.WITHDRAWN;
            case Superseded superseded -> Status.SUPERSEDED;
            case Retracted retracted -> Status.RETRACTED;
        };
    }

    /** The names of the states. */
    enum Status {
        /** Held, and shared with nobody. */
        HELD,
        /** Held, and shared with some partners. */
        PARTNERS,
        PUBLIC,
        WITHDRAWN,
        SUPERSEDED,
        RETRACTED
    }
}
