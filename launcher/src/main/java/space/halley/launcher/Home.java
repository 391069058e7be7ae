package space.halley.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import space.halley.launcher.data.LauncherException;

/**
 * Where Halley itself is on this machine.
 *
 * @param root holds the agencies and the samples
 * @param distribution holds the programs: {@code lib/} and {@code registry/}
 */
record Home(Path root, Path distribution) {
    /** As the {@code halley} script says it. */
    static Home of(Properties system) {
        var root = system.getProperty("halley.home");
        if (root == null) {
            throw new LauncherException(
                    "The folder of Halley is not known.", "Start Halley with the script 'halley' in its folder.");
        }
        var home = Path.of(root).toAbsolutePath().normalize();
        var distribution = system.getProperty("halley.distribution");
        return new Home(
                home,
                distribution == null
                        ? home.resolve("launcher/target/halley")
                        : Path.of(distribution).toAbsolutePath().normalize());
    }

    Path agencies() {
        return root.resolve("agencies");
    }

    Path samples() {
        return root.resolve("samples");
    }

    /** The cache of loaded classes for a program, which makes it start faster; it may be missing. */
    Path cache(String program) {
        return distribution.resolve("cds").resolve(program + ".jsa");
    }

    /** The class path and the options with which the {@code halley} script starts Java. */
    Path arguments() {
        return distribution.resolve("halley.arguments");
    }

    /** The Java that runs this. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    Path registry() {
        var folder = distribution.resolve("registry");
        if (!Files.isDirectory(folder)) {
            throw new LauncherException(
                    "The schema registry's programs are missing in " + folder + ".",
                    "Build Halley again: mvn -DskipTests package");
        }
        return folder;
    }

    Path libraries() {
        return distribution.resolve("lib");
    }
}
