package space.halley.schemas.installation;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import space.halley.domain.AgencyId;
import space.halley.domain.Agreement;
import space.halley.domain.ContentHash;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.domain.Match;
import space.halley.domain.Policy;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.Rule;

/** Reads one document. */
final class PolicyReader {
    static final String TOO_LONG =
            "the document has more than " + PolicyDocument.MAX_LENGTH + " characters; a policy needs a few thousand";

    private static final int MAX_DEPTH = 10;
    private static final int MAX_EVENTS = 500;
    /** Rules are compared with each other, so these two bound the work that a document can ask for. */
    private static final int MAX_RULES = 200;

    private static final int MAX_VALUES = 50;
    /** The state and the journal of one product may have all of them, and must fit into one record. */
    private static final int MAX_TURNS = 1_000;

    private static final Set<String> KEYS = Set.of("agency", "version", "events", "rules", "agreements");
    private static final Set<String> RULE_KEYS =
            Set.of("id", "owner", "match", "release", "review", "planetary-defence", "source", "confidence");
    private static final Set<String> AGREEMENT_KEYS = Set.of("id", "match", "with", "share", "source");
    private static final Set<String> MATCH_KEYS =
            Set.of("mission", "instrument", "processing-level", "product-class", "collection");
    /** Names go into the journal and into sentences, so they have no blanks. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}");

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /** A rule's or agreement's place, by which problems name it. */
    private record Named(String id, Node node) {
        int line() {
            return Problems.line(node);
        }
    }

    private record Place(Named rule, Match match) {}

    private final String text;
    private final Optional<Set<AgencyId>> agencies;
    private final Problems problems = new Problems();
    private final List<Place> places = new ArrayList<>();

    PolicyReader(String text, Optional<Set<AgencyId>> agencies) {
        this.text = text;
        this.agencies = agencies;
    }

    Policy read() {
        var policy = compose()
                .flatMap(root -> YamlFields.of("the document", root, KEYS, problems))
                .flatMap(this::policy);
        if (policy.isEmpty() || !problems.isEmpty()) {
            throw new InvalidConfigurationException("the policy", problems.texts());
        }
        return policy.get();
    }

