package space.halley.bench;

import java.util.Collection;

/** Quantiles of small samples. */
final class Quantiles {
    private Quantiles() {}

    /**
     * The value below which a share of the sample lies, interpolated linearly between neighbours.
     *
     * @param share from 0, the lowest value, to 1, the highest
     */
    static double of(Collection<Double> sample, double share) {
        var sorted = sample.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("an empty sample has no quantiles");
        }
        var place = share * (sorted.length - 1);
        var below = (int) Math.floor(place);
        var above = (int) Math.ceil(place);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
