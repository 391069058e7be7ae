package space.halley.launcher.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lays products out in columns. The identifier is never cut, because it is what one goes on with: where the terminal is
 * too narrow for everything in one line, it stands in a second one. The title gives way first.
 */
final class Table {
    private static final String GAP = "  ";
    private static final int MIN_TITLE = 24;
    private static final List<Column> COLUMNS = List.of(
            new Column("released", 10), new Column("agency", 10), new Column("mission", 22), new Column("target", 16));

    /** @param maxWidth beyond which its values are cut */
    private record Column(String name, int maxWidth) {}

    /** One product. */
    record Row(String released, String agency, String mission, String target, String title, String lidvid) {
        private List<String> leading() {
            return List.of(released, agency, mission, target);
        }
    }

    private Table() {}

    /**
     * @param width of the terminal; 0 if nothing is to be cut
     * @param heading whether the columns' names come first, where everything is in one line
     */
    static List<String> lines(List<Row> rows, int width, boolean heading) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var widths = new ArrayList<Integer>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            widths.add(width(rows, i, width == 0));
        }
        var leading = widths.stream().mapToInt(each -> each + GAP.length()).sum();
        var longestId =
                rows.stream().mapToInt(row -> row.lidvid().length()).max().orElse(0);
        var longestTitle =
                rows.stream().mapToInt(row -> row.title().length()).max().orElse(0);
        if (width == 0) {
            return oneLine(rows, widths, Math.max(longestTitle, "title".length()), heading);
        }
        var room = width - leading - longestId - GAP.length();
        if (room >= Math.max("title".length(), Math.min(MIN_TITLE, longestTitle))) {
            return oneLine(rows, widths, Math.max("title".length(), Math.min(room, longestTitle)), heading);
        }
        return twoLines(rows, widths, Math.max(0, width - leading));
    }

    private static int width(List<Row> rows, int column, boolean unlimited) {
        var longest = rows.stream()
                .mapToInt(row -> row.leading().get(column).length())
                .max()
                .orElse(0);
        var max = unlimited ? Integer.MAX_VALUE : COLUMNS.get(column).maxWidth();
        return Math.max(COLUMNS.get(column).name().length(), Math.min(longest, max));
    }

    private static List<String> oneLine(List<Row> rows, List<Integer> widths, int title, boolean heading) {
        var names = COLUMNS.stream().map(Column::name).toList();
        var first = leading(names, widths) + padded("title", title) + GAP + "lidvid";
        return Stream.concat(
                        heading ? Stream.of(first) : Stream.<String>empty(),
                        rows.stream()
                                .map(row -> leading(row.leading(), widths)
                                        + padded(cut(row.title(), title), title)
                                        + GAP
                                        + row.lidvid()))
                .toList();
    }

    private static List<String> twoLines(List<Row> rows, List<Integer> widths, int title) {
        var indent = " ".repeat(widths.getFirst() + GAP.length());
        return rows.stream()
                .flatMap(row -> Stream.of(
                        (leading(row.leading(), widths) + cut(row.title(), title)).stripTrailing(),
                        indent + row.lidvid()))
                .toList();
    }

    private static String leading(List<String> values, List<Integer> widths) {
        var line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            line.append(padded(cut(values.get(i), widths.get(i)), widths.get(i)))
                    .append(GAP);
        }
        return line.toString();
    }

    static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        return width < 1 ? "" : text.substring(0, width - 1).stripTrailing() + "…";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
