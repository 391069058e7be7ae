package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import space.halley.domain.Effect.Verdict;

/** The rules against the reference model, over random histories, and what must be true of every history. */
class EmbargoModelTest {

    @Property
    void decidesAsTheReferenceModelDoes(@ForAll("histories") List<ReferenceModel.Said> history) {
        var model = new ReferenceModel(history);
        var one = new OneProduct();

        for (int i = 0; i < history.size(); i++) {
            var outcome = one.take(history.get(i));

            assertThat(standings(one.product())).as("after input %s", i).isEqualTo(model.standings(i + 1));
            assertThat(outcome.refusal()).as("refusal of input %s", i).isEqualTo(model.refusal(i));
            var held = one.product().held();
            if (held.isPresent()) {
                var late = one.held().delivery().late();
                assertThat(late)
                        .as("whether what is held after input %s is late", i)
                        .isEqualTo(model.late(held.get().vid(), i));
                assertThat(one.plan().grounds().late()).isEqualTo(late.orElse(false));
                Statistics.label("late").collect(late);
            }
            for (var entry : outcome.journal()) {
                if (entry.verdict() == Verdict.RELEASED) {
                    assertThat(entry.grounds().late())
                            .as("whether input %s is late", i)
                            .isEqualTo(model.late(entry.id().vid(), i).orElse(false));
                }
                Statistics.label("verdicts").collect(entry.verdict());
            }
        }
        one.product().versions().forEach(version -> Statistics.label("final state")
                .collect(version.state().status()));
    }

    @Property
    void publishesWithoutAGapAndNothingEarly(@ForAll("histories") List<ReferenceModel.Said> history) {
        var one = new OneProduct();
        var revision = 0;
        var released = new ArrayList<Vid>();

        for (var said : history) {
            var before = one.product();
            var outcome = one.take(said);
            for (var effect : outcome.effects()) {
                if (effect instanceof Effect.Publish publish) {
                    assertThat(publish.event().revision()).isEqualTo(++revision);
                    if (publish.event().news() instanceof PublicEvent.Released news) {
                        assertThat(news.releasedAt()).isEqualTo(said.cause().appendTime());
                        assertThat(news.releaseAt())
                                .isBeforeOrEqualTo(said.cause().watermark());
                        assertThat(released).doesNotContain(publish.event().id().vid());
                        released.add(publish.event().id().vid());
                    }
                }
                if (effect instanceof Effect.Journal journal) {
                    assertThat(journal.cause()).isEqualTo(said.cause());
                    assertThat(journal.publicRevision()).isEqualTo(revision);
                }
            }
            assertThat(one.product().publicRevision()).isEqualTo(revision);
            assertThat(one.product().versions().stream().filter(v -> v.state() instanceof VersionState.Held))
                    .hasSizeLessThan(2);
            assertThat(one.product().versions())
                    .hasSizeGreaterThanOrEqualTo(before.versions().size());
            assertThat(one.product().versions())
                    .isSortedAccordingTo((a, b) -> a.vid().compareTo(b.vid()));
        }
    }

    @Property
    void aFenceReleasesAtTheInstantThatWasInForce(@ForAll("histories") List<ReferenceModel.Said> history) {
        var one = new OneProduct();

        for (var said : history) {
            var before = one.product();
            var outcome = one.take(said);
            if (said.command() == null
                    && said.policy() == null
                    && !outcome.news().isEmpty()) {
                var planned = ((VersionState.Held) before.held().orElseThrow().state()).plan();
                assertThat(outcome.news())
                        .singleElement()
                        .isInstanceOfSatisfying(PublicEvent.Released.class, news -> assertThat(planned.releaseAt())
                                .contains(news.releaseAt()));
            }
        }
    }

    @Property
    void sharesWithEveryPartnerOnceAndNeverBeforeItsTurn(@ForAll("histories") List<ReferenceModel.Said> history) {
        var one = new OneProduct();
        var has = new HashMap<String, Boolean>();

        for (var said : history) {
            for (var event : one.take(said).partners()) {
                var recipient = event.id() + " " + event.recipient();
                switch (event.news()) {
                    case PartnerEvent.Shared shared -> {
                        assertThat(event.number()).isEqualTo(1);
                        assertThat(has).doesNotContainKey(recipient);
                        assertThat(shared.opensAt())
                                .isBeforeOrEqualTo(said.cause().watermark());
                        assertThat(shared.sharedAt()).isEqualTo(said.cause().appendTime());
                        has.put(recipient, true);
                    }
                    case PartnerEvent.TakenBack back -> {
                        assertThat(event.number()).isEqualTo(2);
                        assertThat(has.put(recipient, false)).isTrue();
                    }
                }
            }
        }
    }

