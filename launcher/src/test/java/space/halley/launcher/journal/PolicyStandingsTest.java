package space.halley.launcher.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import space.halley.domain.AgencyId;
import space.halley.domain.Cause;
import space.halley.domain.ContentHash;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Grounds;
import space.halley.schemas.JournalEntry;
import space.halley.testkit.Samples;

final class PolicyStandingsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aVersionThatAllPartitionsHaveIsInForce() {
        var standing = standing(
                List.of(entry(0, 1, Verdict.POLICY), entry(1, 1, Verdict.POLICY), entry(0, 1, Verdict.REPEATED)), 2);

        assertThat(standing.isInterrupted()).isFalse();
        assertThat(standing.newest()).isEqualTo(1);
        assertThat(Objects.requireNonNull(standing.last()).causePartition()).isEqualTo(1);
    }

    @Test
    void aVersionThatSomePartitionsLackIsInterrupted() {
        var standing = standing(
                List.of(
                        entry(0, 2, Verdict.POLICY),
                        entry(1, 1, Verdict.POLICY),
                        entry(0, 1, Verdict.POLICY),
                        entry(1, 3, Verdict.REFUSED)),
                3);

        assertThat(standing.isInterrupted()).isTrue();
        assertThat(standing.newest()).isEqualTo(2);
        assertThat(standing.oldest()).isZero();
        assertThat(standing.in(2)).containsExactly(0);
        assertThat(standing.in(1)).containsExactly(1);
        assertThat(standing.in(0)).containsExactly(2);
    }

    /** A broadcast was killed, and another document published under its number. */
    @Test
    void twoDocumentsUnderOneNumberAreSeen() {
        var standing = standing(
                List.of(
                        entry(0, 1, Verdict.POLICY, "one"),
                        entry(1, 1, Verdict.POLICY, "other"),
                        entry(0, 1, Verdict.REFUSED, "other"),
                        entry(2, 1, Verdict.POLICY, "other")),
                3);

        assertThat(standing.isInterrupted()).isFalse();
        assertThat(standing.documents())
                .containsOnly(
                        Map.entry(ContentHash.of("one"), List.of(0)),
                        Map.entry(ContentHash.of("other"), List.of(1, 2)));
        assertThat(standing(List.of(entry(0, 1, Verdict.POLICY), entry(1, 1, Verdict.POLICY)), 3)
                        .documents())
                .hasSize(1);
    }

    @Test
    void anAgencyWithoutAPolicyHasNoStanding() {
        assertThat(PolicyStandings.of(List.of(entry(0, 1, Verdict.REFUSED)), 2).agencies())
                .isEmpty();
    }

    private static PolicyStandings.Standing standing(List<JournalEntry> entries, int partitions) {
        return Objects.requireNonNull(
                PolicyStandings.of(entries, partitions).agencies().get(new AgencyId("nasa")));
    }

    private static JournalEntry entry(int partition, int number, Verdict verdict) {
        return entry(partition, number, verdict, "version " + number);
    }

    private static JournalEntry entry(int partition, int number, Verdict verdict, String document) {
        var at = NOON.plusSeconds(60L * number + partition);
        var grounds = new Grounds(
                "in force",
                Optional.empty(),
                Optional.empty(),
                number,
                Optional.of(ContentHash.of(document)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        return JournalEntry.of(
                Samples.NASA,
                verdict,
                null,
                new Cause(partition, number, at, at),
                Samples.statement("policy-" + number),
                grounds,
                null);
    }
}
