package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import space.halley.domain.VersionState.Status;

/**
 * What can happen to a held product, a millisecond before its instant, at it and a millisecond after it, in every order,
 * once, twice, and all of it once more.
 */
class ChangesAtTheInstantTest {
    private static final Instant T = Fixtures.NOON;
    private static final Vid VID = Vid.parse("1.0");

    private enum Event {
        FENCE,
        EXTEND,
        ADVANCE,
        WITHDRAW,
        SUPERSEDE;

        ReferenceModel.Said at(long offset, Instant time) {
            var command =
                    switch (this) {
                        case FENCE -> null;
                        case EXTEND -> Fixtures.reschedule("1.0", Fixtures.at(T.plusSeconds(60)));
                        case ADVANCE -> Fixtures.reschedule("1.0", Fixtures.at(T.minusMillis(1)));
                        case WITHDRAW -> Fixtures.withdraw("1.0");
                        case SUPERSEDE -> Fixtures.announce("1.1", Fixtures.at(T.plusMillis(1)));
                    };
            return new ReferenceModel.Said(Fixtures.cause(offset, time), command, null);
        }
    }

    /** 120 orders of 3 times each for every one of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyOrderIsDecidedAsTheReferenceModelDoes(int repeats) {
        orders().forEach(order -> times(order.size()).forEach(times -> {
            var history = history(order, times, repeats);
            var model = new ReferenceModel(history);
            var one = new OneProduct();
            for (int i = 0; i < history.size(); i++) {
                var outcome = one.take(history.get(i));
                assertThat(outcome.refusal()).as("%s", history).isEqualTo(model.refusal(i));
            }
            model.standings(history.size()).forEach((vid, standing) -> assertThat(one.status(vid.toString()))
                    .as("%s", history)
                    .isEqualTo(standing.status()));
        }));
    }

    @Test
    void noOrderReleasesEarlyOrTwiceOrWhatWasTakenBack() {
        orders().forEach(order -> times(order.size()).forEach(times -> {
            var one = new OneProduct();
            var revision = 0;
            var released = 0;
            var over = false;
            for (var said : history(order, times, 2)) {
                for (var effect : one.take(said).effects()) {
                    if (effect instanceof Effect.Publish publish) {
                        assertThat(publish.event().revision()).isEqualTo(++revision);
                        if (publish.event().id().vid().equals(VID)
                                && publish.event().news() instanceof PublicEvent.Released news) {
                            assertThat(news.releaseAt())
                                    .isBeforeOrEqualTo(said.cause().watermark());
                            assertThat(over).as("taken back before").isFalse();
                            released++;
                        }
                    }
                }
                over |= one.status("1.0") == Status.WITHDRAWN || one.status("1.0") == Status.SUPERSEDED;
            }
            assertThat(released).isLessThan(2);
        }));
    }

    /** A withdrawal or an extension that stands before whatever could have opened the product is honoured. */
    @Test
    void nothingOvertakesAWithdrawalOrAnExtension() {
        for (var time : List.of(T.minusMillis(1), T, T.plusMillis(1))) {
            for (var first : List.of(Event.WITHDRAW, Event.EXTEND)) {
                var one = held();
                one.take(first.at(1, time));
                for (var fence : List.of(T.minusMillis(1), T, T.plusMillis(1), T.plusSeconds(59))) {
                    assertThat(one.take(Event.FENCE.at(2, fence)).isNothing()).isTrue();
                }
            }
        }
    }

    /** Whoever says the whole day's commands again, at their times or later, changes nothing. */
    @Test
    void aDayThatIsReplayedChangesNothing() {
        orders().forEach(order -> times(order.size()).forEach(times -> {
            var one = new OneProduct();
            var history = history(order, times, 1);
            history.forEach(one::take);
            var before = one.product();

            for (var said : history) {
                if (said.command() != null) {
                    var offset = history.size() + said.cause().offset();
                    var cause = Fixtures.cause(offset, said.cause().appendTime());
                    var again = one.take(new ReferenceModel.Said(cause, said.command(), null));
                    assertThat(again.news()).isEmpty();
                    assertThat(one.product()).as("%s", history).isEqualTo(before);
                }
            }
        }));
    }

    @Test
    void otherContentUnderTheSameVersionIsRefusedWhereverItStands() {
        var other = Fixtures.announce(
                Fixtures.product(Fixtures.id("1.0"), "other", Fixtures.STOP), Fixtures.at(T), Existence.PUBLIC);
        for (var order : orders().toList()) {
            var one = new OneProduct();
            var offset = 100;
            for (var said : history(order, List.of(T, T, T, T, T), 1)) {
                one.take(said);
                var before = one.product();
                var outcome = one.take(new ReferenceModel.Said(Fixtures.cause(++offset, T), other, null));
                assertThat(outcome.refusal()).isEqualTo(RefusalReason.CONTENT_CONFLICT);
                assertThat(one.product()).isEqualTo(before);
            }
        }
    }

    private static OneProduct held() {
        var one = new OneProduct();
        one.take(announcement());
        return one;
    }

    private static ReferenceModel.Said announcement() {
        var command = Fixtures.announce("1.0", Fixtures.at(T));
        return new ReferenceModel.Said(Fixtures.cause(0, T.minus(Duration.ofDays(9))), command, null);
    }

    private static List<ReferenceModel.Said> history(List<Event> order, List<Instant> times, int repeats) {
        var history = new ArrayList<ReferenceModel.Said>();
        history.add(announcement());
        for (int i = 0; i < order.size(); i++) {
            for (int n = 0; n < repeats; n++) {
                history.add(order.get(i).at(history.size(), times.get(i)));
            }
        }
        return history;
    }

    private static Stream<List<Event>> orders() {
        return Fixtures.permutations(List.of(Event.values()));
    }

    /** Every choice of the three times for so many events. */
    private static Stream<List<Instant>> times(int count) {
        if (count == 0) {
            return Stream.of(List.of());
        }
        return times(count - 1).flatMap(rest -> Stream.of(T.minusMillis(1), T, T.plusMillis(1))
                .map(time -> Stream.concat(rest.stream(), Stream.of(time)).toList()));
    }
}
