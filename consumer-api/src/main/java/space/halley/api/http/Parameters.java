package space.halley.api.http;

import io.micronaut.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import space.halley.api.index.Facet;
import space.halley.api.index.FacetFilter;
import space.halley.domain.AgencyId;
import space.halley.domain.InvalidValueException;

/** Reads the parameters of a question strictly: one that is unknown, repeated or wrong is an error that names it. */
final class Parameters {
    static final int MAX_LIMIT = 200;
    static final int DEFAULT_LIMIT = 25;

    private static final int MAX_VALUES = 20;
    private static final int MAX_VALUE = 500;
    private static final int MAX_CURSOR = 4_000;
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59, 999_000_000);
    /** What milliseconds since 1970 and common sense allow. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** The request's parameters, all of which must be among the known. */
    static Parameters of(HttpRequest<?> request, Set<String> known) {
        var values = request.getParameters().asMap();
        for (var name : values.keySet()) {
            if (!known.contains(name)) {
                throw ProblemException.parameter(
                        cut(name), "there is no such parameter; known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
        return new Parameters(values);
    }

    /** The names of all facets. */
    static Set<String> facets() {
        return Stream.of(Facet.values()).map(Facet::parameter).collect(Collectors.toSet());
    }

    /** These names and those of all facets. */
    static Set<String> facetsAnd(String... more) {
        var all = new LinkedHashSet<>(facets());
        all.addAll(List.of(more));
        return all;
    }

    FacetFilter facetFilter() {
        var wanted = new EnumMap<Facet, List<String>>(Facet.class);
        for (var facet : Facet.values()) {
            var given = many(facet.parameter());
            if (!given.isEmpty()) {
                if (facet == Facet.AGENCY) {
                    given.forEach(Parameters::checkAgency);
                }
                wanted.put(facet, given);
            }
        }
        return new FacetFilter(wanted);
    }

    /** One text, or null. */
    @Nullable
    String text(String name, int maxLength) {
        var given = values.getOrDefault(name, List.of());
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() > 1) {
            throw ProblemException.parameter(name, "give it once");
        }
        var value = given.getFirst().strip();
        if (value.isEmpty()) {
            throw ProblemException.parameter(name, "is empty; leave it out or give it a value");
        }
        if (value.length() > maxLength) {
            throw ProblemException.parameter(
                    name, "has " + value.length() + " characters; at most " + maxLength + " are allowed");
        }
        return value;
    }

    @Nullable
    String cursor() {
        return text("cursor", MAX_CURSOR);
    }

    int limit() {
        var value = text("limit", MAX_VALUE);
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        try {
            var limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        throw ProblemException.parameter("limit", "must be a whole number from 1 to " + MAX_LIMIT);
    }

    /** The one of these whose word was given, or null. */
    <T> @Nullable T oneOf(String name, List<T> choices, Function<T, String> word) {
        var value = text(name, MAX_VALUE);
        if (value == null) {
            return null;
        }
        return choice(name, value, choices, word);
    }

    /** Those of these whose words were given. */
    <T> Set<T> someOf(String name, List<T> choices, Function<T, String> word) {
        return many(name).stream()
                .map(value -> choice(name, value, choices, word))
                .collect(Collectors.toSet());
    }

    /** The instant, or the first one of a day. */
    @Nullable
    Instant from(String name) {
        return instant(name, LocalTime.MIN);
    }

    /** The instant, or the last one of a day. */
    @Nullable
    Instant to(String name) {
        return instant(name, END_OF_DAY);
    }

    private @Nullable Instant instant(String name, LocalTime ofDay) {
        var value = text(name, MAX_VALUE);
        if (value == null) {
            return null;
        }
        return dayOf(value, ofDay)
                .or(() -> instantOf(value))
                .filter(instant -> !instant.isBefore(FIRST) && !instant.isAfter(LAST))
                .orElseThrow(() -> ProblemException.parameter(
                        name,
                        "must be a day such as 2019-05-24, or an instant such as 2019-05-24T12:00:00Z, between the years"
                                + " 1 and 9999; write the + of an offset as %2B"));
    }

    private static Optional<Instant> dayOf(String value, LocalTime ofDay) {
        try {
            return Optional.of(LocalDate.parse(value).atTime(ofDay).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instantOf(String value) {
        try {
            return Optional.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private List<String> many(String name) {
        var given = values.getOrDefault(name, List.of());
        if (given.size() > MAX_VALUES) {
            throw ProblemException.parameter(
                    name, "is given " + given.size() + " times; at most " + MAX_VALUES + " are allowed");
        }
        var stripped = new ArrayList<String>();
        for (var value : given) {
            if (value.isBlank()) {
                throw ProblemException.parameter(name, "is empty; leave it out or give it a value");
            }
            if (value.length() > MAX_VALUE) {
                throw ProblemException.parameter(
                        name, "has " + value.length() + " characters; at most " + MAX_VALUE + " are allowed");
            }
            stripped.add(value.strip());
        }
        return stripped;
    }

    private static void checkAgency(String value) {
        try {
            new AgencyId(value.toLowerCase(Locale.ROOT));
        } catch (InvalidValueException e) {
            throw ProblemException.parameter(
                    Facet.AGENCY.parameter(), "must be an agency's short name, such as nasa, esa or jaxa");
        }
    }

    private static <T> T choice(String name, String value, List<T> choices, Function<T, String> word) {
        return choices.stream()
                .filter(choice -> word.apply(choice).equals(value))
                .findFirst()
                .orElseThrow(() -> ProblemException.parameter(
                        name, "must be one of " + choices.stream().map(word).collect(Collectors.joining(", "))));
    }

    private static String cut(String name) {
        return name.length() > MAX_VALUE ? name.substring(0, MAX_VALUE) : name;
    }
}
