package space.halley.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One version of an agency's release policy. Of all rules that a product meets, the most specific one holds; there is
 * always one, because one rule is for every product.
 *
 * @param number from 1, without gaps
 * @param hash of the document in which the agency wrote it
 * @param rules in the document's order
 * @param agreements with partners
 * @param events the instants of mission events that have happened, by name
 */
public record Policy(
        AgencyId agency,
        int number,
        ContentHash hash,
        List<Rule> rules,
        List<Agreement> agreements,
        Map<String, Instant> events) {

    /** @throws InvalidValueException naming every problem */
    public Policy {
        rules = List.copyOf(rules);
        agreements = List.copyOf(agreements);
        events = checked(events);
        var problems = new ArrayList<String>();
        if (number < 1) {
            problems.add("the number " + number + " is below 1");
        }
        if (rules.stream().noneMatch(rule -> rule.match().equals(Match.EVERYTHING))) {
            problems.add("no rule is for every product; add one without a match");
        }
        problems.addAll(doubles(rules, agreements));
        problems.addAll(ties(rules));
        for (var agreement : agreements) {
            if (agreement.partners().contains(agency)) {
                problems.add("agreement " + agreement.id() + " is with " + agency + " itself");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException("policy", String.join("; ", problems));
        }
    }

    private static Map<String, Instant> checked(Map<String, Instant> events) {
        var all = new TreeMap<String, Instant>();
        events.forEach((name, at) -> all.put(name, Instants.checked("event " + name, at)));
        return Map.copyOf(all);
    }

    private static List<String> doubles(List<Rule> rules, List<Agreement> agreements) {
        var problems = new ArrayList<String>();
        var ids = new HashSet<String>();
        rules.stream()
                .map(Rule::id)
                .filter(id -> !ids.add(id))
                .forEach(id -> problems.add("two rules have the id " + id));
        ids.clear();
        agreements.stream()
                .map(Agreement::id)
                .filter(id -> !ids.add(id))
                .forEach(id -> problems.add("two agreements have the id " + id));
        return problems;
    }

    /** Pairs of rules of which neither is more specific, although one product can meet both. */
    public static List<String> ties(List<Rule> rules) {
        var problems = new ArrayList<String>();
        for (int i = 0; i < rules.size(); i++) {
            for (int j = i + 1; j < rules.size(); j++) {
                var one = rules.get(i).match();
                var other = rules.get(j).match();
                if (one.ties(other)) {
                    problems.add("rules " + rules.get(i).id() + " and "
                            + rules.get(j).id() + " are equally specific and can meet the same product: " + one
                            + " and " + other);
                }
            }
        }
        return problems;
    }

    /**
     * The rules that hold for a product: the most specific of those it meets. More than one only for a product of several
     * missions or instruments; then the one that releases last counts.
     */
    public List<Rule> rulesFor(ProductDescription product) {
        var met = rules.stream().filter(rule -> rule.match().meets(product)).toList();
        var most = met.stream().mapToInt(rule -> rule.match().specificity()).max();
        var best = met.stream()
                .filter(rule -> most.isPresent() && rule.match().specificity() == most.getAsInt())
                .toList();
        return best.stream()
                .filter(rule -> best.stream().noneMatch(other -> other.match().isWithin(rule.match(), product)))
                .toList();
    }

    /** A planetary-defence rule that the product meets, if it meets one; it stands above more specific rules. */
    public Optional<Rule> planetaryDefence(ProductDescription product) {
        return rules.stream()
                .filter(Rule::planetaryDefence)
                .filter(rule -> rule.match().meets(product))
                .findFirst();
    }

    /** The agreements that a product falls under. */
    public List<Agreement> agreementsFor(ProductDescription product) {
        return agreements.stream()
                .filter(agreement -> agreement.match().meets(product))
                .toList();
    }

    /** When the mission event happened, if it has. */
    public Optional<Instant> event(String name) {
        return Optional.ofNullable(events.get(name));
    }
}
