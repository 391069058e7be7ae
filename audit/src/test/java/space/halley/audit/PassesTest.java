package space.halley.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import space.halley.domain.AgencyId;

final class PassesTest {
    private static final AgencyId ESA = new AgencyId("esa");

    @Test
    void oneIsEnoughForALogThatFits() {
        assertThat(Passes.of(Map.of(lane(0), 40L, lane(1), 60L), 100).all())
                .singleElement()
                .satisfies(lanes -> assertThat(lanes).containsExactlyInAnyOrder(lane(0), lane(1)));
    }

    @Test
    void takesMoreThanTheSumAsksForIfLanesDoNotFitTogether() {
        // 180 would be two passes of 90, but 60 and 60 do not go together.
        assertThat(Passes.of(Map.of(lane(0), 60L, lane(1), 60L, lane(2), 60L), 90)
                        .all())
                .hasSize(3);
    }

    @Test
    void aLaneThatIsTooLargeIsAPassOfItsOwn() {
        assertThat(Passes.of(Map.of(lane(0), 1_000L, lane(1), 1L, lane(2), 1L), 100)
                        .all())
                .contains(List.of(lane(0)));
    }

    @Test
    void thereIsAPassEvenIfNothingWasSaid() {
        assertThat(Passes.of(Map.of(), 100).all()).hasSize(1);
        assertThat(Passes.of(Map.of(lane(0), 0L), 100).all()).containsExactly(List.of(lane(0)));
    }

    @Property
    void everyLaneIsLookedAtOnceAndNoPassIsTooLargeUnlessALaneIs(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(max = 1_000) Long> sizes,
            @ForAll @IntRange(min = 1, max = 3_000) int most) {
        var commands = new HashMap<LanePartition, Long>();
        sizes.forEach(size -> commands.put(lane(commands.size()), size));

        var passes = Passes.of(commands, most);

        assertThat(passes.all().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(commands.keySet());
        assertThat(passes.byLane()).containsOnlyKeys(commands.keySet());
        if (sizes.stream().allMatch(size -> size <= most)) {
            assertThat(passes.all()).allSatisfy(lanes -> assertThat(lanes.stream()
                            .mapToLong(lane -> commands.getOrDefault(lane, 0L))
                            .sum())
                    .isLessThanOrEqualTo(most));
        }
    }

    private static LanePartition lane(int partition) {
        return new LanePartition(ESA, partition);
    }
}
