package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can happen to a held product when a partner's turn comes: a millisecond before it, at it and a millisecond after it, in every order. */
class TurnsAtTheInstantTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant LATER = T.plusSeconds(60);
    private static final ReleaseTerms RELEASE = Fixtures.at(T.plus(Duration.ofHours(1)));

    private enum Event {
        FENCE,
        POSTPONE,
        WAIVE,
        WITHDRAW,
        SUPERSEDE
    }

    private record Said(Event event, Instant time) {}

    @Test
    void everyOrderTellsThePartnerWhatTheTurnsSay() {
        Fixtures.permutations(List.of(Event.values()))
                .forEach(order -> times(order.size()).forEach(times -> {
                    var history = new ArrayList<Said>();
                    for (int i = 0; i < order.size(); i++) {
                        history.add(new Said(order.get(i), times.get(i)));
                    }
                    history.add(new Said(Event.FENCE, LATER.minusMillis(1)));
                    history.add(new Said(Event.FENCE, LATER));

                    assertThat(told(history)).as("%s", history).isEqualTo(expected(history));
                }));
    }

    private static List<String> told(List<Said> history) {
        var one = OneProduct.under(policy(1, T));
        one.say(T.minus(Duration.ofDays(1)), Fixtures.announce("1.0", Fixtures.byPolicy()));
        var told = new ArrayList<String>();
        for (var said : history) {
            var outcome =
                    switch (said.event) {
                        case FENCE -> one.fence(said.time);
                        case POSTPONE -> one.policy(said.time, policy(2, LATER));
                        case WAIVE -> one.say(said.time, Fixtures.waive("1.0"));
                        case WITHDRAW -> one.say(said.time, Fixtures.withdraw("1.0"));
                        case SUPERSEDE -> one.say(said.time, Fixtures.announce("1.1", Fixtures.byPolicy()));
                    };
            outcome.partners()
                    .forEach(event -> told.add((event.news() instanceof PartnerEvent.Shared ? "shared " : "taken back ")
                            + event.id().vid() + " at " + said.time));
        }
        return told;
    }

    /** Said once more in other words: one version is held at most, a partner is told of it once, and of its end if it was told. */
    private static List<String> expected(List<Said> history) {
        var told = new ArrayList<String>();
        Set<String> shared = new HashSet<>();
        var turn = T;
        @Nullable String held = "1.0";
        for (var said : history) {
            switch (said.event) {
                case FENCE -> {}
                case POSTPONE -> turn = LATER;
                case WAIVE -> held = "1.0".equals(held) ? null : held;
                case WITHDRAW, SUPERSEDE -> {
                    if ("1.0".equals(held)) {
                        if (shared.contains(held)) {
                            told.add("taken back 1.0 at " + said.time);
                        }
                        held = null;
                    }
                    held = said.event == Event.SUPERSEDE ? "1.1" : held;
                }
            }
            var opens = said.event == Event.FENCE || said.event == Event.SUPERSEDE;
            if (opens && held != null && !said.time.isBefore(turn) && shared.add(held)) {
                told.add("shared " + held + " at " + said.time);
            }
        }
        return told;
    }

    private static Policy policy(int number, Instant turn) {
        return Fixtures.policy(
                number, RELEASE, Fixtures.agreement("esa", Match.EVERYTHING, Fixtures.at(turn), Fixtures.ESA));
    }

    private static Stream<List<Instant>> times(int count) {
        if (count == 0) {
            return Stream.of(List.of());
        }
        return times(count - 1).flatMap(rest -> Stream.of(T.minusMillis(1), T, T.plusMillis(1))
                .map(time -> Stream.concat(rest.stream(), Stream.of(time)).toList()));
    }
}
