package space.halley.domain;

import java.util.List;

/**
 * An agency that publishes through Halley: its name, the namespaces it owns, and the terms under which it releases when
 * a publication names none.
 *
 * @param withoutStopTime the terms for products that were not acquired (documents, context, calibration), for which an
 *     exclusive period that starts at the acquisition's end has no start
 */
public record Agency(
        AgencyId id, String name, List<Namespace> namespaces, ReleaseTerms defaultTerms, ReleaseTerms withoutStopTime) {

    public Agency {
        Texts.required("name", name, 200);
        if (namespaces.isEmpty()) {
            throw new InvalidValueException("namespaces", "agency " + id + " owns none");
        }
        namespaces = List.copyOf(namespaces);
    }

    /** Whether the identifier is this agency's to speak for. */
    public boolean owns(Lid lid) {
        return namespaces.stream().anyMatch(namespace -> namespace.contains(lid));
    }

    /** The terms for this product when its publisher names none. */
    public ReleaseTerms termsFor(ProductDescription product) {
        var needsStop = defaultTerms instanceof ReleaseTerms.ExclusivePeriod period
                && period.anchor() == ClockAnchor.ACQUISITION_STOP;
        return needsStop && product.acquisitionEnd() == null ? withoutStopTime : defaultTerms;
    }
}
