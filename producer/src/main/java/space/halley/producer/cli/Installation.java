package space.halley.producer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.schemas.installation.ServiceConfig;

/**
 * Where a running local installation is found: its data folder, in which {@code run/} holds the settings of whoever
 * connects to it, one properties file each, while it runs.
 *
 * @param data the data folder
 */
public record Installation(Path data) {
    private static final String AGENCY_PREFIX = "agency-";
    private static final String SUFFIX = ".properties";

    /**
     * The installation whose data folder is named by the option, else by {@code HALLEY_DATA}, else {@code .halley} in the
     * folder of the command itself, else in the current one.
     */
    public static Installation of(@Nullable Path option) {
        return of(option, System::getenv, System::getProperty);
    }

    static Installation of(
            @Nullable Path option,
            UnaryOperator<@Nullable String> environment,
            UnaryOperator<@Nullable String> property) {
        if (option != null) {
            return new Installation(option);
        }
        var named = environment.apply("HALLEY_DATA");
        if (named != null && !named.isBlank()) {
            return new Installation(Path.of(named));
        }
        return new Installation(home(property).resolve(".halley"));
    }

    /** The folder of the command itself, else the current one. */
    public static Path home() {
        return home(System::getProperty);
    }

    private static Path home(UnaryOperator<@Nullable String> property) {
        var home = property.apply("halley.home");
        return Path.of(home == null ? "" : home);
    }

    /** The settings with which the agency connects. */
    public ServiceConfig agency(AgencyId agency) {
        var file = run().resolve(AGENCY_PREFIX + agency + SUFFIX);
        if (Files.isRegularFile(file)) {
            return ServiceConfig.load(file);
        }
        var known = agencies();
        if (known.isEmpty()) {
            throw notRunning();
        }
        throw new Complaint("this installation has no agency '" + agency + "'; it has " + String.join(", ", known));
    }

    /** The settings with which topics and rights are set up. */
    public ServiceConfig deployer() {
        var file = run().resolve("deployer" + SUFFIX);
        if (!Files.isRegularFile(file)) {
            throw notRunning();
        }
        return ServiceConfig.load(file);
    }

    /** That nothing runs there. */
    public Complaint notRunning() {
        return new Complaint("no running installation in " + data
                + "; is Halley running? ./halley up starts it, --data or HALLEY_DATA names another data folder");
    }

    private Path run() {
        return data.resolve("run");
    }

    private List<String> agencies() {
        if (!Files.isDirectory(run())) {
            return List.of();
        }
        try (var files = Files.list(run())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(AGENCY_PREFIX) && name.endsWith(SUFFIX))
                    .map(name -> name.substring(AGENCY_PREFIX.length(), name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Complaint("the folder " + run() + " cannot be read: " + e, e);
        }
    }
}
