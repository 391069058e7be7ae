package space.halley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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
        var line = new StatusCommand.Line(
                "streams", 7, 18_083, 65, 1, "lane esa is restoring", 0, List.of(), "logs/streams.log");

        assertThat(StatusCommand.asText(run, List.of(line)))
                .contains("streams")
                .contains("not ready: lane esa is restoring; log: logs/streams.log");
    }

    @Test
    void aReleaseThatIsOverdueIsTold() {
        var run = new RunState(
                RunState.Phase.READY, 1, 0, "http://127.0.0.1:8080", "http://r", "127.0.0.1:9092", null, List.of());
        var late = new StatusCommand.Line("streams", 7, 18_083, 65, 0, null, 2_300, List.of(), "logs/streams.log");

        assertThat(StatusCommand.asText(run, List.of(late))).contains("ready; the oldest release due has waited 2.3 s");
    }

    @Test
    void anInterruptedBroadcastIsAnAlarmThatSaysWhatToDo() throws Exception {
        var health = new ObjectMapper().readTree("""
                {"status": "ready", "lanes": {
                    "esa": {"state": "RUNNING", "overdue_ms": 40, "deaths": 0, "policy": 1, "interrupted_policy": 2},
                    "isro": {"state": "RUNNING", "overdue_ms": 70, "deaths": 0, "policy": 0, "interrupted_policy": 1},
                    "nasa": {"state": "RUNNING", "overdue_ms": 0, "deaths": 0, "policy": 3}}}
                """);

        var lanes = StatusCommand.Lanes.of(health);

        assertThat(lanes.overdueMillis()).isEqualTo(70);
        assertThat(lanes.alarms()).hasSize(2);
        assertThat(lanes.alarms().getFirst())
                .contains("version 2 of esa's policy", "some partitions have version 1")
                .contains("halley policy publish --agency esa");
        assertThat(lanes.alarms().getLast()).contains("some partitions have none");
        var line = new StatusCommand.Line("streams", 7, 18_083, 65, 0, null, 0, lanes.alarms(), "logs/streams.log");
        assertThat(line.fine()).isFalse();
        var run = new RunState(
                RunState.Phase.READY, 1, 0, "http://127.0.0.1:8080", "http://r", "127.0.0.1:9092", null, List.of());
        assertThat(StatusCommand.asText(run, List.of(line))).contains("ready").contains("Alarm: the broadcast");
    }

    @Test
    void twoDocumentsUnderOneNumberAreAnAlarm() throws Exception {
        var health = new ObjectMapper().readTree("""
                {"status": "ready", "lanes": {
                    "esa": {"state": "RUNNING", "overdue_ms": 0, "deaths": 0, "policy": 2, "split_policy": 2},
                    "nasa": {"state": "RUNNING", "overdue_ms": 0, "deaths": 0, "policy": 3}}}
                """);

        assertThat(StatusCommand.Lanes.of(health).alarms())
                .singleElement()
                .asString()
                .contains("version 2 of esa's policy is not the same document", "as version 3", "halley policy status");
    }

    @Test
    void aProgramWithoutLanesHasNoAlarms() throws Exception {
        assertThat(StatusCommand.Lanes.of(new ObjectMapper().readTree("{\"status\": \"ready\"}")))
                .isEqualTo(new StatusCommand.Lanes(0, List.of()));
    }
}
