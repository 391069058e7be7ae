package space.halley.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a {@link ChildSpec} into what is executed. */
final class JavaCommand {
    private static final Set<String> KEPT_VARIABLES = Set.of("PATH", "HOME", "USER", "LANG", "TZ", "LD_LIBRARY_PATH");

    /**
     * A terminal sends Ctrl-C and hang-up to all its processes at once. The children ignore both, so that the
     * supervisor can stop them one after the other.
     */
    private static final String DEAF_SHELL = "trap '' INT HUP; exec \"$@\"";

    private JavaCommand() {}

    /** Writes the class path and options to an argument file, and returns the command that reads it. */
    static List<String> of(ChildSpec spec, Path java, Path argumentFile) throws IOException {
        var lines = new ArrayList<>(spec.jvmOptions());
        lines.add("-classpath");
        lines.add(spec.classPath().stream().map(Path::toString).collect(Collectors.joining(":")));
        Files.write(argumentFile, lines.stream().map(JavaCommand::quoted).collect(Collectors.toList()));
        var command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                DEAF_SHELL,
                "sh",
                java.toString(),
                "@" + argumentFile,
                ChildMain.class.getName(),
                spec.mainClass()));
        command.addAll(spec.arguments());
        return command;
    }

    /** Only what a program needs; variables such as QUARKUS_HTTP_PORT would override the settings it is given. */
    static Map<String, String> environment(Map<String, String> own) {
        return own.entrySet().stream()
                .filter(entry -> KEPT_VARIABLES.contains(entry.getKey())
                        || entry.getKey().startsWith("LC_"))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** As java's argument files want it. */
    static String quoted(String argument) {
        return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
