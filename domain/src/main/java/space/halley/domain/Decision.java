package space.halley.domain;

import java.util.List;

/** What follows from one input: the product's state afterwards and what is to be written, in this order. */
public record Decision(Product after, List<Effect> effects) {
    public Decision {
        effects = List.copyOf(effects);
    }

    /** Nothing follows. */
    static Decision nothing(Product product) {
        return new Decision(product, List.of());
    }
}