    private Optional<Node> compose() {
        if (text.length() > PolicyDocument.MAX_LENGTH) {
            problems.add(1, TOO_LONG);
            return Optional.empty();
        }
        var options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        try {
            var root = Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
            if (root.isEmpty()) {
                problems.add(1, "the document is empty");
            }
            return root;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            problems.add(mark == null ? 1 : mark.getLine() + 1, Problems.shown(String.valueOf(e.getProblem())));
        } catch (ReaderException e) {
            var before = text.substring(0, text.offsetByCodePoints(0, Math.min(e.getPosition(), points())));
            problems.add(
                    1 + (int) before.chars().filter(c -> c == '\n').count(),
                    "the character U+%04X is not allowed".formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            problems.add(1, Problems.shown(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // The parser's own mistakes with odd input, such as numbers of escapes; a document must not stop a lane.
            problems.add(1, "is no YAML that can be read: " + Problems.shown(e.toString()));
        }
        return Optional.empty();
    }

    private int points() {
        return text.codePointCount(0, text.length());
    }

    private Optional<Policy> policy(YamlFields fields) {
        var agency = fields.need("agency", AgencyId::new);
        var number = fields.need("version", PolicyReader::number);
        var events = events(fields);
        var rules = fields.need("rules").map(node -> rules(fields, node)).orElse(List.of());
        var agreements = agreements(fields, agency);
        ties();
        if (!problems.isEmpty() || agency.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        return fields.checked(
                fields.node(),
                "policy",
                () -> new Policy(agency.get(), number.get(), ContentHash.of(text), rules, agreements, events));
    }

    private static int number(String number) {
        if (!NUMBER.matcher(number).matches()) {
            throw new InvalidValueException("version", "must be a whole number from 1");
        }
        return Integer.parseInt(number);
    }

    private Map<String, Instant> events(YamlFields fields) {
        var events = new HashMap<String, Instant>();
        var node = fields.find("events");
        if (node.isEmpty()) {
            return events;
        }
        var listed = YamlFields.any("events", node.get(), problems);
        if (listed.isPresent() && listed.get().values().size() > MAX_EVENTS) {
            problems.add(node.get(), "events has more than " + MAX_EVENTS + " entries");
            return events;
        }
        listed.ifPresent(all -> all.values().forEach((name, value) -> {
            all.checked(value, "event", () -> ReleaseGrammar.event(name));
            all.scalar("the event " + Problems.shown(name), value, ReleaseGrammar::instant)
                    .ifPresent(at -> events.put(name, at));
        }));
        return events;
    }

    private List<Rule> rules(YamlFields fields, Node node) {
        var before = problems.count();
        var items = fields.items("rules", MAX_RULES);
        if (problems.count() > before) {
            return List.of();
        }
        var rules = new ArrayList<Rule>();
        var ids = new HashMap<String, Named>();
        for (var item : items) {
            YamlFields.of("the rule", item, RULE_KEYS, problems)
                    .flatMap(rule -> rule(rule, ids))
                    .ifPresent(rules::add);
        }
        if (places.stream().noneMatch(place -> place.match.equals(Match.EVERYTHING))) {
            problems.add(node, "no rule is for every product; add one without a match");
        }
        return rules;
    }

    private Optional<Rule> rule(YamlFields fields, Map<String, Named> ids) {
        var named = named(fields, "rule", ids);
        var match = fields.has("match") ? match(fields) : Optional.of(Match.EVERYTHING);
        match.ifPresent(read -> places.add(new Place(named, read)));
        var owner = fields.need("owner", ReleaseGrammar::line);
        var review =
                fields.find("review", text -> only("review", text, "required")).isPresent();
        var defence = fields.find("planetary-defence", text -> only("planetary-defence", text, "true"))
                .isPresent();
        var terms = fields.need("release").flatMap(node -> ReleaseGrammar.terms("release", node, problems));
        var source = fields.need("source", ReleaseGrammar::line);
        var confidence = fields.need("confidence", PolicyReader::confidence);
        if (defence && (review || (terms.isPresent() && !(terms.get() instanceof ReleaseTerms.AtOnce)))) {
            problems.add(
                    fields.node(), "a planetary-defence product is never held; its rule must say release: {at: once}");
        }
        if (match.isEmpty() || owner.isEmpty() || terms.isEmpty() || source.isEmpty() || confidence.isEmpty()) {
            return Optional.empty();
        }
        return fields.checked(
                fields.node(),
                "rule",
                () -> new Rule(
                        named.id,
                        owner.get(),
                        match.get(),
                        terms.get(),
                        review,
                        defence,
                        source.get(),
                        confidence.get()));
    }

    private List<Agreement> agreements(YamlFields fields, Optional<AgencyId> agency) {
        var agreements = new ArrayList<Agreement>();
        var ids = new HashMap<String, Named>();
        for (var item : fields.items("agreements", MAX_RULES)) {
            YamlFields.of("the agreement", item, AGREEMENT_KEYS, problems)
                    .flatMap(agreement -> agreement(agreement, agency, ids))
                    .ifPresent(agreements::add);
        }
        var turns = agreements.stream()
                .mapToInt(agreement -> agreement.partners().size())
                .sum();
        // What an earlier build let into force stays in force.
        if (agencies.isPresent() && turns > MAX_TURNS) {
            fields.need("agreements")
                    .ifPresent(node -> problems.add(
                            node,
                            "the agreements have " + turns
                                    + " partners in all, a partner of two counting twice; at most " + MAX_TURNS
                                    + " are allowed"));
        }
        return agreements;
    }

    private Optional<Agreement> agreement(YamlFields fields, Optional<AgencyId> agency, Map<String, Named> ids) {
        var named = named(fields, "agreement", ids);
        // Without a match it would open everything to a partner, which nobody should be able to say by leaving a line
        // out.
        fields.need("match");
        var match = match(fields);
        fields.need("with");
        var partners = fields.list("with", MAX_VALUES, AgencyId::new);
        for (var partner : partners) {
            if (agency.isPresent() && partner.equals(agency.get())) {
                problems.add(fields.node(), "agreement " + named.id + " is with " + partner + " itself");
            } else if (agencies.isPresent() && !agencies.get().contains(partner)) {
                problems.add(
                        fields.node(),
                        "agreement " + named.id + " is with " + partner + ", which is no agency here; known are "
                                + agencies.get().stream().sorted().toList());
            }
        }
        var terms = fields.need("share").flatMap(node -> ReleaseGrammar.terms("share", node, problems));
        var source = fields.need("source", ReleaseGrammar::line);
        if (match.isEmpty() || partners.isEmpty() || terms.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        return fields.checked(
                fields.node(),
                "agreement",
                () -> new Agreement(named.id, match.get(), partners, terms.get(), source.get()));
    }

    private Named named(YamlFields fields, String what, Map<String, Named> ids) {
        var id = fields.need("id", PolicyReader::id);
        var named = new Named(id.orElse("without id"), fields.node());
        if (id.isPresent()) {
            var before = ids.putIfAbsent(id.get(), named);
            if (before != null) {
                problems.add(
                        named.node, "the " + what + " on line " + before.line() + " has the id " + named.id + " too");
            }
        }
        return named;
    }

    /** Empty if anything in it is wrong, lest half a match be compared with the other rules'. */
    private Optional<Match> match(YamlFields fields) {
        var before = problems.count();
        var match = fields.find("match")
                .flatMap(node -> YamlFields.of("match", node, MATCH_KEYS, problems))
                .map(criteria -> {
                    if (criteria.values().isEmpty()) {
                        problems.add(criteria.node(), "match names nothing; a rule without it is for every product");
                    }
                    return new Match(
                            values(criteria, "mission"),
                            values(criteria, "instrument"),
                            values(criteria, "processing-level"),
                            values(criteria, "product-class"),
                            Set.copyOf(criteria.list("collection", MAX_VALUES, value -> new Lid(value).value())));
                });
        return problems.count() == before ? match : Optional.empty();
    }

    private static Set<String> values(YamlFields criteria, String key) {
        // As Match compares them, so that a value in capitals and the same in small letters are seen to be one.
        return new HashSet<>(criteria.list(
                key, MAX_VALUES, value -> ReleaseGrammar.line(value).toLowerCase(Locale.ROOT)));
    }

    private void ties() {
        for (int i = 0; i < places.size(); i++) {
            for (int j = i + 1; j < places.size(); j++) {
                var one = places.get(i);
                var other = places.get(j);
                if (one.match.ties(other.match)) {
                    problems.add(
                            other.rule.node,
                            "rule " + other.rule.id + " and rule " + one.rule.id + " on line " + one.rule.line()
                                    + " are equally specific and can meet the same product: " + shown(other.match)
                                    + "; and " + shown(one.match));
                }
            }
        }
    }

    private static String shown(Match match) {
        var text = match.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private static String id(String id) {
        if (!NAME.matcher(id).matches()) {
            throw new InvalidValueException(
                    "id", "'" + Problems.shown(id) + "' is not 1 to 100 letters, digits and . _ / -");
        }
        return id;
    }

    private static String only(String key, String value, String allowed) {
        if (!value.equals(allowed)) {
            throw new InvalidValueException(key, "must be: " + allowed);
        }
        return value;
    }

    private static Rule.Confidence confidence(String word) {
        return switch (word) {
            case "read" -> Rule.Confidence.READ;
            case "observed" -> Rule.Confidence.OBSERVED;
            case "assumed" -> Rule.Confidence.ASSUMED;
            default -> throw new InvalidValueException("confidence", "must be read, observed or assumed");
        };
    }
}
