package space.halley.launcher.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import space.halley.domain.AgencyId;
import space.halley.domain.ContentHash;
import space.halley.producer.cli.CliCommand;
import space.halley.producer.cli.ExitCode;

/** {@code halley policy status}: which version is in force where. */
@Command(
        name = "status",
        header = "Show which policy version of each agency is in force in which partition.",
        description = {
            "A version is put into force partition by partition. Where some have it and others do not, the broadcast was"
                    + " interrupted: until it is resumed, products of one agency are held by two versions.",
            "Reads the journal of decisions, so it needs the right to read it."
        },
        exitCodeList = {
            "0:every agency's newest version is in force in all partitions",
            "1:a broadcast is interrupted, partitions have different documents under one number, or the agency that was asked for has"
                    + " published no policy",
            "2:wrong command line, no right to read the journal, or no answer"
        },
        footer = {"  halley policy status", "  halley policy status --agency esa --json"})
public final class PolicyStatusCommand extends CliCommand {
    @Option(
            names = {"-a", "--agency"},
            paramLabel = "AGENCY",
            description = "Only this agency. Default: all that have published a policy.")
    private @Nullable String agency;

    @Option(names = "--json", description = "Print one JSON object per agency.")
    private boolean json;

    @Mixin
    private final OperatorOptions operator = new OperatorOptions();

    @Override
    protected int run() {
        var journal = new Journal(operator.kafka()).ofPolicies();
        var standings = PolicyStandings.of(journal.entries(), journal.partitions()).agencies().entrySet().stream()
                .filter(entry ->
                        agency == null || agency.equalsIgnoreCase(entry.getKey().value()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        if (standings.isEmpty() && agency != null) {
            err().println(agency
                    + " has published no policy, or is no agency here; without --agency, those are named that have");
            err().flush();
            return ExitCode.REFUSED;
        }
        if (standings.isEmpty() && !json) {
            out().println("No agency has published a policy.");
        }
        for (var standing : standings) {
            if (json) {
                out().println(asJson(standing.getKey(), standing.getValue()));
            } else {
                print(standing.getKey(), standing.getValue());
            }
        }
        out().flush();
        return standings.stream()
                        .map(Map.Entry::getValue)
                        .anyMatch(standing ->
                                standing.isInterrupted() || standing.documents().size() > 1)
                ? ExitCode.REFUSED
                : ExitCode.DONE;
    }

    private void print(AgencyId who, PolicyStandings.Standing standing) {
        var last = standing.last();
        var newest = standing.newest();
        if (standing.documents().size() > 1) {
            out().println(ansi().string(
                            "@|red " + who + ": version " + newest + " is not the same document everywhere|@"));
            standing.documents()
                    .forEach((hash, partitions) -> out().println("  hash " + hash.sha256() + " in partition "
                            + partitions.stream().map(String::valueOf).collect(Collectors.joining(", "))));
            out().println("  Both stay as they are. To have one again: publish the right document as version "
                    + (newest + 1) + ".");
        }
        var since = last == null
                ? ""
                : " since " + last.causeAppendTime() + ", hash "
                        + last.grounds().policyHash().map(ContentHash::sha256).orElse("");
        if (!standing.isInterrupted() && standing.documents().size() > 1) {
            return;
        }
        if (!standing.isInterrupted()) {
            out().println(who + ": version " + newest + " in all " + standing.partitions() + " partitions" + since);
            return;
        }
        out().println(ansi().string("@|red " + who + ": the broadcast of version " + newest + " is interrupted|@")
                + since);
        standing.inForce().values().stream()
                .map(entry -> entry.grounds().policy())
                .distinct()
                .sorted()
                .forEach(version ->
                        out().println("  version " + version + " in partition " + partitions(standing, version)));
        if (!standing.in(0).isEmpty()) {
            out().println("  none in partition " + partitions(standing, 0));
        }
        var missing = IntStream.rangeClosed(standing.oldest() + 1, newest)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", then "));
        out().println("  To resume it: halley policy publish --agency " + who + " FILE, with the document of version "
                + missing);
    }

    private static String partitions(PolicyStandings.Standing standing, int version) {
        return standing.in(version).stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static Object asJson(AgencyId who, PolicyStandings.Standing standing) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("agency", who.value())
                .put("version", standing.newest())
                .put("interrupted", standing.isInterrupted())
                .put("split", standing.documents().size() > 1);
        var last = standing.last();
        if (last != null) {
            json.put("since", last.causeAppendTime().toString());
            last.grounds().policyHash().ifPresent(hash -> json.put("hash", hash.sha256()));
        }
        var partitions = json.putArray("partitions");
        for (int partition = 0; partition < standing.partitions(); partition++) {
            partitions.add(standing.version(partition));
        }
        return json;
    }
}
