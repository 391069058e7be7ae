package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.VersionState.Status;

/** Given what was said before, when one thing is said, then what follows. */
class EmbargoTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant DAY_BEFORE = T.minus(Duration.ofDays(1));

    private final Embargo embargo = new Embargo(Fixtures.NASA);
    private Product product = Product.unknown(Fixtures.LID);
    private long offset = 10;

    @Test
    void holdsWhatIsAnnouncedForLaterAndAnnouncesItPublicly() {
        var effects = say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(status("1.0")).isEqualTo(Status.HELD);
        assertThat(product.nextRelease()).contains(T);
        assertThat(verdicts(effects)).containsExactly(Verdict.HELD);
        assertThat(news(effects)).singleElement().isInstanceOfSatisfying(PublicEvent.Announced.class, announced -> {
            assertThat(announced.plannedReleaseAt()).isEqualTo(T);
            assertThat(announced.context()).hasSize(1);
        });
        assertThat(catalogue(effects)).singleElement().satisfies(entry -> {
            assertThat(entry.releaseAt()).isEqualTo(T);
            assertThat(entry.product()).isNotNull();
            assertThat(entry.publicRevision()).isEqualTo(1);
        });
        assertThat(accepted(effects)).satisfies(receipt -> {
            assertThat(receipt.firstOffset()).isEqualTo(10);
            assertThat(receipt.repeated()).isFalse();
            assertThat(receipt.releaseAt()).isEqualTo(T);
        });
    }

    @Test
    void saysNothingPubliclyOfAHiddenProductUntilItsRelease() {
        var held = say(DAY_BEFORE, Fixtures.announce(Fixtures.product("1.0"), Fixtures.at(T), Existence.HIDDEN));
        var later = say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(1))));
        var superseded = say(DAY_BEFORE, Fixtures.announce(Fixtures.product("2.0"), Fixtures.at(T), Existence.HIDDEN));

        assertThat(news(held)).isEmpty();
        assertThat(news(later)).isEmpty();
        assertThat(news(superseded)).isEmpty();
        assertThat(product.publicRevision()).isZero();
        assertThat(news(fence(T))).singleElement().isInstanceOf(PublicEvent.Released.class);
    }

    @Test
    void releasesAtTheInstantAndNotAMillisecondBefore() {
        say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(fence(T.minusMillis(1))).isEmpty();
        assertThat(status("1.0")).isEqualTo(Status.HELD);

        var effects = fence(T);

        assertThat(status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(verdicts(effects)).containsExactly(Verdict.RELEASED);
        assertThat(news(effects)).singleElement().isInstanceOfSatisfying(PublicEvent.Released.class, released -> {
            assertThat(released.releasedAt()).isEqualTo(T);
            assertThat(released.releaseAt()).isEqualTo(T);
            assertThat(released.explanation()).isEqualTo("fixed release date");
        });
        assertThat(fence(T.plusSeconds(1))).isEmpty();
    }

    @Test
    void aFenceBeforeTheCommandOpensNothing() {
        say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(embargo.release(product, Fixtures.cause(9, T.plusSeconds(60)))
                        .effects())
                .isEmpty();
        assertThat(embargo.release(product, Fixtures.cause(10, T.plusSeconds(60)))
                        .effects())
                .isEmpty();
    }

    @Test
    void releasesAtOnceWhatIsDueWhenItIsSaid() {
        var effects = say(T, Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(verdicts(effects)).containsExactly(Verdict.RELEASED);
        assertThat(accepted(effects).status()).isEqualTo(Status.PUBLIC);
        say(T, Fixtures.announce("2.0", Fixtures.at(T.minusMillis(1))));
        say(T, Fixtures.announce("3.0", Fixtures.atOnce()));
        assertThat(status("2.0")).isEqualTo(Status.PUBLIC);
        assertThat(status("3.0")).isEqualTo(Status.PUBLIC);
        say(T, Fixtures.announce("4.0", Fixtures.at(T.plusMillis(1))));
        assertThat(status("4.0")).isEqualTo(Status.HELD);
        assertThat(product.publicRevision()).isEqualTo(4);
    }

    @Test
    void theEarlierClockOfACommandCounts() {
        var command = Fixtures.announce("1.0", Fixtures.at(T));

        apply(embargo.decide(product, command, new Cause(0, offset++, T.plusSeconds(9), T.minusMillis(1))));

        assertThat(status("1.0")).isEqualTo(Status.HELD);
    }

    @Test
    void theSameAgainChangesNothingAndGivesTheSameReceipt() {
        say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        var before = product;

        var effects = say(T.plusSeconds(5), Fixtures.announce("1.0", Fixtures.at(T)));

        assertThat(product).isEqualTo(before);
        assertThat(verdicts(effects)).containsExactly(Verdict.REPEATED);
        assertThat(news(effects)).isEmpty();
        assertThat(catalogue(effects)).isEmpty();
        assertThat(accepted(effects).firstOffset()).isEqualTo(10);
        assertThat(accepted(effects).repeated()).isTrue();
        fence(T);
        assertThat(accepted(say(T, Fixtures.announce("1.0", Fixtures.at(T)))).firstOffset())
                .isEqualTo(10);
    }

    @Test
    void aHigherVersionSupersedesTheHeldOne() {
        say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        var effects = say(DAY_BEFORE, Fixtures.announce("1.1", Fixtures.at(T.plusSeconds(1))));

        assertThat(verdicts(effects)).containsExactly(Verdict.SUPERSEDED, Verdict.HELD);
        assertThat(news(effects))
                .extracting(Object::getClass)
                .containsExactly(PublicEvent.Cancelled.class, PublicEvent.Announced.class);
        assertThat(status("1.0")).isEqualTo(Status.SUPERSEDED);
        assertThat(product.held()).map(Product.Version::vid).contains(Vid.parse("1.1"));
        assertThat(fence(T)).isEmpty();
        assertThat(fence(T.plusSeconds(1))).isNotEmpty();
        assertThat(status("1.0")).isEqualTo(Status.SUPERSEDED);
    }

    @Test
    void aNewVersionLeavesThePublicOnePublic() {
        say(T, Fixtures.announce("1.0", Fixtures.atOnce()));
        say(T, Fixtures.announce("2.0", Fixtures.at(T.plusSeconds(1))));

        assertThat(status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(status("2.0")).isEqualTo(Status.HELD);
    }

    @Test
    void anExtensionIsHonouredAndAShorteningToo() {
        say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        var later = say(T.minusMillis(1), Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60))));

        assertThat(verdicts(later)).containsExactly(Verdict.RESCHEDULED);
        assertThat(news(later)).singleElement().isInstanceOf(PublicEvent.Announced.class);
        assertThat(accepted(later).firstOffset()).isEqualTo(10);
        assertThat(fence(T)).isEmpty();
        assertThat(fence(T.plusSeconds(59))).isEmpty();

        var sooner = say(T.plusSeconds(59), Fixtures.reschedule("1.0", Fixtures.at(T)));

        assertThat(verdicts(sooner)).containsExactly(Verdict.RESCHEDULED, Verdict.RELEASED);
        assertThat(status("1.0")).isEqualTo(Status.PUBLIC);
        assertThat(catalogue(sooner))
                .singleElement()
                .extracting(Effect.Catalogue::status)
                .isEqualTo(Status.PUBLIC);
        assertThat(schedules(sooner)).containsOnly(3);
    }

    @Test
    void reschedulingToTheSameInstantChangesNothing() {
        say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
        var before = product;

        assertThat(verdicts(say(DAY_BEFORE, Fixtures.reschedule("1.0", Fixtures.at(T)))))
                .containsExactly(Verdict.REPEATED);
        assertThat(product).isEqualTo(before);
    }

    @Test
    void aWithdrawalBeforeTheReleaseKeepsItFromHappening() {
        say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        var effects = say(T.minusMillis(1), Fixtures.withdraw("1.0"));

        assertThat(verdicts(effects)).containsExactly(Verdict.WITHDRAWN);
        assertThat(news(effects)).containsExactly(new PublicEvent.Cancelled());
        assertThat(catalogue(effects)).singleElement().satisfies(entry -> {
            assertThat(entry.product()).isNull();
            assertThat(entry.releaseAt()).isNull();
        });
        assertThat(fence(T)).isEmpty();
        assertThat(status("1.0")).isEqualTo(Status.WITHDRAWN);
    }

    @Test
    void aWithdrawalAfterTheReleaseIsAPublicRetraction() {
        say(T, Fixtures.announce("1.0", Fixtures.atOnce()));

        var effects = say(T, Fixtures.withdraw("1.0"));

        assertThat(verdicts(effects)).containsExactly(Verdict.RETRACTED);
        assertThat(news(effects)).containsExactly(new PublicEvent.Retracted("because"));
        assertThat(status("1.0")).isEqualTo(Status.RETRACTED);
        assertThat(product.publicRevision()).isEqualTo(2);
    }

    @Test
    void refusesForEveryReasonThatItKnows() {
        var given = EnumSet.noneOf(RefusalReason.class);
        var foreign = new Lidvid(new Lid("urn:esa:psa:x"), Vid.parse("1.0"));
        given.add(refusal(T, new Command.Withdraw(Fixtures.statement(), foreign), RefusalReason.NOT_YOUR_NAMESPACE));
        given.add(refusal(T, Fixtures.withdraw("1.0"), RefusalReason.UNKNOWN_PRODUCT));
        given.add(refusal(T, Fixtures.reschedule("1.0", Fixtures.atOnce()), RefusalReason.UNKNOWN_PRODUCT));
        var millisecond = Duration.ofMillis(1);
        for (var difference : List.of(Embargo.MAX_CLOCK_DIFFERENCE, Embargo.MAX_CLOCK_DIFFERENCE.negated())) {
            var wrong = T.plus(difference).plus(difference.isNegative() ? millisecond.negated() : millisecond);
            var decision =
                    embargo.decide(product, Fixtures.announce("1.0", Fixtures.atOnce()), new Cause(0, 1, T, wrong));
            assertThat(refused(decision.effects()).reason()).isEqualTo(RefusalReason.CLOCK_WRONG);
            given.add(RefusalReason.CLOCK_WRONG);
            var right = embargo.decide(
                    product, Fixtures.announce("1.0", Fixtures.atOnce()), new Cause(0, 1, T, T.plus(difference)));
            assertThat(right.effects()).noneMatch(Effect.Refuse.class::isInstance);
        }
        var document = Fixtures.product(Fixtures.id("1.0"), "x", null);
        given.add(refusal(
                T,
                Fixtures.announce(document, Fixtures.sinceStop("P1D"), Existence.PUBLIC),
                RefusalReason.MISSING_STOP_TIME));
        var tooFar =
                T.atOffset(java.time.ZoneOffset.UTC).plusYears(100).toInstant().plusMillis(1);
        given.add(refusal(T, Fixtures.announce("1.0", Fixtures.at(tooFar)), RefusalReason.RELEASE_TOO_FAR));

        say(DAY_BEFORE, Fixtures.announce("2.0", Fixtures.at(T)));
        given.add(refusal(T, Fixtures.announce("1.0", Fixtures.atOnce()), RefusalReason.NEWER_VERSION_HELD));
        given.add(refusal(
                T,
                Fixtures.announce(
                        Fixtures.product(Fixtures.id("2.0"), "other", Fixtures.STOP), Fixtures.at(T), Existence.PUBLIC),
                RefusalReason.CONTENT_CONFLICT));
        given.add(refusal(T, Fixtures.announce("2.0", Fixtures.atOnce()), RefusalReason.TERMS_CONFLICT));
        given.add(refusal(T, Fixtures.reschedule("2.0", Fixtures.at(tooFar)), RefusalReason.RELEASE_TOO_FAR));
        given.add(refusal(T, Fixtures.withdraw("1.0"), RefusalReason.UNKNOWN_PRODUCT));

        say(DAY_BEFORE, Fixtures.announce("3.0", Fixtures.at(T)));
        given.add(refusal(T, Fixtures.withdraw("2.0"), RefusalReason.ALREADY_SUPERSEDED));
        given.add(refusal(T, Fixtures.reschedule("2.0", Fixtures.atOnce()), RefusalReason.ALREADY_SUPERSEDED));

        say(DAY_BEFORE, Fixtures.withdraw("3.0"));
        given.add(refusal(T, Fixtures.withdraw("3.0"), RefusalReason.ALREADY_WITHDRAWN));
        given.add(refusal(T, Fixtures.reschedule("3.0", Fixtures.atOnce()), RefusalReason.ALREADY_WITHDRAWN));

        say(T, Fixtures.announce("4.0", Fixtures.atOnce()));
        given.add(refusal(T, Fixtures.reschedule("4.0", Fixtures.at(T.plusSeconds(9))), RefusalReason.ALREADY_PUBLIC));
        say(T, Fixtures.withdraw("4.0"));
        given.add(refusal(T, Fixtures.withdraw("4.0"), RefusalReason.ALREADY_RETRACTED));

        product = Product.unknown(Fixtures.LID);
        for (int minor = 0; minor < Embargo.MAX_VERSIONS; minor++) {
            say(T, Fixtures.announce("1." + minor, Fixtures.atOnce()));
        }
        given.add(refusal(T, Fixtures.announce("2.0", Fixtures.atOnce()), RefusalReason.TOO_MANY_VERSIONS));
        assertThat(verdicts(say(T, Fixtures.announce("1.7", Fixtures.atOnce()))))
                .containsExactly(Verdict.REPEATED);

        // What is left is found before the rules are asked: in the bytes, the key, the partition.
        assertThat(EnumSet.complementOf(given))
                .isEqualTo(Set.of(
                        RefusalReason.UNDECODABLE,
                        RefusalReason.UNKNOWN_SCHEMA,
                        RefusalReason.INVALID_FIELD,
                        RefusalReason.MISROUTED,
                        RefusalReason.TOO_LARGE));
    }

    @Test
    void anotherAgencysProductIsRefusedWithTheSameTextWhetherOrNotItExists() {
        var esa = new Embargo(new Agency(
                new AgencyId("esa"),
                "ESA",
                List.of(new Namespace("urn:esa:psa:")),
                Fixtures.atOnce(),
                Fixtures.atOnce()));
        say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));

        var existing = esa.decide(product, Fixtures.withdraw("1.0"), Fixtures.cause(1, T));
        var absent = esa.decide(Product.unknown(Fixtures.LID), Fixtures.withdraw("1.0"), Fixtures.cause(1, T));

        assertThat(refused(existing.effects())).isEqualTo(refused(absent.effects()));
    }

    @Test
    void takesReleasesExactlyACenturyAhead() {
        var century = T.atOffset(java.time.ZoneOffset.UTC).plusYears(100).toInstant();

        say(T, Fixtures.announce("1.0", Fixtures.at(century)));

        assertThat(product.nextRelease()).contains(century);
    }

    @Test
    void aPeriodSinceDeliveryStillCountsFromTheAnnouncementWhenRescheduled() {
        var aDay = new ReleaseTerms.ExclusivePeriod(Period.ofDays(1), ClockAnchor.DELIVERY);
        var aWeek = new ReleaseTerms.ExclusivePeriod(Period.ofDays(7), ClockAnchor.DELIVERY);
        say(T, Fixtures.announce("1.0", aDay));

        say(T.plus(Duration.ofHours(12)), Fixtures.reschedule("1.0", aWeek));

        assertThat(product.nextRelease()).contains(T.plus(Duration.ofDays(7)));
    }

    @Test
    void anAgencysClockThatIsBehindShortensNoPeriodSinceDelivery() {
        var aMonth = new ReleaseTerms.ExclusivePeriod(Period.ofMonths(1), ClockAnchor.DELIVERY);

        apply(embargo.decide(
                product, Fixtures.announce("1.0", aMonth), new Cause(0, offset++, T, T.minus(Duration.ofDays(7)))));

        assertThat(product.nextRelease()).contains(Instant.parse("2026-07-01T12:00:00Z"));
    }

    @Test
    void tellsWhenTheAgencysOwnArchiveReleasedIt() {
        var before = Instant.parse("2020-01-01T00:00:00Z");
        var command = new Command.Announce(
                Fixtures.statement(), Fixtures.product("1.0"), Fixtures.atOnce(), Existence.PUBLIC, before);

        assertThat(news(say(T, command)))
                .singleElement()
                .isInstanceOfSatisfying(
                        PublicEvent.Released.class,
                        released -> assertThat(released.archiveReleaseDate()).isEqualTo(Optional.of(before)));
    }

    @Test
    void aPeriodSinceTheAcquisitionIsNotLengthenedByALateDelivery() {
        say(T, Fixtures.announce("1.0", Fixtures.sinceStop("P1Y")));

        assertThat(product.nextRelease()).contains(Instant.parse("2027-01-01T10:01:00Z"));
        say(T, Fixtures.announce("2.0", new ReleaseTerms.ExclusivePeriod(Period.ofDays(1), ClockAnchor.DELIVERY)));
        assertThat(product.nextRelease()).contains(T.plus(Duration.ofDays(1)));
    }

    private List<Effect> say(Instant time, Command command) {
        return apply(embargo.decide(product, command, Fixtures.cause(offset++, time)));
    }

    private List<Effect> fence(Instant time) {
        return apply(embargo.release(product, Fixtures.cause(offset++, time)));
    }

    private List<Effect> apply(Decision decision) {
        product = decision.after();
        return decision.effects();
    }

    private RefusalReason refusal(Instant time, Command command, RefusalReason expected) {
        var before = product;
        var effects = say(time, command);
        assertThat(refused(effects).reason()).isEqualTo(expected);
        assertThat(refused(effects).explanation()).isNotBlank();
        assertThat(effects).hasSize(2);
        assertThat(journal(effects))
                .singleElement()
                .extracting(Effect.Journal::refusal)
                .isEqualTo(expected);
        assertThat(product).isEqualTo(before);
        return expected;
    }

    private Status status(String vid) {
        return product.version(Vid.parse(vid)).orElseThrow().state().status();
    }

    private static <E extends Effect> List<E> only(List<Effect> effects, Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<Effect.Journal> journal(List<Effect> effects) {
        return only(effects, Effect.Journal.class);
    }

    private static List<Verdict> verdicts(List<Effect> effects) {
        return journal(effects).stream().map(Effect.Journal::verdict).toList();
    }

    private static List<Integer> schedules(List<Effect> effects) {
        return journal(effects).stream().map(Effect.Journal::schedule).toList();
    }

    private static List<PublicEvent.News> news(List<Effect> effects) {
        return only(effects, Effect.Publish.class).stream()
                .map(publish -> publish.event().news())
                .toList();
    }

    private static List<Effect.Catalogue> catalogue(List<Effect> effects) {
        return only(effects, Effect.Catalogue.class);
    }

    private static Effect.Accept accepted(List<Effect> effects) {
        return only(effects, Effect.Accept.class).getFirst();
    }

    private static Effect.Refuse refused(List<Effect> effects) {
        return only(effects, Effect.Refuse.class).getFirst();
    }
}
