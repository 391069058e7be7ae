package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyRegisterTest {
    private static final ContentHash ONE = ContentHash.of("one");
    private static final ContentHash TWO = ContentHash.of("two");

    @Test
    void appliesVersionsOneAfterTheOther() {
        assertThat(PolicyRegister.EMPTY.number()).isZero();
        var first = applied(PolicyRegister.EMPTY, 1, ONE);
        var second = applied(first, 2, TWO);

        assertThat(first.number()).isEqualTo(1);
        assertThat(second).isEqualTo(new PolicyRegister(Map.of(1, ONE, 2, TWO)));
    }

    @Test
    void theSameAgainIsARepetitionHoweverOldItIs() {
        var second = applied(applied(PolicyRegister.EMPTY, 1, ONE), 2, TWO);

        assertThat(second.say(1, ONE)).isEqualTo(new PolicyRegister.Repeated());
        assertThat(second.say(2, TWO)).isEqualTo(new PolicyRegister.Repeated());
    }

    @Test
    void refusesAGapAndSaysWhichVersionComesNext() {
        var first = applied(PolicyRegister.EMPTY, 1, ONE);
        for (var number : new int[] {0, 3, -1, Integer.MAX_VALUE}) {
            assertThat(first.say(number, TWO)).isInstanceOfSatisfying(PolicyRegister.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(RefusalReason.POLICY_GAP);
                assertThat(refused.explanation()).contains("cannot follow version 1; publish version 2 first");
            });
        }
        assertThat(PolicyRegister.EMPTY.say(2, TWO)).isInstanceOf(PolicyRegister.Refused.class);
    }

    @Test
    void refusesAnotherDocumentUnderAnOldNumber() {
        var first = applied(PolicyRegister.EMPTY, 1, ONE);

        assertThat(first.say(1, TWO)).isInstanceOfSatisfying(PolicyRegister.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(RefusalReason.POLICY_CONFLICT);
            assertThat(refused.explanation()).contains(ONE.sha256(), TWO.sha256(), "the number 2");
        });
    }

    private static PolicyRegister applied(PolicyRegister before, int number, ContentHash hash) {
        return ((PolicyRegister.Applied) before.say(number, hash)).after();
    }
}
