package space.halley.producer.label;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.ContextReference.Role;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.ProductDescription.Label;
import space.halley.domain.Vid;

/**
 * The releases of PDS3 data sets, which have no PDS4 label, from a table of facts: tab-separated text in UTF-8, the
 * columns' names in the first line, one data set per line. Several missions, hosts, instruments or targets in one field
 * are separated by {@code |}.
 *
 * <p>A line that cannot be read is refused and the others are used. In particular a date such as {@code 1994-1-15} is
 * refused, as it is in a label: it may be a slip of another kind, and what day a data set became public is not guessed.
 *
 * <p>A line stands for the label: its bytes, without the line's end, are what is hashed.
 */
public final class ReleaseHistory {
    /** The class under which these data sets are in the catalogue. */
    public static final String PRODUCT_CLASS = "Product_Data_Set_PDS3";

    private static final List<String> COLUMNS = List.of(
            "lid",
            "data_set_id",
            "title",
            "start_time",
            "stop_time",
            "release_date",
            "archive_status",
            "missions",
            "instrument_hosts",
            "instruments",
            "targets",
            "node");
    private static final String CONTEXT = "urn:nasa:pds:context:";
    private static final Vid FIRST_VERSION = new Vid(1, 0);

    private final String source;
    private final Map<String, Integer> columns;

    private ReleaseHistory(String source, Map<String, Integer> columns) {
        this.source = source;
        this.columns = columns;
    }

    /**
     * Reads the whole table, in its order; a line that cannot be used is one that is refused.
     *
     * @throws IOException if the file cannot be read
     */
    public static List<HistoricalRelease> read(Path table) throws IOException {
        return read(String.valueOf(table.getFileName()), Files.readString(table, StandardCharsets.UTF_8));
    }

    static List<HistoricalRelease> read(String source, String table) {
        var lines = table.lines().toList();
        var heading = lines.isEmpty() ? List.<String>of() : fields(lines.getFirst());
        var columns = new HashMap<String, Integer>();
        for (var column = 0; column < heading.size(); column++) {
            columns.put(heading.get(column), column);
        }
        var missing =
                COLUMNS.stream().filter(name -> !columns.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            var reading = new LabelReading.Refused(
                    source,
                    LabelRefusal.BAD_ROW,
                    "the first line does not name the columns " + String.join(", ", missing),
                    1,
                    null);
            return List.of(new HistoricalRelease(reading, null, ""));
        }
        var history = new ReleaseHistory(source, columns);
        var releases = new ArrayList<HistoricalRelease>();
        for (var at = 1; at < lines.size(); at++) {
            if (!lines.get(at).isBlank()) {
                releases.add(history.release(lines.get(at), at + 1));
            }
        }
        return List.copyOf(releases);
    }

    private HistoricalRelease release(String text, int line) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var hash = ContentHash.of(bytes);
        try {
            var row = new Row(fields(text), line);
            var releasedAt = row.time("release_date", PdsTime::start);
            var label = new Label(row.required("data_set_id", LabelRefusal.BAD_ROW), bytes.length, hash);
            return new HistoricalRelease(
                    new LabelReading.Read(source, row.product(label)), releasedAt, row.get("archive_status"));
        } catch (RefusedLabelException e) {
            var refused = new LabelReading.Refused(source, e.reason(), e.explanation(), line, hash);
            return new HistoricalRelease(refused, null, "");
        }
    }

    private static List<String> fields(String line) {
        return Stream.of(line.split("\t", -1)).map(String::strip).toList();
    }

    /** One line of the table. */
    private final class Row {
        private final List<String> fields;
        private final int line;

        Row(List<String> fields, int line) throws RefusedLabelException {
            this.fields = fields;
            this.line = line;
            if (fields.size() != columns.size()) {
                throw refused(
                        LabelRefusal.BAD_ROW, "has " + fields.size() + " columns, the first line " + columns.size());
            }
        }

        ProductDescription product(Label label) throws RefusedLabelException {
            var lid = lid();
            var title = required("title", LabelRefusal.NO_TITLE);
            var start = time("start_time", PdsTime::start);
            var stop = time("stop_time", PdsTime::stop);
            try {
                return new ProductDescription(
                        new Lidvid(lid, FIRST_VERSION),
                        PRODUCT_CLASS,
                        title,
                        null,
                        null,
                        null,
                        start,
                        stop,
                        context(),
                        List.of(),
                        null,
                        label,
                        List.of());
            } catch (InvalidValueException e) {
                throw refused(LabelRefusal.LIMIT_EXCEEDED, String.valueOf(e.getMessage()));
            }
        }

        private Lid lid() throws RefusedLabelException {
            try {
                return LabelRules.ownLid(get("lid"));
            } catch (InvalidValueException e) {
                throw refused(LabelRefusal.BAD_LID, String.valueOf(e.getMessage()));
            }
        }

        private List<ContextReference> context() throws RefusedLabelException {
            var references = new ArrayList<ContextReference>();
            add(references, Role.INVESTIGATION, "investigation:", "missions");
            add(references, Role.HOST, "instrument_host:", "instrument_hosts");
            add(references, Role.INSTRUMENT, "instrument:", "instruments");
            add(references, Role.TARGET, "target:", "targets");
            return references;
        }

        private void add(List<ContextReference> references, Role role, String kind, String column)
                throws RefusedLabelException {
            for (var part : get(column).split("\\|")) {
                if (part.isBlank() || part.startsWith("unk.") || part.equals("unk")) {
                    continue;
                }
                try {
                    var lid = new Lid(CONTEXT + kind + part.strip());
                    references.add(new ContextReference(role, ContextNames.readable(role, lid), lid));
                } catch (InvalidValueException e) {
                    throw refused(LabelRefusal.BAD_ROW, column + ": " + e.getMessage());
                }
            }
        }

        String get(String column) {
            return fields.get(columns.getOrDefault(column, 0));
        }

        String required(String column, LabelRefusal reason) throws RefusedLabelException {
            if (get(column).isEmpty()) {
                throw refused(reason, column + ": is empty; fill it in");
            }
            return get(column);
        }

        @Nullable
        Instant time(String column, Function<String, @Nullable Instant> reader) throws RefusedLabelException {
            try {
                return reader.apply(get(column));
            } catch (DateTimeException e) {
                throw refused(
                        LabelRefusal.BAD_TIME,
                        column + ": '" + Stated.shown(get(column)) + "' cannot be read: " + e.getMessage()
                                + "; correct it, or leave it empty if it is unknown");
            }
        }

        private RefusedLabelException refused(LabelRefusal reason, String explanation) {
            return new RefusedLabelException(reason, explanation, line);
        }
    }
}
