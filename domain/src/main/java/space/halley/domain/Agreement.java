package space.halley.domain;

import java.util.List;

/**
 * What partners have agreed on: some products are shared with them before they are public, each recipient by its own
 * instant. With one partner it is bilateral, with more multilateral; with an instrument in its match it is about that
 * instrument alone.
 *
 * @param id by which the journal names it
 * @param partners who receives the products
 * @param terms when; never {@link ReleaseTerms.ByPolicy}
 * @param source where it is written down
 */
public record Agreement(String id, Match match, List<AgencyId> partners, ReleaseTerms terms, String source) {
    public Agreement {
        Texts.required("agreement id", id, 100);
        Texts.required("source", source, 2_000);
        partners = List.copyOf(partners);
        if (partners.isEmpty()) {
            throw new InvalidValueException("agreement " + id, "names no partner");
        }
        if (terms instanceof ReleaseTerms.ByPolicy) {
            throw new InvalidValueException("agreement " + id, "names no terms");
        }
    }
}
