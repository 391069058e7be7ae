package space.halley.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.launcher.data.Ports;
import space.halley.launcher.data.RunState;

/** Starts, kills and stops everything for real, with the {@code halley} command. Takes some minutes. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class LifecycleIT {
    /** How soon what is due must be public once everything is ready again. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path temporary = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Ports.anyFree();
    private final List<String> published = new ArrayList<>();
    private String installation = "data";

    @AfterEach
    void leaveNothing() throws IOException, InterruptedException {
        halley("down");
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void whateverIsKilledComesBackWithTheSameDataAndReleasesWhatIsDue() throws Exception {
        up();
        for (var program : List.of("broker", "registry", "streams", "api")) {
            publishHeld(program, 5);
            kill(process(program), "-KILL");
            var killed = System.nanoTime();
            await().atMost(PATIENCE).until(() -> halley("status").code() == 0 && restarts(program) == 1);
            awaitAllPublic(CATCHING_UP, program + " was killed", killed);
        }

        // More than once: the programs end at the same time then, which went wrong every second time.
        for (var run : List.of("first", "second", "third")) {
            publishHeld("launcher-" + run, 2);
            kill(state().supervisorPid(), "-KILL");
            var killed = System.nanoTime();
            up();
            awaitAllPublic(CATCHING_UP, "the launcher was killed", killed);
        }

        down();
        up();
        awaitAllPublic(CATCHING_UP, "the start after 'down'", System.nanoTime());
        down();
    }

    /** As running.md describes backup and restore: the stores and the index are left out. */
    @Test
    void aCopyOfTheFolderGoesOnInThePlaceOfTheOriginal() throws Exception {
        up();
        publishHeld("before", 1);
        awaitAllPublic(CATCHING_UP, "the publication", System.nanoTime());
        publishHeld("due-meanwhile", 20);
        publish("for-long", 86_400);
        down();
        var original = data();
        installation = "copy";
        var copied = new ProcessBuilder("cp", "-a", original.toString(), data().toString()).start();
        assertThat(copied.waitFor()).isZero();
        for (var lost : List.of(original, data().resolve("streams"), data().resolve("api"))) {
            delete(lost);
        }

        up();

        awaitAllPublic(CATCHING_UP, "the start on the copy", System.nanoTime());
        assertThat(halley("why", lid("for-long") + "::1.0").text()).contains("is held until");
        assertThat(isPublic(lid("for-long"))).isFalse();
        publishHeld("afterwards", 1);
        awaitAllPublic(CATCHING_UP, "the publication to the copy", System.nanoTime());
        var audit = halley("audit");
        assertThat(audit.code()).as(audit.text()).isZero();
        down();
    }

    @Test
    void aProgramOfAnEarlierRunThatHangsIsEndedAndNamed() throws Exception {
        up();
        var hanging = process("registry");
        kill(hanging, "-STOP");
        kill(state().supervisorPid(), "-KILL");

        var said = up();

        assertThat(said).contains("An earlier run left the registry (process " + hanging + ") behind");
        assertThat(ProcessHandle.of(hanging)).isEmpty();
        assertThat(halley("up", "--port", "" + port))
                .satisfies(second -> assertThat(second.code()).isEqualTo(1))
                .satisfies(second ->
                        assertThat(second.text()).contains("already running").contains("halley down"));
        down();
    }

    @Test
    void ctrlCWhileStartingAndWhileRunningLeavesNothing() throws Exception {
        for (var moment : List.of("broker ", "Halley is ready")) {
            var output = temporary.resolve("output");
            // A group of its own, as a terminal gives it: Ctrl-C reaches every process of the group. A build that runs
            // in
            // the background ignores that signal, and what it starts would too.
            var terminal = List.of("setsid", "env", "--default-signal=INT");
            var run = HalleyScript.start(output, terminal, onOurs("up", "--port", "" + port, "--no-samples"));
            await().atMost(PATIENCE).until(() -> Files.readString(output).contains(moment));

            kill(-run.pid(), "-INT");

            assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output)).contains("Halley has stopped");
            assertThat(processes()).isEmpty();
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var said = halley("up", "--port", "" + taken.getLocalPort());

            assertThat(said.code()).isEqualTo(1);
            assertThat(said.text())
                    .contains("Port " + taken.getLocalPort() + " on 127.0.0.1 is taken")
                    .contains("--port N")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        var folder = Files.createDirectory(data());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(folder), "root may write everywhere");

        var said = halley("up", "--port", "" + port);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains(folder + " cannot be written").doesNotContain("Exception");
    }

    private Path data() {
        return temporary.resolve(installation);
    }

    private String[] onOurs(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data().toString()));
        return all.toArray(String[]::new);
    }

    private HalleyScript.Said halley(String... arguments) throws IOException, InterruptedException {
        return HalleyScript.run(onOurs(arguments));
    }

    private String up() throws IOException, InterruptedException {
        var said = halley("up", "--port", "" + port, "--no-samples", "--detach");
        assertThat(said.code()).as(said.text()).isZero();
        said.text().lines().filter(line -> line.contains("ready after")).forEach(System.out::println);
        return said.text();
    }

    private void down() throws IOException, InterruptedException {
        assertThat(halley("down").code()).isZero();
        assertThat(processes()).isEmpty();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String lid(String name) {
        return "urn:nasa:pds:halley_lifecycle:data:" + name;
    }

    /** Publishes a product that becomes public after so many seconds, and is waited for. */
    private void publishHeld(String name, int seconds) throws IOException, InterruptedException {
        publish(name, seconds);
        published.add(lid(name));
    }

    private void publish(String name, int seconds) throws IOException, InterruptedException {
        var label = temporary.resolve(name + ".xml");
        Files.writeString(label, """
                <?xml version="1.0" encoding="UTF-8"?>
                <Product_Observational xmlns="http://pds.nasa.gov/pds4/pds/v1">
                  <Identification_Area>
                    <logical_identifier>%s</logical_identifier>
                    <version_id>1.0</version_id>
                    <title>Published before something was killed</title>
                    <information_model_version>1.22.0.0</information_model_version>
                    <product_class>Product_Observational</product_class>
                  </Identification_Area>
                </Product_Observational>
                """.formatted(lid(name)));
        var said =
                halley("publish", "--agency", "nasa", "--release-at", "+" + seconds + "s", "--json", label.toString());
        assertThat(said.text()).contains("\"held\"");
        assertThat(said.code()).as(said.text()).isZero();
    }

    private void awaitAllPublic(Duration atMost, String after, long since) {
        for (var lid : published) {
            await().atMost(atMost).ignoreExceptionsInstanceOf(IOException.class).until(() -> isPublic(lid));
        }
        System.out.printf("all is public %.1f s after %s%n", (System.nanoTime() - since) / 1e9, after);
    }

    private boolean isPublic(String lid) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/products/" + lid + "::1.0"))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200;
    }

    private RunState state() {
        return RunState.read(data()).orElseThrow();
    }

    private RunState.Component component(String name) {
        return state().components().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long process(String name) {
        return component(name).pid();
    }

    private int restarts(String name) {
        return component(name).restarts();
    }

    /** All processes of this installation, which have its folder in their command lines. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(data().toString()))
                        .isPresent())
                .toList();
    }

    private static void kill(long process, String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", signal, "--", Long.toString(process))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}
