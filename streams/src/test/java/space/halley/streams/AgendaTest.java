package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import space.halley.domain.Cause;
import space.halley.domain.ContentHash;
import space.halley.domain.Match;
import space.halley.domain.Policy;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.Rule;
import space.halley.testkit.Samples;

/** Drains and scans end in their own order; an item leaves when nothing before it is left. */
class AgendaTest {
    private static final Instant T = Instant.parse("2026-03-01T00:00:00Z");
    private static final int NEWEST = 9;

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("agenda").get();
    private final Agenda agenda = new Agenda(store, 0, new PolicyBook(store, text -> policy(1)));

    @Test
    void aScanThatHasEndedIsNotBegunAgainWhileAnEarlierFenceDrains() {
        agenda.addFence(cause(1));
        agenda.addPolicy(cause(2), policy(1), Samples.statement("c-1"));
        agenda.addPolicy(cause(3), policy(2), Samples.statement("c-1"));

        agenda.scanned();

        assertThat(agenda.scan())
                .isNotNull()
                .extracting(change -> change.policy().number())
                .isEqualTo(2);
        assertThat(agenda.items()).hasSize(3);
        agenda.scanned();
        assertThat(agenda.scan()).isNull();
        agenda.drained();
        assertThat(agenda.items()).isEmpty();
    }

    /** A lane that starts anew reads what stands here, so the documents of all of it must still be there. */
    @Test
    void theOldestPolicyIsOneThatStandsHereStill() {
        assertThat(agenda.oldestPolicy(NEWEST)).isEqualTo(NEWEST);
        agenda.addFence(cause(1));
        agenda.addPolicy(cause(2), policy(1), Samples.statement("c-1"));
        agenda.addPolicy(cause(3), policy(2), Samples.statement("c-1"));
        agenda.scanned();

        assertThat(agenda.oldestPolicy(NEWEST)).isEqualTo(1);
        agenda.drained();
        assertThat(agenda.oldestPolicy(NEWEST)).isEqualTo(2);
        agenda.scanned();
        assertThat(agenda.oldestPolicy(NEWEST)).isEqualTo(NEWEST);
    }

    private static Cause cause(long offset) {
        return new Cause(0, offset, T, T);
    }

    private static Policy policy(int number) {
        var rule = new Rule(
                "all",
                "NASA",
                Match.EVERYTHING,
                new ReleaseTerms.AtOnce(),
                false,
                false,
                "https://example.org/policy",
                Rule.Confidence.READ);
        return new Policy(Samples.NASA, number, ContentHash.of("policy " + number), List.of(rule), List.of(), Map.of());
    }
}
