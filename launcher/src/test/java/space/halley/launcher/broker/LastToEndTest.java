package space.halley.launcher.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.launcher.data.ProcessIdentity;
import space.halley.launcher.data.RunState;

final class LastToEndTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path data = Path.of("");

    @Test
    void waitsForAProgramThatStillRuns() throws IOException, InterruptedException {
        var other = new ProcessBuilder("sleep", "60").start();
        record(ProcessHandle.current(), other.toHandle());

        assertThat(LastToEnd.othersHaveEnded(data, SHORT)).isFalse();

        other.destroyForcibly();
        assertThat(LastToEnd.othersHaveEnded(data, LONG)).isTrue();
    }

    @Test
    void doesNotWaitForItself() throws IOException, InterruptedException {
        record(ProcessHandle.current());

        assertThat(LastToEnd.othersHaveEnded(data, SHORT)).isTrue();
    }

    @Test
    void doesNotWaitWhereNothingIsRecorded() throws InterruptedException {
        assertThat(LastToEnd.othersHaveEnded(data, SHORT)).isTrue();
    }

    private void record(ProcessHandle... processes) throws IOException {
        Files.createDirectories(data.resolve("run"));
        var components = Arrays.stream(processes)
                .map(ProcessIdentity::of)
                .map(process -> new RunState.Component(
                        "any", process.pid(), process.startedAt().toEpochMilli(), 0, null, 0, "any.log"))
                .toList();
        new RunState(RunState.Phase.READY, 1, 0, "", "", "", null, components).write(data);
    }
}
