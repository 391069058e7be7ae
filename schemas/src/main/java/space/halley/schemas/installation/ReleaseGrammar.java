package space.halley.schemas.installation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import space.halley.domain.ClockAnchor;
import space.halley.domain.InvalidValueException;
import space.halley.domain.ReleaseTerms;

/**
 * How a policy writes the terms of a release, dates and texts. The forms are narrower than those that the JDK takes, so that no
 * other version of it can read a document otherwise: no time zones, no leap seconds, no 24 o'clock, no signs.
 */
final class ReleaseGrammar {
    private static final Set<String> KEYS = Set.of("at", "on", "exclusive", "from", "window", "event");
    private static final Set<String> WINDOW_KEYS = Set.of("since", "months");

    private static final String DAY = "(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final Pattern DATE = Pattern.compile(DAY);
    private static final Pattern INSTANT =
            Pattern.compile(DAY + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?Z");
    private static final Pattern PERIOD =
            Pattern.compile("P(?=[0-9])([0-9]{1,3}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,5}D)?");
    private static final Pattern MONTHS = Pattern.compile("[1-9][0-9]{0,3}");

    private ReleaseGrammar() {}

    /** The terms of a rule's {@code release} or an agreement's {@code share}; empty, and noted, if they are wrong. */
    static Optional<ReleaseTerms> terms(String what, Node node, Problems problems) {
        return YamlFields.of(what, node, KEYS, problems).flatMap(fields -> terms(what, fields, problems));
    }

    private static Optional<ReleaseTerms> terms(String what, YamlFields fields, Problems problems) {
        var ways = Stream.of("at", "on", "exclusive").filter(fields::has).toList();
        if (ways.size() != 1) {
            problems.add(fields.node(), what + " must have exactly one of at, on and exclusive");
            return Optional.empty();
        }
        if (fields.has("exclusive")) {
            return exclusive(fields, problems);
        }
        for (var key : List.of("from", "window", "event")) {
            fields.find(key).ifPresent(node -> problems.add(node, key + " goes with exclusive only"));
        }
        return fields.has("at")
                ? fields.find("at", ReleaseGrammar::once)
                : fields.find("on", text -> new ReleaseTerms.FixedDate(dayOrInstant(text)));
    }

    private static ReleaseTerms once(String text) {
        if (!text.equals("once")) {
            throw new InvalidValueException("at", "must be: once; a date is written as on: 2024-08-23");
        }
        return new ReleaseTerms.AtOnce();
    }

    private static Optional<ReleaseTerms> exclusive(YamlFields fields, Problems problems) {
        var period = fields.need("exclusive", ReleaseGrammar::period);
        var from = fields.need("from", ReleaseGrammar::from);
        if (from.isEmpty()) {
            return Optional.empty();
        }
        for (var key : List.of("window", "event")) {
            if (!from.get().equals(key)) {
                fields.find(key).ifPresent(node -> problems.add(node, key + " goes with from: " + key + " only"));
            }
        }
        var anchor =
                switch (from.get()) {
                    case "acquisition-stop" -> Optional.of(ClockAnchor.ACQUISITION_STOP);
                    case "reception" -> Optional.of(ClockAnchor.RECEPTION);
                    case "delivery" -> Optional.of(ClockAnchor.DELIVERY);
                    case "window" -> fields.need("window").flatMap(node -> window(node, problems));
                    default -> fields.need("event", text -> (ClockAnchor) new ClockAnchor.MissionEvent(event(text)));
                };
        return period.flatMap(length -> anchor.flatMap(start ->
                fields.checked(fields.node(), "exclusive", () -> new ReleaseTerms.ExclusivePeriod(length, start))));
    }

    private static String from(String text) {
        return switch (text) {
            case "acquisition-stop", "reception", "delivery", "window", "event" -> text;
            default ->
                throw new InvalidValueException(
                        "from", "must be acquisition-stop, reception, delivery, window or event");
        };
    }

    private static Optional<ClockAnchor> window(Node node, Problems problems) {
        return YamlFields.of("window", node, WINDOW_KEYS, problems).flatMap(fields -> {
            var since = fields.need("since", ReleaseGrammar::date);
            var months = fields.need("months", ReleaseGrammar::months);
            return since.flatMap(first -> months.flatMap(length ->
                    fields.checked(node, "window", () -> (ClockAnchor) new ClockAnchor.WindowEnd(first, length))));
        });
    }

    private static Period period(String text) {
        if (!PERIOD.matcher(text).matches()) {
            throw new InvalidValueException(
                    "exclusive", "'" + Problems.shown(text) + "' is not a period such as P6M, P1Y or P1Y6M15D");
        }
        return Period.parse(text);
    }

    private static int months(String text) {
        if (!MONTHS.matcher(text).matches()) {
            throw new InvalidValueException("months", "must be a whole number from 1");
        }
        return Integer.parseInt(text);
    }

    /** The name of a mission event. */
    static String event(String text) {
        if (!PolicyReader.NAME.matcher(text).matches()) {
            throw new InvalidValueException(
                    "event",
                    "'" + Problems.shown(text)
                            + "' is not 1 to 100 letters, digits and . _ / -, such as mission.x/landing");
        }
        return text;
    }

    private static LocalDate date(String text) {
        if (!DATE.matcher(text).matches()) {
            throw new InvalidValueException("since", "'" + Problems.shown(text) + "' is not a date such as 2021-09-01");
        }
        return LocalDate.parse(text);
    }

    static Instant instant(String text) {
        if (!INSTANT.matcher(text).matches()) {
            throw new InvalidValueException(
                    "event", "'" + Problems.shown(text) + "' is not an instant such as 2023-08-23T12:32:00Z");
        }
        return Instant.parse(text);
    }

    private static Instant dayOrInstant(String text) {
        if (DATE.matcher(text).matches()) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        if (INSTANT.matcher(text).matches()) {
            return Instant.parse(text);
        }
        throw new InvalidValueException(
                "on", "'" + Problems.shown(text) + "' is neither a date such as 2024-08-23 nor an instant in UTC");
    }

    /** A text of one line. */
    static String line(String text) {
        if (text.codePoints().anyMatch(ReleaseGrammar::breaksLines)) {
            throw new InvalidValueException("text", "'" + Problems.shown(text) + "' must stand on one line");
        }
        return text;
    }

    private static boolean breaksLines(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
