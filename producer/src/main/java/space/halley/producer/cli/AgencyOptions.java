package space.halley.producer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Policy;
import space.halley.producer.PublisherSettings;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.ServiceConfig;

/** Who speaks, and to which installation. */
final class AgencyOptions {
    private static final int MAX_IN_FLIGHT = 1_000;
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(6);

    @Option(
            names = {"-a", "--agency"},
            required = true,
            paramLabel = "AGENCY",
            converter = Converters.OfAgency.class,
            description = "The agency in whose name to speak, such as nasa or esa.")
    @SuppressWarnings("NullAway.Init")
    AgencyId agency;

    @Option(
            names = "--author",
            paramLabel = "ROLE",
            defaultValue = "publisher",
            description = "The role that asks for it; kept for ever, so no person's name. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    String author;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Converters.OfWait.class,
            description = "How long to wait for the answer to each command. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    Duration wait;

    @Option(names = "--no-wait", description = "Do not wait for answers; only say that all is sent.")
    boolean noWait;

    @Option(names = "--json", description = "Print one JSON object per line: the results, then a summary.")
    boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings with which to connect. Default: those of the local installation for the agency.")
    @Nullable
    Path config;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Data folder of the local installation. Default: HALLEY_DATA, or .halley beside the command.")
    @Nullable
    Path data;

    ServiceConfig config() {
        return config == null ? Installation.of(data).agency(agency) : ServiceConfig.load(config);
    }

    /** Complains if the installation has no such agency. */
    void checkProfile(ServiceConfig config) {
        var unused = profile(config.agenciesDir());
    }

    /** The agency's profile beside the command, for what needs no running installation. */
    Agency profileAtRest() {
        return profile(agenciesAtRest());
    }

    /** Where the agency's policy stands beside the command, if it has one. */
    Path policyFile() {
        return agenciesAtRest().resolve(agency.value()).resolve("policy.yaml");
    }

    /** The agency's policy beside the command; empty if there is none. */
    Optional<Policy> policyAtRest() {
        var file = policyFile();
        return Files.exists(file) ? Optional.of(PolicyFile.read(file).policy()) : Optional.empty();
    }

    private Path agenciesAtRest() {
        var folder = Installation.home().resolve("agencies");
        return config == null && Files.isDirectory(folder) ? folder : config().agenciesDir();
    }

    private Agency profile(Path folder) {
        var agencies = AgencyProfiles.load(folder);
        return agencies.find(agency)
                .orElseThrow(() -> new Complaint("there is no agency '" + agency + "' in " + folder + "; there are "
                        + agencies.all().stream()
                                .map(known -> known.id().value())
                                .collect(Collectors.joining(", "))));
    }

    PublisherSettings settings(ServiceConfig config) {
        return new PublisherSettings(
                agency, config.kafka(), CONNECT_WAIT, noWait ? Duration.ZERO : wait, MAX_IN_FLIGHT);
    }
}
