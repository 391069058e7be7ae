package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The rules against the reference model, over histories in which everything happens within a few milliseconds of a few
 * instants.
 */
class EmbargoModelTest {
    private static final Instant T = Instant.parse("2024-02-29T12:00:00Z");
    private static final List<Vid> VIDS = List.of(new Vid(1, 0), new Vid(1, 9), new Vid(1, 10), new Vid(2, 0));

    /** What may happen next; the clocks are in milliseconds since {@link #T}. */
    record Move(int kind, Vid vid, ReleaseTerms terms, boolean hidden, int content, long appended, long carried) {
        ReferenceModel.Said at(long offset) {
            var cause = new Cause(0, offset, T.plusMillis(appended), T.plusMillis(carried));
            return new ReferenceModel.Said(cause, command());
        }

        private @Nullable Command command() {
            var id = new Lidvid(Fixtures.LID, vid);
            return switch (kind) {
                case 0, 1, 2 -> null;
                case 3 -> new Command.Withdraw(Fixtures.statement(), id);
                case 4, 5 -> new Command.Reschedule(Fixtures.statement(), id, terms);
                default ->
                    Fixtures.announce(
                            Fixtures.product(
                                    id, "content " + content, content == 2 ? null : T.minus(Duration.ofDays(30))),
                            terms,
                            hidden ? Existence.HIDDEN : Existence.PUBLIC);
            };
        }
    }

    @Property(tries = 3_000)
    void decidesAsTheReferenceModelDoes(@ForAll("histories") List<Move> moves) {
        var history = history(moves);
        var model = new ReferenceModel(history);
        var embargo = new Embargo(Fixtures.NASA);
        var product = Product.unknown(Fixtures.LID);

        for (int i = 0; i < history.size(); i++) {
            var decision = decide(embargo, product, history.get(i));
            product = decision.after();

            assertThat(standings(product)).as("after input %s", i).isEqualTo(model.standings(i + 1));
            assertThat(refusal(decision)).as("refusal of input %s", i).isEqualTo(model.refusal(i));
        }
        product.versions().forEach(version -> Statistics.label("final state")
                .collect(version.state().status()));
    }

    @Property(tries = 2_000)
    void publishesWithoutAGapAndNothingEarly(@ForAll("histories") List<Move> moves) {
        var embargo = new Embargo(Fixtures.NASA);
        var product = Product.unknown(Fixtures.LID);
        var revision = 0;

        for (var said : history(moves)) {
            var before = product;
            var decision = decide(embargo, product, said);
            product = decision.after();
            for (var effect : decision.effects()) {
                if (effect instanceof Effect.Publish publish) {
                    assertThat(publish.event().revision()).isEqualTo(++revision);
                    if (publish.event().news() instanceof PublicEvent.Released released) {
                        assertThat(released.releasedAt()).isEqualTo(said.cause().appendTime());
                        assertThat(released.releaseAt())
                                .isBeforeOrEqualTo(said.cause().watermark());
                    }
                }
                if (effect instanceof Effect.Journal journal) {
                    assertThat(journal.cause()).isEqualTo(said.cause());
                }
            }
            assertThat(product.publicRevision()).isEqualTo(revision);
            assertThat(product.versions().stream().filter(v -> v.state() instanceof VersionState.Held))
                    .hasSizeLessThan(2);
            assertThat(product.versions())
                    .hasSizeGreaterThanOrEqualTo(before.versions().size());
            assertThat(product.versions()).isSortedAccordingTo((a, b) -> a.vid().compareTo(b.vid()));
        }
    }

    @Property(tries = 2_000)
    void whatIsSaidTwiceCountsOnce(@ForAll("histories") List<Move> moves) {
        var embargo = new Embargo(Fixtures.NASA);
        var product = Product.unknown(Fixtures.LID);

        for (var said : history(moves)) {
            product = decide(embargo, product, said).after();
            var again = decide(embargo, product, said);

            if (said.command() instanceof Command.Announce || said.command() == null) {
                assertThat(again.after()).isEqualTo(product);
                assertThat(again.effects()).noneMatch(Effect.Publish.class::isInstance);
            }
        }
    }

    @Property(tries = 2_000)
    void everyCommandIsAnsweredOnceAndEveryFenceNever(@ForAll("histories") List<Move> moves) {
        var embargo = new Embargo(Fixtures.NASA);
        var product = Product.unknown(Fixtures.LID);

        for (var said : history(moves)) {
            var decision = decide(embargo, product, said);
            product = decision.after();
            var answers = decision.effects().stream()
                    .filter(effect -> effect instanceof Effect.Accept || effect instanceof Effect.Refuse)
                    .toList();
            assertThat(answers).hasSize(said.command() == null ? 0 : 1);
            if (!answers.isEmpty() && answers.getFirst() instanceof Effect.Accept accept) {
                assertThat(accept.firstOffset())
                        .isEqualTo(
                                product.version(accept.id().vid()).orElseThrow().firstOffset());
            }
        }
    }

    private static Decision decide(Embargo embargo, Product product, ReferenceModel.Said said) {
        return said.command() == null
                ? embargo.release(product, said.cause())
                : embargo.decide(product, said.command(), said.cause());
    }

    private static Map<Vid, ReferenceModel.Standing> standings(Product product) {
        var all = new TreeMap<Vid, ReferenceModel.Standing>();
        for (var version : product.versions()) {
            var releaseAt = version.state() instanceof VersionState.Held held
                    ? held.plan().releaseAt()
                    : null;
            all.put(version.vid(), new ReferenceModel.Standing(version.state().status(), releaseAt));
        }
        return all;
    }

    private static @Nullable RefusalReason refusal(Decision decision) {
        return decision.effects().stream()
                .filter(Effect.Refuse.class::isInstance)
                .map(effect -> ((Effect.Refuse) effect).reason())
                .findFirst()
                .orElse(null);
    }

    private static List<ReferenceModel.Said> history(List<Move> moves) {
        var history = new ArrayList<ReferenceModel.Said>();
        for (var move : moves) {
            history.add(move.at(100 + history.size()));
        }
        return history;
    }

    @Provide
    Arbitrary<List<Move>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.of(VIDS),
                        terms(),
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 2)),
                        clock(),
                        clock())
                .as(Move::new)
                .list()
                .ofMaxSize(25);
    }

    private static Arbitrary<ReleaseTerms> terms() {
        return Arbitraries.oneOf(
                Arbitraries.just(Fixtures.atOnce()),
                clock().map(millis -> Fixtures.at(T.plusMillis(millis))),
                Arbitraries.of("P0D", "P30D", "P1M", "P29D", "P100Y").map(Fixtures::sinceStop),
                Arbitraries.of("P0D", "P1D", "P1Y")
                        .map(period -> new ReleaseTerms.ExclusivePeriod(Period.parse(period), ClockAnchor.DELIVERY)),
                Arbitraries.of(
                                "2124-02-28T12:00:00Z",
                                "2124-02-29T12:00:00Z",
                                "2124-02-29T12:00:00.001Z",
                                "9999-12-31T00:00:00Z")
                        .map(instant -> Fixtures.at(Instant.parse(instant))));
    }

    /** Around the instant, around a day later, or far away. */
    private static Arbitrary<Long> clock() {
        var day = Duration.ofDays(1).toMillis();
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(-2, 2)),
                Tuple.of(3, Arbitraries.longs().between(day - 1, day + 1)),
                Tuple.of(1, Arbitraries.longs().between(-400 * day, 400 * day)));
    }
}
