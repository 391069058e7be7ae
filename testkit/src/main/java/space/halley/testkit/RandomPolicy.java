package space.halley.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import space.halley.domain.AgencyId;

/**
 * Policy documents whose instants lie close to where the products of {@link Generators} have theirs: a general rule, some
 * rules for classes of products, perhaps an agreement. The same generator state gives the same document.
 */
public final class RandomPolicy {
    private final Random random;

    public RandomPolicy(Random random) {
        this.random = random;
    }

    /**
     * A document.
     *
     * @param partner with whom an agreement may be
     * @param around the instant near which fixed dates lie
     */
    public String document(AgencyId agency, int version, AgencyId partner, Instant around) {
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
            text.append(
                            "agreements:\n  - id: joint\n    match: {product-class: [Product_Observational, Product_Bundle]}\n")
                    .append("    with: [")
                    .append(partner)
                    .append("]\n    share: ")
                    .append(terms(around))
                    .append("\n    source: a test\n");
        }
        return text.toString();
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
