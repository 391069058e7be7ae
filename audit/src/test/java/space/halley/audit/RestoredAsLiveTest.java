package space.halley.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RestoredAsLiveTest {
    private static final Map<String, Map<String, String>> LIVE = Map.of("timers", Map.of("a", "1", "b", "2"));

    @Test
    void theSameIsKept() {
        assertThat(RestoredAsLive.violations(LIVE, Map.of("timers", Map.of("a", "1", "b", "2"), "agenda", Map.of())))
                .isEmpty();
    }

    @Test
    void whatIsMissingAddedOrChangedIsNamed() {
        assertThat(RestoredAsLive.violations(LIVE, Map.of("timers", Map.of("b", "3", "c", "4"))))
                .containsExactly(
                        "timers has null under a after the restore, and had 1",
                        "timers has 3 under b after the restore, and had 2",
                        "timers has 4 under c after the restore, and had null");
    }

    @Test
    void aStoreThatIsLostIsNamed() {
        assertThat(RestoredAsLive.violations(LIVE, Map.of())).hasSize(2);
    }
}
