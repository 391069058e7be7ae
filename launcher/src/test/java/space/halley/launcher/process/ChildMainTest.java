package space.halley.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ChildMainTest {
    /** Says when it runs and when it ends, and would run for ever. */
    static final class Talkative {
        private Talkative() {}

        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("ended in good order")));
            System.out.println("running with " + arguments[0]);
            Thread.sleep(Duration.ofDays(1));
        }
    }

    @Test
    void endsInGoodOrderWhenTheSupervisorIsGone() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ChildMain.class.getName(),
                        Talkative.class.getName(),
                        "an argument")
                .start();
        try (var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("running with an argument");

            // What the operating system does when the supervisor is killed.
            process.getOutputStream().close();

            assertThat(said.readLine()).isEqualTo("ended in good order");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
