package space.halley.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import space.halley.domain.AgencyId;

/**
 * Policy documents whose instants lie close to where the products of {@link Generators} have theirs: a general rule, some
 * rules for classes of products, perhaps agreements with some of the partners, which may be about the same products. The same generator state gives the same document.
 */
public final class RandomPolicy {
    private final Random random;

    public RandomPolicy(Random random) {
        this.random = random;
    }

    /**
     * A document.
     *
     * @param partners with whom an agreement may be
     * @param around the instant near which fixed dates lie
     */
    public String document(AgencyId agency, int version, List<AgencyId> partners, Instant around) {
        var text = new StringBuilder("agency: " + agency + "\nversion: " + version + "\n");
        if (random.nextBoolean()) {
            text.append("events: {landing: \"").append(near(around)).append("\"}\n");
        }
        text.append("rules:\n").append(rule("general", "", around));
        for (var productClass : new String[] {"Product_Document", "Product_Bundle"}) {
            if (random.nextBoolean()) {
                text.append(rule(productClass, "    match: {product-class: " + productClass + "}\n", around));
            }
        }
        if (random.nextBoolean()) {
            text.append("agreements:\n")
                    .append(agreement("joint", "[Product_Observational, Product_Bundle]", partners, around));
            if (random.nextBoolean()) {
                text.append(agreement("other", "[Product_Observational, Product_Document]", partners, around));
            }
        }
        return text.toString();
    }

    private String agreement(String id, String classes, List<AgencyId> partners, Instant around) {
        var first = random.nextInt(partners.size());
        var with = random.nextBoolean() ? partners : partners.subList(first, first + 1);
        return "  - id: " + id + "\n    match: {product-class: " + classes + "}\n    with: " + with + "\n    share: "
                + terms(around) + "\n    source: a test\n";
    }

    private String rule(String id, String match, Instant around) {
        return "  - id: " + id + "\n    owner: the agency\n" + match + "    release: " + terms(around) + "\n"
                + (random.nextInt(5) == 0 ? "    review: required\n" : "")
                + (random.nextInt(25) == 0 ? "    planetary-defence: true\n" : "")
                + "    source: a test\n    confidence: assumed\n";
    }

    private String terms(Instant around) {
        return switch (random.nextInt(7)) {
            case 0 -> "{at: once}";
            case 1 -> "{on: \"" + near(around) + "\"}";
            case 2 -> "{exclusive: P" + random.nextInt(3) + "D, from: delivery}";
            case 3 -> "{exclusive: P" + random.nextInt(3) + "M, from: reception}";
            case 4 -> "{exclusive: P" + random.nextInt(2) + "D, from: event, event: landing}";
            case 5 -> "{exclusive: P" + random.nextInt(2) + "M, from: window, window: {since: 2025-08-31, months: 1}}";
            default -> "{exclusive: P" + random.nextInt(4) + "M, from: acquisition-stop}";
        };
    }

    private Instant near(Instant around) {
        return around.plus(random.nextInt(73) - 24L, ChronoUnit.HOURS).plusMillis(random.nextInt(3) - 1L);
    }
}