    @Property
    void theJournalSaysWhatIsMissingAndOnlyThen(@ForAll("histories") List<ReferenceModel.Said> history) {
        var one = new OneProduct();

        for (var said : history) {
            for (var entry : one.take(said).journal()) {
                var isOfAHeldVersion = entry.terms() != null && entry.verdict() != Verdict.RELEASED;
                assertThat(entry.grounds().missing().isPresent())
                        .as("%s", entry)
                        .isEqualTo(isOfAHeldVersion && entry.releaseAt() == null);
                assertThat(entry.grounds().sentence()).isNotBlank();
            }
        }
    }

    @Property
    void theLastEntryOfTheJournalSaysWhoWaits(@ForAll("histories") List<ReferenceModel.Said> history) {
        var one = new OneProduct();
        var last = new HashMap<Vid, Effect.Journal>();

        for (var said : history) {
            for (var entry : one.take(said).journal()) {
                if (entry.schedule() > 0) {
                    last.put(entry.id().vid(), entry);
                }
                if (entry.schedule() == 0 || entry.verdict() == Verdict.RELEASED) {
                    assertThat(entry.waiting()).as("%s", entry).isEmpty();
                }
                entry.waiting().forEach(turn -> Statistics.label("missing").collect(turn.missing()));
            }
            one.product().held().ifPresent(version -> {
                var held = (VersionState.Held) version.state();
                assertThat(Objects.requireNonNull(last.get(version.vid())).waiting())
                        .isEqualTo(held.plan().waiting(Instant.MIN, held.opened()));
            });
        }
    }

    @Property
    void whatIsSaidTwiceCountsOnce(@ForAll("histories") List<ReferenceModel.Said> history) {
        var one = new OneProduct();

        for (var said : history) {
            one.take(said);
            var before = one.product();
            var again = one.take(said);

            assertThat(again.news()).isEmpty();
            assertThat(again.partners()).isEmpty();
            assertThat(one.product()).isEqualTo(before);
            if (said.command() == null) {
                assertThat(again.isNothing()).isTrue();
            }
        }
    }

    @Property
    void everyCommandIsAnsweredOnceAndNothingElseIs(@ForAll("histories") List<ReferenceModel.Said> history) {
        var one = new OneProduct();

        for (var said : history) {
            var outcome = one.take(said);
            var answers = outcome.effects().stream()
                    .filter(effect -> effect instanceof Effect.Accept || effect instanceof Effect.Refuse)
                    .toList();
            assertThat(answers).hasSize(said.command() == null ? 0 : 1);
            if (!answers.isEmpty() && answers.getFirst() instanceof Effect.Accept accept) {
                assertThat(accept.firstOffset())
                        .isEqualTo(one.product()
                                .version(accept.id().vid())
                                .orElseThrow()
                                .announced()
                                .firstOffset());
            }
        }
    }

    /** Lanes and the auditor ask of a fence only the products of which something is due. */
    @Property
    void aFenceOpensSomethingExactlyIfItReachesTheNextInstant(@ForAll("histories") List<ReferenceModel.Said> history) {
        var one = new OneProduct();

        for (var said : history) {
            var next = one.product().next();
            var outcome = one.take(said);
            if (said.command() == null && said.policy() == null) {
                var due = next.isPresent() && !next.get().isAfter(said.cause().watermark());
                assertThat(outcome.isNothing()).isEqualTo(!due);
            }
        }
    }

    @Property
    void theCatalogueIsAFoldOfItsRecords(@ForAll("histories") List<ReferenceModel.Said> history) {
        var one = new OneProduct();
        var catalogue = new TreeMap<Vid, Effect.Catalogue>();

        for (var said : history) {
            one.take(said).catalogue().forEach(entry -> catalogue.put(entry.id().vid(), entry));
            assertThat(catalogue).hasSize(one.product().versions().size());
            for (var version : one.product().versions()) {
                var entry = Objects.requireNonNull(catalogue.get(version.vid()));
                assertThat(entry.status()).isEqualTo(version.state().status());
                if (version.state() instanceof VersionState.Held held) {
                    assertThat(entry.releaseAt()).isEqualTo(held.plan().releaseAt());
                    assertThat(entry.explanation())
                            .isEqualTo(held.plan().grounds().sentence());
                    assertThat(entry.product()).isEqualTo(held.product());
                }
            }
        }
    }

    private static Map<Vid, ReferenceModel.Standing> standings(Product product) {
        var all = new TreeMap<Vid, ReferenceModel.Standing>();
        for (var version : product.versions()) {
            var status = version.state().status();
            all.put(
                    version.vid(),
                    version.state() instanceof VersionState.Held held
                            ? new ReferenceModel.Standing(
                                    status,
                                    held.plan().releaseAt().orElse(null),
                                    held.opened(),
                                    waiting(held.plan().waiting(Instant.MIN, held.opened())),
                                    product.next().orElse(null))
                            : ReferenceModel.Standing.settled(status));
        }
        return all;
    }

    private static Set<String> waiting(List<ReleasePlan.Waiting> turns) {
        return turns.stream()
                .map(turn -> turn.recipient() + " by " + turn.agreement())
                .collect(Collectors.toSet());
    }

    @Provide
    Arbitrary<List<ReferenceModel.Said>> histories() {
        return Histories.all();
    }
}
