package space.halley.launcher.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One program that the supervisor runs as a child process.
 *
 * @param name what people call it; also the name of its log file and of its folder
 * @param classPath jars in the order they are searched
 * @param mainClass started through {@link ChildMain}
 * @param arguments for the main class; no secrets, everyone on the machine can read them
 * @param jvmOptions for the Java virtual machine
 * @param folder the working directory
 * @param port where it will answer
 * @param health the address that says whether it is ready; absent if only the port tells
 * @param grace how long it may take to stop before it is killed
 */
public record ChildSpec(
        String name,
        List<Path> classPath,
        String mainClass,
        List<String> arguments,
        List<String> jvmOptions,
        Path folder,
        int port,
        @Nullable String health,
        Duration grace) {
    public ChildSpec {
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
        jvmOptions = List.copyOf(jvmOptions);
    }
}
