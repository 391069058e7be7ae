package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import space.halley.domain.ContentHash;
import space.halley.domain.PolicyRegister;

final class LaneGaugesTest {
    private static final ContentHash FIRST = ContentHash.of("first");
    private static final ContentHash SECOND = ContentHash.of("second");
    private static final ContentHash OTHER = ContentHash.of("another second");

    private final LaneGauges gauges = new LaneGauges();

    @Test
    void partitionsThatAgreeAreNotSplit() {
        assertThat(gauges.splitPolicy()).isZero();
        gauges.policies(0, PolicyRegister.EMPTY);
        gauges.policies(1, PolicyRegister.EMPTY);
        assertThat(gauges.splitPolicy()).isZero();
        gauges.policies(0, new PolicyRegister(Map.of(1, FIRST)));
        gauges.policies(1, new PolicyRegister(Map.of(1, FIRST)));
        assertThat(gauges.splitPolicy()).isZero();
        gauges.policies(1, new PolicyRegister(Map.of(1, FIRST, 2, SECOND)));
        assertThat(gauges.splitPolicy())
                .as("an interrupted broadcast is something else")
                .isZero();
    }

    @Test
    void twoDocumentsUnderOneNumberAreSeenUntilAnotherVersionIsInForce() {
        gauges.policies(0, new PolicyRegister(Map.of(1, FIRST, 2, SECOND)));
        gauges.policies(1, new PolicyRegister(Map.of(1, FIRST, 2, OTHER)));

        assertThat(gauges.splitPolicy()).isEqualTo(2);

        gauges.policies(0, new PolicyRegister(Map.of(1, FIRST, 2, SECOND, 3, FIRST)));
        gauges.policies(1, new PolicyRegister(Map.of(1, FIRST, 2, OTHER, 3, FIRST)));
        assertThat(gauges.splitPolicy()).isZero();
    }

    @Test
    void whatStandsIsToldPerPartitionSoThatInstancesCanBeCompared() {
        var another = new LaneGauges();
        gauges.policies(0, new PolicyRegister(Map.of(1, FIRST, 2, SECOND)));
        gauges.policies(1, PolicyRegister.EMPTY);
        gauges.policies(2, new PolicyRegister(Map.of(1, FIRST)));
        gauges.closed(2);
        another.policies(2, new PolicyRegister(Map.of(1, FIRST, 2, OTHER)));

        assertThat(gauges.standings())
                .containsExactly(
                        Map.entry(0, new LaneGauges.Standing(2, Optional.of(SECOND))),
                        Map.entry(1, new LaneGauges.Standing(0, Optional.empty())));
        assertThat(another.splitPolicy()).as("what one instance sees").isZero();
        assertThat(another.standings()).containsExactly(Map.entry(2, new LaneGauges.Standing(2, Optional.of(OTHER))));
    }

    @Test
    void aPartitionThatWentElsewhereDoesNotCount() {
        gauges.policies(0, new PolicyRegister(Map.of(1, FIRST)));
        gauges.policies(1, new PolicyRegister(Map.of(1, OTHER)));

        gauges.closed(1);

        assertThat(gauges.splitPolicy()).isZero();
    }
}
