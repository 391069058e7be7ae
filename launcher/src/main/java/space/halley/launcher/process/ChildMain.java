package space.halley.launcher.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Objects;

/**
 * What every child process of the supervisor starts with: it runs the main class named by its first argument, and ends
 * the process in good order when the supervisor is gone. The supervisor holds the other end of standard input and never
 * writes to it, so that even when it is killed the operating system closes the pipe, and no child stays behind.
 */
public final class ChildMain {
    /** How long an orderly end may take after the supervisor is gone, in seconds. */
    static final String GRACE = "halley.child.grace";

    private static final int KILLED = 137;

    private ChildMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        startWatching();
        var main = Class.forName(arguments[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            Objects.requireNonNullElse(e.getCause(), e).printStackTrace();
            System.exit(1);
        }
    }

    private static void startWatching() {
        var watcher = new Thread(ChildMain::awaitEndOfSupervisor, "supervisor-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void awaitEndOfSupervisor() {
        try {
            for (var next = System.in.read(); next >= 0; next = System.in.read()) {
                // The supervisor writes nothing; whatever came from elsewhere means nothing.
            }
        } catch (IOException e) {
            System.err.println("The pipe to the supervisor broke: " + e.getMessage());
        }
        System.err.println("The supervisor is gone; ending.");
        var grace = Integer.getInteger(GRACE, 20);
        var lastResort = new Thread(
                () -> {
                    try {
                        Thread.sleep(grace * 1000L);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(KILLED);
                },
                "last-resort");
        lastResort.setDaemon(true);
        lastResort.start();
        System.exit(0);
    }
}
