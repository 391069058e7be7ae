package space.halley.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark found, as a table for people or as JSON for programs.
 *
 * @param name of the benchmark
 * @param setting what was done, one line each
 */
record Report(String name, List<String> setting, List<Series> figures, List<Ratio> ratios, List<Limit> limits) {
    private static final int NAME_WIDTH = 44;

    Report {
        setting = List.copyOf(setting);
        figures = List.copyOf(figures);
        ratios = List.copyOf(ratios);
        limits = List.copyOf(limits);
    }

    Report(String name, List<String> setting, List<Series> figures, List<Ratio> ratios) {
        this(name, setting, figures, ratios, List.of());
    }

    /**
     * A figure that is to be small.
     *
     * @param atMost in every round; null if none is judged
     */
    record Limit(Series series, @Nullable Double atMost) {
        boolean met() {
            return atMost == null || series.highest() <= atMost;
        }
    }

    /**
     * A figure beside its baseline.
     *
     * @param series the ratio in each round
     * @param target the least ratio that Halley aims at; null if it is printed for comparison alone
     */
    record Ratio(Series series, @Nullable Double target) {
        boolean met() {
            return target == null || series.median() >= target;
        }
    }

    /** The same without a judgement, because the rounds were too small for one. */
    Report withoutTargets() {
        return new Report(
                name,
                setting,
                figures,
                ratios.stream().map(ratio -> new Ratio(ratio.series(), null)).toList(),
                limits.stream().map(limit -> new Limit(limit.series(), null)).toList());
    }

    String text() {
        var text = new StringBuilder(name).append('\n');
        setting.forEach(line -> text.append("  ").append(line).append('\n'));
        row(text, "", "median", "lowest", "highest", "");
        figures.forEach(figure -> row(text, figure, figure.unit()));
        limits.forEach(limit -> row(text, limit.series(), limit.series().unit() + verdict(limit)));
        for (var ratio : ratios) {
            var series = ratio.series();
            row(
                    text,
                    series.name(),
                    percent(series.median()),
                    percent(series.lowest()),
                    percent(series.highest()),
                    verdict(ratio));
        }
        return text.toString();
    }

    ObjectNode json(ObjectMapper mapper) {
        var json = mapper.createObjectNode().put("benchmark", name);
        setting.forEach(json.putArray("setting")::add);
        var measured = json.putArray("figures");
        figures.forEach(figure -> describe(measured.addObject(), figure));
        var compared = json.putArray("ratios");
        for (var ratio : ratios) {
            var object = describe(compared.addObject(), ratio.series());
            if (ratio.target() != null) {
                object.put("target", ratio.target()).put("met", ratio.met());
            }
        }
        var limited = json.putArray("limits");
        for (var limit : limits) {
            var object = describe(limited.addObject(), limit.series());
            if (limit.atMost() != null) {
                object.put("at_most", limit.atMost()).put("met", limit.met());
            }
        }
        return json;
    }

    private static ObjectNode describe(ObjectNode json, Series series) {
        json.put("name", series.name()).put("unit", series.unit()).put("median", series.median());
        series.values().forEach(json.putArray("rounds")::add);
        return json;
    }

    private static String verdict(Ratio ratio) {
        return ratio.target() == null
                ? ""
                : "target " + percent(ratio.target()) + (ratio.met() ? ", met" : ", NOT met");
    }

    private static String verdict(Limit limit) {
        return limit.atMost() == null
                ? ""
                : ", at most " + number(limit.atMost()) + (limit.met() ? ", met" : ", NOT met");
    }

    private static void row(StringBuilder text, Series figure, String note) {
        row(text, figure.name(), number(figure.median()), number(figure.lowest()), number(figure.highest()), note);
    }

    private static void row(StringBuilder text, String name, String median, String low, String high, String note) {
        text.append(String.format(
                                Locale.ROOT,
                                "  %-" + NAME_WIDTH + "s %12s %12s %12s  %s",
                                name,
                                median,
                                low,
                                high,
                                note)
                        .stripTrailing())
                .append('\n');
    }

    private static String number(double value) {
        return value >= 1_000
                ? String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ')
                : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
    }
}
