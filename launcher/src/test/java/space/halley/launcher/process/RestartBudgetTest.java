package space.halley.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RestartBudgetTest {
    private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");

    private final RestartBudget budget = new RestartBudget(3, Duration.ofMinutes(10));

    @Test
    void isSpentAfterItsLimit() {
        assertThat(budget.spend(T0)).isTrue();
        assertThat(budget.spend(T0.plusSeconds(1))).isTrue();
        assertThat(budget.spend(T0.plusSeconds(2))).isTrue();
        assertThat(budget.spend(T0.plusSeconds(3))).isFalse();
    }

    @Test
    void comesBackWhenThePeriodHasPassed() {
        for (var second = 0; second < 3; second++) {
            budget.spend(T0.plusSeconds(second));
        }

        assertThat(budget.spend(T0.plusSeconds(599))).isFalse();
        assertThat(budget.spend(T0.plusSeconds(600))).isTrue();
        assertThat(budget.spend(T0.plusSeconds(600))).isFalse();
    }
}
