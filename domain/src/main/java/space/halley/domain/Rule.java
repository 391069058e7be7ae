package space.halley.domain;

/**
 * One rule of a policy: which products, and when they may become public.
 *
 * @param id by which the journal names it
 * @param owner whose rule it is: the instrument's provider, which may be another than the agency that archives
 * @param terms never {@link ReleaseTerms.ByPolicy}
 * @param review whether a review must have been passed before the release
 * @param planetaryDefence whether its products are never held, whatever their announcement says
 * @param source where the rule is written down
 */
public record Rule(
        String id,
        String owner,
        Match match,
        ReleaseTerms terms,
        boolean review,
        boolean planetaryDefence,
        String source,
        Confidence confidence) {

    /** How sure it is that the agency really has this rule. */
    public enum Confidence {
        /** Read in the source that is named. */
        READ,
        /** Computed from what the agency released. */
        OBSERVED,
        /** To be checked. */
        ASSUMED
    }

    public Rule {
        Texts.required("rule id", id, 100);
        Texts.required("owner", owner, 200);
        Texts.required("source", source, 2_000);
        if (terms instanceof ReleaseTerms.ByPolicy) {
            throw new InvalidValueException("rule " + id, "names no terms");
        }
    }
}
