package space.halley.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.launcher.data.ProcessIdentity;

/** With real processes, which are as small as a Java process can be. */
final class SupervisorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Supervisor supervisor;

    /** Says that it runs, and runs until it is stopped. */
    static final class Patient {
        private Patient() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Files.writeString(
                    Path.of(arguments[0]), Long.toString(ProcessHandle.current().pid()));
            Thread.sleep(Duration.ofDays(1));
        }
    }

    /** Cannot start. */
    static final class Broken {
        private Broken() {}

        public static void main(String[] arguments) {
            if (arguments.length > 0) {
                throw new IllegalStateException("the reason why it cannot start");
            }
        }
    }

    @BeforeEach
    void makeSupervisor() {
        supervisor = new Supervisor(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                folder,
                folder,
                InstantSource.system(),
                new SupervisorListener() {
                    @Override
                    public void changed() {}

                    @Override
                    public void restarted(String name, String cause) {
                        heard.add("restarted " + name + " after " + cause);
                    }

                    @Override
                    public void gaveUp(String name, String cause) {
                        heard.add("gave up " + name);
                    }
                });
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        supervisor.stopAll((name, trouble) -> {});
    }

    @Test
    void startsAgainWhatIsKilledAndGivesUpInTheEnd() throws InterruptedException {
        supervisor.start(spec("a", Patient.class));
        supervisor.awaitReady("a", exists("a"), PATIENCE);
        for (var restart = 1; restart <= 3; restart++) {
            var killed = process("a");
            killed.running().orElseThrow().destroyForcibly();
            var expected = restart;
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).hasSize(expected));
            assertThat(process("a")).isNotEqualTo(killed);
        }
        assertThat(heard).containsOnly("restarted a after signal 9");

        process("a").running().orElseThrow().destroyForcibly();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).contains("gave up a"));
    }

    @Test
    void tellsWhyAProgramDidNotStart() {
        supervisor.start(spec("b", Broken.class));

        assertThatThrownBy(() -> supervisor.awaitReady("b", exists("b"), PATIENCE))
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("the reason why it cannot start");
    }

    @Test
    void tellsWhatAProgramThatIsNotReadyInTimeWasWaitingFor() {
        supervisor.start(spec("a", Patient.class));

        assertThatThrownBy(() -> supervisor.awaitReady("a", () -> Optional.of("it dawdles"), Duration.ofMillis(50)))
                .hasMessageContaining("it dawdles");
    }

    @Test
    void stopsTheFirstOneStartedLastAndLeavesNothing() throws InterruptedException {
        for (var name : List.of("a", "b", "c")) {
            supervisor.start(spec(name, Patient.class));
            supervisor.awaitReady(name, exists(name), PATIENCE);
        }
        var processes = List.of(process("a"), process("b"), process("c"));
        var stopped = new ArrayList<String>();

        supervisor.stopAll((name, trouble) -> stopped.add(name));

        assertThat(stopped).containsExactlyInAnyOrder("a", "b", "c").endsWith("a");
        assertThat(processes)
                .allSatisfy(process -> assertThat(process.running()).isEmpty());
        assertThat(heard).isEmpty();
    }

    private ProcessIdentity process(String name) {
        return supervisor.components().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow()
                .process();
    }

    private Probe exists(String name) {
        return () -> Files.exists(folder.resolve(name + ".pid")) ? Optional.empty() : Optional.of("no file yet");
    }

    private ChildSpec spec(String name, Class<?> main) {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .map(Path::of)
                .toList();
        return new ChildSpec(
                name,
                classPath,
                main.getName(),
                List.of(folder.resolve(name + ".pid").toString()),
                List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                folder,
                0,
                null,
                Duration.ofSeconds(20));
    }
}
