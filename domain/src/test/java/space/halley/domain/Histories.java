package space.halley.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Random histories of one product, in which everything happens within a few milliseconds of a few instants: terms, facts,
 * windows, mission events, agreements and reviews all lead to {@link #T} or a day later, as do the clocks.
 */
final class Histories {
    /** The end of a month, in a leap year, at which acquisition windows end. */
    static final Instant T = Instant.parse("2024-02-29T00:00:00Z");

    /** Thirty days before, and by the calendar one month before. */
    private static final Instant STOP = Instant.parse("2024-01-30T00:00:00Z");

    private static final List<Vid> VIDS = List.of(new Vid(1, 0), new Vid(1, 9), new Vid(1, 10), new Vid(2, 0));

    private Histories() {}

    /** One input after another, each at its own offset, and policies numbered in their order. */
    static Arbitrary<List<ReferenceModel.Said>> all() {
        var announcement = Combinators.combine(cause(), announce(id()))
                .as((cause, command) -> new ReferenceModel.Said(cause, command, null));
        return Combinators.combine(
                        newPolicy().injectNull(0.3),
                        announcement,
                        input().list().ofMaxSize(22))
                .as((policy, first, rest) -> {
                    var all = new ArrayList<>(present(policy, first));
                    all.addAll(rest);
                    return numbered(all);
                });
    }

    private static List<ReferenceModel.Said> numbered(List<ReferenceModel.Said> inputs) {
        var history = new ArrayList<ReferenceModel.Said>();
        Policy last = null;
        for (var input : inputs) {
            var cause = new Cause(
                    0,
                    100 + history.size(),
                    input.cause().appendTime(),
                    input.cause().carriedClock());
            var policy = input.policy();
            if (policy != null) {
                last = next(last, policy);
            }
            history.add(new ReferenceModel.Said(cause, input.command(), policy == null ? null : last));
        }
        return history;
    }

    /** Some versions of a policy only change the agreements. */
    private static Policy next(@Nullable Policy last, Policy drawn) {
        if (last == null) {
            return drawn;
        }
        var rules = drawn.events().size() < 2 ? last : drawn;
        return Fixtures.policy(last.number() + 1, rules.rules(), drawn.agreements(), rules.events());
    }

    private static Arbitrary<ReferenceModel.Said> input() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, cause().map(cause -> new ReferenceModel.Said(cause, null, null))),
                Tuple.of(3, newPolicy()),
                Tuple.of(
                        12,
                        Combinators.combine(cause(), command())
                                .as((cause, command) -> new ReferenceModel.Said(cause, command, null))));
    }

    private static Arbitrary<ReferenceModel.Said> newPolicy() {
        return Combinators.combine(cause(), policy())
                .as((cause, policy) -> new ReferenceModel.Said(cause, null, policy));
    }

    private static Arbitrary<Lidvid> id() {
        return Arbitraries.frequency(
                        Tuple.of(9, VIDS.get(1)),
                        Tuple.of(1, VIDS.get(0)),
                        Tuple.of(2, VIDS.get(2)),
                        Tuple.of(1, VIDS.get(3)))
                .map(vid -> new Lidvid(Fixtures.LID, vid));
    }

    private static Arbitrary<Cause> cause() {
        return Combinators.combine(clock(), clock())
                .as((appended, carried) -> new Cause(0, 0, T.plusMillis(appended), T.plusMillis(carried)));
    }

    private static Arbitrary<Command> command() {
        var id = id();
        var statement = Fixtures.statement();
        var reschedule = Combinators.combine(id, terms(true))
                .as((one, terms) -> (Command) new Command.Reschedule(statement, one, terms));
        var fact = Combinators.combine(id, Arbitraries.of(Facts.Kind.class), factTime())
                .as((one, kind, at) -> (Command) new Command.StateFact(statement, one, kind, at));
        return Arbitraries.frequencyOf(
                Tuple.of(4, announce(id)),
                Tuple.of(3, reschedule),
                Tuple.of(4, fact),
                Tuple.of(1, id.map(one -> (Command) new Command.Waive(statement, one))),
                Tuple.of(1, id.map(one -> (Command) new Command.Withdraw(statement, one))));
    }

    private static Arbitrary<Command> announce(Arbitrary<Lidvid> id) {
        return Combinators.combine(
                        Combinators.combine(id, Arbitraries.integers().between(0, 9))
                                .as(Histories::product),
                        terms(true),
                        Arbitraries.of(Existence.class),
                        factTime().injectNull(0.7),
                        Arbitraries.frequency(Tuple.of(15, false), Tuple.of(1, true)))
                .as((product, terms, existence, reception, defence) -> (Command) new Command.Announce(
                        Fixtures.statement(), product, terms, existence, null, reception, defence));
    }

    /** Mostly the same product; rarely one with other instruments, another level, or without a stop time. */
    private static ProductDescription product(Lidvid id, int kind) {
        var content = "content " + id.vid() + (kind == 9 ? " changed" : "");
        var mission = Fixtures.ofMission("Hera");
        var camera = Fixtures.ofInstrument("AFC");
        var radar = Fixtures.ofInstrument("JuRa");
        // The level follows from the version, since a version that is announced twice mostly says the same.
        var level = id.vid().minor() == 10 ? "Raw" : null;
        return switch (kind) {
            case 6 -> Fixtures.product(id, "radar", STOP, level, mission, radar);
            case 7 -> Fixtures.product(id, "both", STOP, level, mission, camera, radar);
            case 8 -> Fixtures.product(id, "document", null, level, mission);
            default -> Fixtures.product(id, content, STOP, level, mission, camera);
        };
    }

    private static Arbitrary<Policy> policy() {
        var rules = Combinators.combine(
                        rule("all", Match.EVERYTHING),
                        rule("mission", Fixtures.mission("mission.hera")).injectNull(0.8),
                        rule("afc", Fixtures.instrument("afc")).injectNull(0.7),
                        rule("jura", Fixtures.instrument("jura")).injectNull(0.7),
                        rule("afc-raw", new Match(Set.of(), Set.of("afc"), Set.of("raw"), Set.of(), Set.of()))
                                .injectNull(0.8),
                        rule(
                                        "bundle",
                                        new Match(
                                                Set.of("hera"),
                                                Set.of(),
                                                Set.of(),
                                                Set.of(),
                                                Set.of("urn:nasa:pds:insight")))
                                .injectNull(0.8))
                .as((all, mission, afc, jura, raw, bundle) -> present(all, mission, afc, jura, raw, bundle));
        var agreements = Combinators.combine(
                        agreement("a", Match.EVERYTHING).injectNull(0.5),
                        agreement("b", Fixtures.instrument("jura")).injectNull(0.7),
                        agreement("c", Fixtures.mission("hera")).injectNull(0.7))
                .as((a, b, c) -> present(a, b, c));
        var events = Combinators.combine(factTime().injectNull(0.5), factTime().injectNull(0.5))
                .as((landing, end) -> {
                    var all = new HashMap<String, Instant>();
                    if (landing != null) {
                        all.put("landing", landing);
                    }
                    if (end != null) {
                        all.put("end", end);
                    }
                    return Map.copyOf(all);
                });
        return Combinators.combine(rules, agreements, events)
                .as((some, others, when) -> Fixtures.policy(1, some, others, when));
    }

    private static Arbitrary<Rule> rule(String id, Match match) {
        return Combinators.combine(
                        terms(false),
                        Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)),
                        Arbitraries.frequency(Tuple.of(30, false), Tuple.of(1, true)))
                .as((terms, review, defence) -> Fixtures.rule(id, match, terms, review, defence));
    }

    private static Arbitrary<Agreement> agreement(String id, Match match) {
        return Combinators.combine(
                        terms(false), Arbitraries.of(List.of(Fixtures.ESA), List.of(Fixtures.JAXA, Fixtures.ESA)))
                .as((terms, partners) -> Fixtures.agreement(id, match, terms, partners.toArray(AgencyId[]::new)));
    }

    private static Arbitrary<ReleaseTerms> terms(boolean ofAProduct) {
        var anchored = Arbitraries.of(
                        ClockAnchor.ACQUISITION_STOP,
                        ClockAnchor.RECEPTION,
                        new ClockAnchor.MissionEvent("landing"),
                        new ClockAnchor.MissionEvent("end"))
                .flatMap(anchor -> Arbitraries.of("P30D", "P1M", "P31D", "P0D", "P100Y")
                        .map(period -> Fixtures.since(anchor, period)));
        var delivered = Arbitraries.of("P0D", "P1D", "P1Y").map(period -> Fixtures.since(ClockAnchor.DELIVERY, period));
        var windows = Arbitraries.of("2023-11-30", "2023-11-29", "2024-01-31", "2024-01-30")
                .flatMap(since -> Arbitraries.of(1, 3)
                        .map(months ->
                                Fixtures.since(new ClockAnchor.WindowEnd(LocalDate.parse(since), months), "P0D")));
        var dates = Arbitraries.frequencyOf(
                Tuple.of(9, clock().map(millis -> Fixtures.at(T.plusMillis(millis)))),
                Tuple.of(
                        1,
                        Arbitraries.of("2124-02-28T00:00:00Z", "2124-02-29T00:00:00.001Z", "9999-12-31T00:00:00Z")
                                .map(instant -> Fixtures.at(Instant.parse(instant)))));
        return Arbitraries.frequencyOf(
                Tuple.of(ofAProduct ? 8 : 1, Arbitraries.just(ofAProduct ? Fixtures.byPolicy() : Fixtures.atOnce())),
                Tuple.of(1, Arbitraries.just(Fixtures.atOnce())),
                Tuple.of(4, dates),
                Tuple.of(4, anchored),
                Tuple.of(2, delivered),
                Tuple.of(2, windows));
    }

    /** Around the instant, or a month or thirty days before it. */
    private static Arbitrary<Instant> factTime() {
        return Combinators.combine(
                        Arbitraries.of(T, STOP, STOP), Arbitraries.longs().between(-2, 2))
                .as((instant, millis) -> instant.plusMillis(millis));
    }

    /** Around the instant, around a day later, or far away. */
    private static Arbitrary<Long> clock() {
        var day = Duration.ofDays(1).toMillis();
        return Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.longs().between(-2, 2)),
                Tuple.of(12, Arbitraries.longs().between(-3 * day, -2 * day)),
                Tuple.of(4, Arbitraries.longs().between(day - 1, day + 1)),
                Tuple.of(1, Arbitraries.longs().between(-400 * day, 400 * day)));
    }

    @SafeVarargs
    private static <T> List<T> present(@Nullable T... values) {
        return Stream.of(values).filter(Objects::nonNull).toList();
    }
}
