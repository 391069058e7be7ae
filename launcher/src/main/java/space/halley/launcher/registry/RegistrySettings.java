package space.halley.launcher.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import space.halley.launcher.data.LauncherException;
import space.halley.launcher.data.Ports;

/**
 * The settings of Apicurio Registry as a child process: on loopback, its data in files, everyone may read and the
 * deployer alone may write.
 */
public final class RegistrySettings {
    /** Where the interface that Confluent's clients speak is found. */
    public static final String CONFLUENT_PATH = "/apis/ccompat/v7";

    /** Started directly, not through Quarkus' own class loader, so that a cache of loaded classes can be used. */
    public static final String MAIN_CLASS = "io.quarkus.runner.GeneratedMain";

    private RegistrySettings() {}

    /**
     * The registry's settings, the deployer's password among them.
     *
     * @param folder for the database
     */
    public static Map<String, String> of(Path folder, Ports ports, String deployer, String password) {
        var settings = common(folder, deployer, password);
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(ports.of(Ports.Use.REGISTRY)));
        settings.put("quarkus.management.port", Integer.toString(ports.of(Ports.Use.REGISTRY_MANAGEMENT)));
        return settings;
    }

    /** The settings of the registry in a container. */
    public static Map<String, String> inContainer(String deployer, String password) {
        var settings = common(Path.of("/data"), deployer, password);
        settings.put("quarkus.http.host", "0.0.0.0");
        settings.put("quarkus.http.port", "8080");
        return settings;
    }

    private static Map<String, String> common(Path folder, String deployer, String password) {
        var settings = new TreeMap<String, String>();
        settings.put("quarkus.management.host", "127.0.0.1");
        settings.put("quarkus.banner.enabled", "false");
        settings.put("quarkus.http.access-log.enabled", "false");
        settings.put("quarkus.log.console.format", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p %c{2.} - %m%n");
        settings.put("apicurio.storage.kind", "sql");
        settings.put("apicurio.storage.sql.kind", "h2");
        settings.put("apicurio.datasource.url", "jdbc:h2:file:" + folder.resolve("registry"));
        settings.put("apicurio.datasource.jdbc.initial-size", "2");
        settings.put("apicurio.datasource.jdbc.min-size", "2");
        settings.put("apicurio.datasource.jdbc.max-size", "16");
        settings.put("apicurio.rules.global.compatibility", "FULL_TRANSITIVE");
        writesByDeployerOnly(settings, deployer, password);
        return settings;
    }

    private static void writesByDeployerOnly(Map<String, String> settings, String deployer, String password) {
        settings.put("quarkus.http.auth.basic", "true");
        settings.put("apicurio.authn.mechanism.priority", "basic");
        settings.put("quarkus.security.users.embedded.plain-text", "true");
        settings.put("quarkus.security.users.embedded.users." + deployer, password);
        settings.put("quarkus.security.users.embedded.roles." + deployer, "sr-admin");
        settings.put("apicurio.auth.role-based-authorization", "true");
        settings.put("apicurio.auth.anonymous-read-access.enabled", "true");
        // Otherwise the rules above could be changed while it runs.
        settings.put("apicurio.config.dynamic.allow-all", "false");
    }

    /** The registry's jars; classes that Quarkus has rewritten come before the originals. */
    public static List<Path> classPath(Path distribution) {
        var jars = new ArrayList<Path>();
        jars.add(distribution.resolve("quarkus/transformed-bytecode.jar"));
        jars.add(distribution.resolve("quarkus/generated-bytecode.jar"));
        for (var folder : List.of("app", "lib/boot", "lib/main")) {
            jars.addAll(jarsIn(distribution.resolve(folder)));
        }
        return jars;
    }

    /** All jars of a folder, always in the same order. */
    public static List<Path> jarsIn(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LauncherException(
                    "The programs in " + folder + " are missing or cannot be read.",
                    "Build Halley again: mvn -DskipTests package",
                    e);
        }
    }
}
