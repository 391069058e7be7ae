package space.halley.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ProcessIdentityTest {
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void knowsAProcessFromALaterOneWithItsNumber() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();
        try {
            var identity = ProcessIdentity.of(process.toHandle());

            assertThat(identity.running()).contains(process.toHandle());
            assertThat(identity.awaitEnd(SHORT)).isFalse();
            assertThat(new ProcessIdentity(process.pid(), Instant.EPOCH).running())
                    .isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void takesAProcessForEndedWhoseParentDoesNotAskForItsExitCode() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/stat")), "there are no zombies to be seen on this system");
        // The shell starts a child and then becomes a program that knows nothing of it.
        var parent = new ProcessBuilder("sh", "-c", "sleep 30 & exec sleep 60").start();
        try {
            await().atMost(LONG).until(() -> parent.children().count() == 1);
            var child = parent.children().findFirst().orElseThrow();
            var identity = ProcessIdentity.of(child);

            child.destroyForcibly();

            assertThat(identity.awaitEnd(LONG)).isTrue();
            assertThat(stat(child)).contains(") Z");
        } finally {
            parent.destroyForcibly();
        }
    }

    private static String stat(ProcessHandle process) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    }
}
