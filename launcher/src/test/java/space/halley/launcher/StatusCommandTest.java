package space.halley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import space.halley.launcher.data.RunState;

final class StatusCommandTest {
    @Test
    void durationsAreToldAsPeopleSayThem() {
        assertThat(List.of(5L, 65L, 7_500L, 100_000L).stream().map(StatusCommand::duration))
                .containsExactly("5 s", "1 min 5 s", "2 h 5 min", "1 d 3 h");
    }

    @Test
    void aProgramThatIsNotReadyIsToldWithItsReasonAndItsLog() {
        var run = new RunState(
                RunState.Phase.READY, 1, 0, "http://127.0.0.1:8080", "http://r", "127.0.0.1:9092", null, List.of());
        var line = new StatusCommand.Line("streams", 7, 18_083, 65, 1, "lane esa is restoring", 0, "logs/streams.log");

        assertThat(StatusCommand.asText(run, List.of(line)))
                .contains("streams")
                .contains("not ready: lane esa is restoring; log: logs/streams.log");
    }

    @Test
    void aReleaseThatIsOverdueIsTold() {
        var run = new RunState(
                RunState.Phase.READY, 1, 0, "http://127.0.0.1:8080", "http://r", "127.0.0.1:9092", null, List.of());
        var late = new StatusCommand.Line("streams", 7, 18_083, 65, 0, null, 2_300, "logs/streams.log");

        assertThat(StatusCommand.asText(run, List.of(late))).contains("ready; the oldest release due has waited 2.3 s");
    }
}
