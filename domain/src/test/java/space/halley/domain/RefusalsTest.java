package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.VersionState.Status;

/** Every refusal changes nothing, says why, and is in the journal. */
class RefusalsTest {
    private static final Instant T = Fixtures.NOON;
    private static final Instant DAY_BEFORE = T.minus(Duration.ofDays(1));
    private static final Instant TOO_FAR =
            T.atOffset(ZoneOffset.UTC).plusYears(100).toInstant().plusMillis(1);

    private OneProduct one = new OneProduct();
    private final Set<RefusalReason> given = EnumSet.noneOf(RefusalReason.class);

    @Test
    void refusesForEveryReasonThatItKnows() {
        foreignAndUnknown();
        wrongClocks();
        impossibleTerms();
        contradictions();
        settled();
        tooManyVersions();

        // What is left is found before the rules are asked: in the bytes, the key, the partition, the policy's
        // document.
        assertThat(EnumSet.complementOf(EnumSet.copyOf(given)))
                .isEqualTo(Set.of(
                        RefusalReason.UNDECODABLE,
                        RefusalReason.UNKNOWN_SCHEMA,
                        RefusalReason.INVALID_FIELD,
                        RefusalReason.MISROUTED,
                        RefusalReason.TOO_LARGE,
                        RefusalReason.POLICY_CONFLICT,
                        RefusalReason.POLICY_GAP,
                        RefusalReason.POLICY_INVALID));
    }

    private void foreignAndUnknown() {
        var foreign = new Lidvid(new Lid("urn:esa:psa:x"), Vid.parse("1.0"));
        refuses(new Command.Withdraw(Fixtures.statement(), foreign), RefusalReason.NOT_YOUR_NAMESPACE);
        for (var command : List.of(
                Fixtures.withdraw("1.0"),
                Fixtures.waive("1.0"),
                Fixtures.fact("1.0", Facts.Kind.REVIEW, T),
                Fixtures.reschedule("1.0", Fixtures.atOnce()))) {
            refuses(command, RefusalReason.UNKNOWN_PRODUCT);
        }
    }

    private void wrongClocks() {
        for (var sign : List.of(1, -1)) {
            var most = Embargo.MAX_CLOCK_DIFFERENCE.multipliedBy(sign);
            var embargo = new Embargo(Fixtures.NASA);
            var command = Fixtures.announce("1.0", Fixtures.atOnce());
            var none = java.util.Optional.<Policy>empty();
            var wrong = embargo.decide(
                    one.product(), command, new Cause(0, 1, T, T.plus(most).plusMillis(sign)), none);
            assertThat(new Outcome(wrong.effects()).refusal()).isEqualTo(RefusalReason.CLOCK_WRONG);
            assertThat(new Outcome(wrong.effects()).refused().explanation())
                    .contains(T.toString(), T.plus(most).plusMillis(sign).toString());
            var right = embargo.decide(one.product(), command, new Cause(0, 1, T, T.plus(most)), none);
            assertThat(new Outcome(right.effects()).refusal()).isNull();
            var held = new OneProduct();
            held.say(DAY_BEFORE, Fixtures.announce("1.0", Fixtures.at(T)));
            held.say(Fixtures.withdraw("1.0"), DAY_BEFORE, T.plus(most).plusMillis(sign));
            assertThat(held.status("1.0")).as("a withdrawal needs no clock").isEqualTo(Status.WITHDRAWN);
        }
        given.add(RefusalReason.CLOCK_WRONG);
    }

    private void impossibleTerms() {
        refuses(Fixtures.announce("1.0", Fixtures.byPolicy()), RefusalReason.NO_POLICY);
        refuses(Fixtures.announce("1.0", Fixtures.at(TOO_FAR)), RefusalReason.RELEASE_TOO_FAR);

        one.say(DAY_BEFORE, Fixtures.announce("2.0", Fixtures.since(ClockAnchor.RECEPTION, "P1Y")));
        refuses(Fixtures.reschedule("2.0", Fixtures.byPolicy()), RefusalReason.NO_POLICY);
        refuses(Fixtures.reschedule("2.0", Fixtures.at(TOO_FAR)), RefusalReason.RELEASE_TOO_FAR);
        refuses(Fixtures.fact("2.0", Facts.Kind.RECEPTION, TOO_FAR), RefusalReason.RELEASE_TOO_FAR);
    }

