package space.halley.producer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Policy;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.PolicyDocument;

/** {@code halley policy check}: says what is wrong with policies before anyone publishes them. */
@Command(
        name = "check",
        header = "Say everything that is wrong with policy documents, line by line.",
        description = {
            "Reads the files and connects to nothing. A document without problems is one that every lane accepts, if its"
                    + " number follows that of the version in force."
        },
        exitCodeList = {"0:all documents are policies", "1:at least one has a problem", "2:a file cannot be read"},
        footer = {"  halley policy check agencies/*/policy.yaml", "  halley policy check --json draft.yaml"})
public final class PolicyCheckCommand extends CliCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Policy documents.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(
            names = "--agencies",
            paramLabel = "FOLDER",
            description = "The agencies' profiles, with one of which every agreement must be. Default: agencies/ beside"
                    + " the command; without it, partners are not looked up.")
    private @Nullable Path agencies;

    @Option(names = "--json", description = "Print one JSON object per file.")
    private boolean json;

    @Override
    protected int run() {
        var known = known();
        var fine = true;
        for (var file : files) {
            var text = PolicyFile.text(file);
            try {
                report(file, known.isPresent() ? PolicyDocument.read(text, known.get()) : PolicyDocument.read(text));
            } catch (InvalidConfigurationException e) {
                report(file, e.problems());
                fine = false;
            }
        }
        out().flush();
        err().flush();
        return fine ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private Optional<Set<AgencyId>> known() {
        var folder = agencies == null ? Installation.home().resolve("agencies") : agencies;
        return agencies == null && !Files.isDirectory(folder)
                ? Optional.empty()
                : Optional.of(AgencyProfiles.load(folder).all().stream()
                        .map(Agency::id)
                        .collect(Collectors.toSet()));
    }

    private void report(Path file, Policy policy) {
        if (json) {
            out().println(JsonNodeFactory.instance
                    .objectNode()
                    .put("file", file.toString())
                    .put("valid", true)
                    .put("agency", policy.agency().value())
                    .put("version", policy.number())
                    .put("hash", policy.hash().sha256())
                    .put("rules", policy.rules().size())
                    .put("agreements", policy.agreements().size()));
        } else {
            out().println(file + ": version " + policy.number() + " of " + policy.agency() + "'s policy, "
                    + counted(policy.rules().size(), "rule") + ", "
                    + counted(policy.agreements().size(), "agreement") + "; hash " + policy.hash());
        }
    }

    private void report(Path file, List<String> problems) {
        if (json) {
            var report = JsonNodeFactory.instance
                    .objectNode()
                    .put("file", file.toString())
                    .put("valid", false);
            problems.forEach(report.putArray("problems")::add);
            out().println(report);
        } else {
            problems.forEach(problem -> err().println(file + ": " + problem));
        }
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
