package space.halley.domain;

import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Valid values, with as little as possible to write down where a test does not care. */
final class Fixtures {
    static final Lid LID = new Lid("urn:nasa:pds:insight:data:p1");
    static final Instant STOP = Instant.parse("2026-01-01T10:01:00Z");
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    static final AgencyId ESA = new AgencyId("esa");
    static final AgencyId JAXA = new AgencyId("jaxa");
    static final AgencyId ISRO = new AgencyId("isro");
    static final Agency NASA = new Agency(new AgencyId("nasa"), "NASA", List.of(new Namespace("urn:nasa:pds:")));

    private Fixtures() {}

    static Lidvid id(String vid) {
        return new Lidvid(LID, Vid.parse(vid));
    }

    static ProductDescription product(String vid) {
        return product(id(vid), "content of " + vid, STOP);
    }

    static ProductDescription product(Lidvid id, String content, @Nullable Instant stop) {
        return product(id, content, stop, null, new ContextReference(ContextReference.Role.TARGET, "Mars", null));
    }

    static ProductDescription product(
            Lidvid id, String content, @Nullable Instant stop, @Nullable String level, ContextReference... context) {
        return new ProductDescription(
                id,
                "Product_Observational",
                "A title",
                null,
                null,
                level,
                null,
                stop,
                List.of(context),
                List.of(),
                null,
                new ProductDescription.Label("label.xml", 10, ContentHash.of(content)),
                List.of());
    }

    static ContextReference ofMission(String name) {
        return new ContextReference(
                ContextReference.Role.INVESTIGATION,
                name,
                new Lid("urn:nasa:pds:context:investigation:mission." + name.replace(' ', '_')));
    }

    static ContextReference ofInstrument(String name) {
        return new ContextReference(ContextReference.Role.INSTRUMENT, name, null);
    }

    static Command.Statement statement() {
        return new Command.Statement("c-1", "pipeline", "because");
    }

    static Command.Announce announce(String vid, ReleaseTerms terms) {
        return announce(product(vid), terms, Existence.PUBLIC);
    }

    static Command.Announce announce(ProductDescription product, ReleaseTerms terms, Existence existence) {
        return new Command.Announce(statement(), product, terms, existence, null);
    }

    /** An announcement with more than its product and terms. */
    static Command.Announce announce(
            ProductDescription product, ReleaseTerms terms, @Nullable Instant reception, boolean planetaryDefence) {
        return new Command.Announce(statement(), product, terms, Existence.PUBLIC, null, reception, planetaryDefence);
    }

    static Command.Reschedule reschedule(String vid, ReleaseTerms terms) {
        return new Command.Reschedule(statement(), id(vid), terms);
    }

    static Command.Waive waive(String vid) {
        return new Command.Waive(statement(), id(vid));
    }

    static Command.StateFact fact(String vid, Facts.Kind kind, Instant at) {
        return new Command.StateFact(statement(), id(vid), kind, at);
    }

    static Command.Withdraw withdraw(String vid) {
        return new Command.Withdraw(statement(), id(vid));
    }

    static ReleaseTerms at(Instant instant) {
        return new ReleaseTerms.FixedDate(instant);
    }

    static ReleaseTerms atOnce() {
        return new ReleaseTerms.AtOnce();
    }

    static ReleaseTerms byPolicy() {
        return new ReleaseTerms.ByPolicy();
    }

    static ReleaseTerms since(ClockAnchor anchor, String period) {
        return new ReleaseTerms.ExclusivePeriod(Period.parse(period), anchor);
    }

    static ReleaseTerms sinceStop(String period) {
        return since(ClockAnchor.ACQUISITION_STOP, period);
    }

    static Match mission(String... names) {
        return new Match(Set.of(names), Set.of(), Set.of(), Set.of(), Set.of());
    }

    static Match instrument(String... names) {
        return new Match(Set.of(), Set.of(names), Set.of(), Set.of(), Set.of());
    }

    static Match level(String... names) {
        return new Match(Set.of(), Set.of(), Set.of(names), Set.of(), Set.of());
    }

    static Match collection(String... lids) {
        return new Match(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(lids));
    }

    static Rule rule(String id, Match match, ReleaseTerms terms) {
        return rule(id, match, terms, false, false);
    }

    static Rule rule(String id, Match match, ReleaseTerms terms, boolean review, boolean planetaryDefence) {
        return new Rule(
                id,
                "owner of " + id,
                match,
                terms,
                review,
                planetaryDefence,
                "https://example.org/policy",
                Rule.Confidence.READ);
    }

    static Agreement agreement(String id, Match match, ReleaseTerms terms, AgencyId... partners) {
        return new Agreement(id, match, List.of(partners), terms, "https://example.org/agreement");
    }

    /** A policy of one rule for everything. */
    static Policy policy(int number, ReleaseTerms terms, Agreement... agreements) {
        return policy(number, List.of(rule("all", Match.EVERYTHING, terms)), List.of(agreements), Map.of());
    }

    static Policy policy(int number, Rule... rules) {
        return policy(number, List.of(rules), List.of(), Map.of());
    }

    static Policy policy(int number, List<Rule> rules, List<Agreement> agreements, Map<String, Instant> events) {
        return new Policy(NASA.id(), number, ContentHash.of("policy " + number), rules, agreements, events);
    }

    /** What is delivered for the first time. */
    static ReleasePlanner.Subject subject(
            ProductDescription product, ReleaseTerms announced, Facts facts, Instant deliveredAt) {
        return new ReleasePlanner.Subject(
                product,
                new Delivery(deliveredAt, announced, Optional.empty(), List.of()),
                announced instanceof ReleaseTerms.ByPolicy,
                false,
                facts,
                deliveredAt,
                Optional.empty(),
                false);
    }

    /** A place where both clocks agree. */
    static Cause cause(long offset, Instant time) {
        return new Cause(0, offset, time, time);
    }

    /** All orders of these, which are all different. */
    static <T> Stream<List<T>> permutations(List<T> all) {
        if (all.isEmpty()) {
            return Stream.of(List.of());
        }
        return all.stream().flatMap(first -> {
            var rest = all.stream().filter(other -> !other.equals(first)).toList();
            return permutations(rest).map(order -> Stream.concat(Stream.of(first), order.stream())
                    .toList());
        });
    }
}