    private void contradictions() {
        refuses(Fixtures.announce("1.0", Fixtures.atOnce()), RefusalReason.NEWER_VERSION_HELD);
        refuses(Fixtures.withdraw("1.0"), RefusalReason.UNKNOWN_PRODUCT);
        var terms = Fixtures.since(ClockAnchor.RECEPTION, "P1Y");
        var same = Fixtures.product("2.0");
        var other = Fixtures.product(Fixtures.id("2.0"), "other", Fixtures.STOP);
        refuses(Fixtures.announce(other, terms, Existence.PUBLIC), RefusalReason.CONTENT_CONFLICT);
        refuses(Fixtures.announce("2.0", Fixtures.atOnce()), "under other terms; reschedule it to change its release");
        refuses(Fixtures.announce(same, terms, Existence.HIDDEN), "its existence PUBLIC");
        refuses(Fixtures.announce(same, terms, null, true), "planetary-defence mark; waive it to release it at once");
        refuses(Fixtures.announce(same, terms, T, false), "another time of reception");
        refuses(
                new Command.Announce(Fixtures.statement(), same, terms, Existence.PUBLIC, T),
                "another release date of its archive; give it with a higher version");
    }

    private void settled() {
        one.say(DAY_BEFORE, Fixtures.announce("3.0", Fixtures.at(T)));
        refuses(Fixtures.withdraw("2.0"), RefusalReason.ALREADY_SUPERSEDED);
        refusesChanges("2.0", RefusalReason.ALREADY_SUPERSEDED);

        one.say(DAY_BEFORE, Fixtures.withdraw("3.0"));
        refusesChanges("3.0", RefusalReason.ALREADY_WITHDRAWN);

        one.say(T, Fixtures.announce("4.0", Fixtures.atOnce()));
        refusesChanges("4.0", RefusalReason.ALREADY_PUBLIC);
        refuses(
                Fixtures.announce("4.0", Fixtures.at(T)),
                "under other terms, and its release cannot be changed any more");
        refuses(
                Fixtures.announce(Fixtures.product("4.0"), Fixtures.atOnce(), null, true),
                "planetary-defence mark, and its release cannot be changed any more");
        one.say(T, Fixtures.withdraw("4.0"));
        refusesChanges("4.0", RefusalReason.ALREADY_RETRACTED);
    }

    private void tooManyVersions() {
        one = new OneProduct();
        for (int minor = 0; minor < Embargo.MAX_VERSIONS; minor++) {
            one.say(T, Fixtures.announce("1." + minor, Fixtures.atOnce()));
        }
        assertThat(one.status("1." + (Embargo.MAX_VERSIONS - 1))).isEqualTo(Status.PUBLIC);
        refuses(Fixtures.announce("2.0", Fixtures.atOnce()), RefusalReason.TOO_MANY_VERSIONS);
        assertThat(one.say(T, Fixtures.announce("1.7", Fixtures.atOnce())).verdicts())
                .containsExactly(Verdict.REPEATED);
    }

    private void refusesChanges(String vid, RefusalReason reason) {
        refuses(Fixtures.reschedule(vid, Fixtures.at(T.plusSeconds(9))), reason);
        refuses(Fixtures.waive(vid), reason);
        refuses(Fixtures.fact(vid, Facts.Kind.REVIEW, T), reason);
    }

    private void refuses(Command command, String explanation) {
        refuses(command, RefusalReason.TERMS_CONFLICT);
        assertThat(one.say(T, command).refused().explanation()).contains(explanation);
    }

    private void refuses(Command command, RefusalReason expected) {
        var before = one.product();
        var outcome = one.say(T, command);
        assertThat(outcome.refusal()).isEqualTo(expected);
        assertThat(outcome.refused().id()).isEqualTo(command.id());
        assertThat(outcome.refused().explanation()).isNotBlank();
        assertThat(outcome.effects()).hasSize(2);
        assertThat(outcome.journal(Verdict.REFUSED)).satisfies(entry -> {
            assertThat(entry.refusal()).isEqualTo(expected);
            assertThat(entry.grounds().explanation())
                    .isEqualTo(outcome.refused().explanation());
            assertThat(entry.statement()).isEqualTo(command.statement());
            assertThat(entry.publicRevision()).isEqualTo(before.publicRevision());
        });
        assertThat(one.product()).isEqualTo(before);
        given.add(expected);
    }
}
