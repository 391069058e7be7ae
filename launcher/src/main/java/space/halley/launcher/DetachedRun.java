package space.halley.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import space.halley.launcher.data.RunState;

/** A run in a process of its own that outlives the terminal, watched from here until it is ready. */
final class DetachedRun {
    private static final long POLL_MILLIS = 50;
    /** Ctrl-C and hang-up are meant for the process that watches. */
    private static final String DEAF_SHELL = "trap '' INT HUP; exec \"$@\"";

    private final Home home;
    private final UpOrder order;
    private final PrintStream out;

    DetachedRun(Home home, UpOrder order, PrintStream out) {
        this.home = home;
        this.order = order;
        this.out = out;
    }

    /** Starts it and shows what it says until it is ready or has ended. The result is the exit code. */
    int start() throws IOException, InterruptedException {
        Path log;
        Path root;
        try (var data = Run.open(order, out)) {
            root = data.root();
            log = data.folder("logs").resolve("halley.log");
        }
        var process = new ProcessBuilder(command())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (var said = Files.newInputStream(log)) {
            while (process.isAlive() && !isReady(root, process.pid())) {
                show(said);
                Thread.sleep(POLL_MILLIS);
            }
            show(said);
        }
        return process.isAlive() ? 0 : process.exitValue();
    }

    private static boolean isReady(Path root, long pid) {
        return RunState.read(root)
                .filter(state -> state.supervisorPid() == pid && state.phase() == RunState.Phase.READY)
                .isPresent();
    }

    private void show(InputStream said) throws IOException {
        out.write(said.readAllBytes());
        out.flush();
    }

    private List<String> command() {
        var command = new ArrayList<>(
                List.of("/bin/sh", "-c", DEAF_SHELL, "sh", Home.java().toString()));
        if (Files.isRegularFile(home.cache("halley"))) {
            command.add("-XX:SharedArchiveFile=" + home.cache("halley"));
        }
        command.add("@" + home.arguments());
        command.add("-Dhalley.home=" + home.root());
        command.add("-Dhalley.distribution=" + home.distribution());
        command.add(Halley.class.getName());
        command.addAll(order.keepingData().arguments());
        return command;
    }
}
