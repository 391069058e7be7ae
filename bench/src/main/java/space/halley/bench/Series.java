package space.halley.bench;

import java.util.List;

/**
 * One figure, measured once per round.
 *
 * @param name what was measured
 * @param unit such as {@code /s}
 * @param values in the order of the rounds; at least one
 */
record Series(String name, String unit, List<Double> values) {
    Series {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " has no value");
        }
        values = List.copyOf(values);
    }

    /** A quantile of what was measured many times in every round, in milliseconds. */
    static Series quantile(String name, List<List<Double>> rounds, double share) {
        return new Series(
                name,
                "ms",
                rounds.stream().map(round -> Quantiles.of(round, share)).toList());
    }

    double median() {
        return Quantiles.of(values, 0.5);
    }

    double lowest() {
        return Quantiles.of(values, 0);
    }

    double highest() {
        return Quantiles.of(values, 1);
    }

    /** This figure divided by another one of the same round, round for round, so that what slows a whole round is gone. */
    Series dividedBy(Series other, String ratioName) {
        if (other.values.size() != values.size()) {
            throw new IllegalArgumentException(name + " and " + other.name + " were not measured in the same rounds");
        }
        var ratios = java.util.stream.IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / other.values.get(round))
                .toList();
        return new Series(ratioName, "", ratios);
    }
}
