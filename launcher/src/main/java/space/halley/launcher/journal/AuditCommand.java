package space.halley.launcher.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import space.halley.audit.Auditor;
import space.halley.audit.Waiting;
import space.halley.domain.Agencies;
import space.halley.producer.cli.CliCommand;
import space.halley.producer.cli.Complaint;
import space.halley.producer.cli.ExitCode;
import space.halley.producer.cli.Installation;
import space.halley.schemas.Codecs;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.LedgerSchemas;
import space.halley.schemas.installation.Scan;
import space.halley.schemas.installation.SchemaLedger;

/** {@code halley audit}: the promises, checked on the physical log. */
@Command(
        name = "audit",
        header = "Check every promise on the physical log of a cluster, and name each violation with its place.",
        description = {
            "Reads everything that agencies said and that the lanes wrote, records of aborted transactions among them, decides"
                    + " every command again, and compares. Nothing is changed. Lanes may run meanwhile, or have stopped in the"
                    + " middle of a burst: what they have not decided yet, and products that a release or a new policy has"
                    + " not reached yet, are counted and left out, and those that have waited longest are named. Nobody can"
                    + " tell an input that was lost at the end of a partition from one that is still to be decided; where the"
                    + " lanes are known to be at rest, --patience 0 reports it as a violation.",
            "The agencies' profiles must be those with which the lanes decided. Records of an agency that has none any more"
                    + " are counted and left out, unless they are about a product of one that has; a policy that names it would"
                    + " be refused today, which is reported.",
            "A large log is read several times, each time for other lanes, so that what is kept in memory fits: about 8 kB"
                    + " for each command. A lane is one agency in one partition; one with more than 200,000 commands needs a"
                    + " larger heap than the 2 GB that the command has (HALLEY_AUDIT_HEAP=8g)."
        },
        exitCodeList = {
            "0:every promise is kept",
            "1:at least one is broken",
            "2:wrong command line, no right to read everything, a topic that is missing, too little memory, or nothing"
                    + " comes for 30 s"
        },
        footer = {
            "  halley audit",
            "  halley audit --json",
            "  halley audit --settings auditor.properties --agencies agencies/",
            "      of an installation on other machines"
        })
public final class AuditCommand extends CliCommand {
    private final InstantSource clock;

    @Mixin
    private final OperatorOptions operator = new OperatorOptions();

    @Option(
            names = "--agencies",
            paramLabel = "FOLDER",
            description = "The agencies' profiles. Default: agencies/ beside the command.")
    private @Nullable Path agencies;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description =
                    "In how many seconds a lane may have been seen at work before a product that it has not come to counts as"
                            + " forgotten; more than the largest burst takes. With 0 nothing may be left to be done: every"
                            + " command must have been decided and every release and new policy must have reached every"
                            + " product. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    AuditCommand() {
        this(InstantSource.system());
    }

    AuditCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    protected int run() {
        if (patience < 0) {
            throw new ParameterException(spec().commandLine(), "--patience must be 0 or more");
        }
        var client = new HashMap<String, String>();
        operator.kafka().forEach((name, value) -> client.put(name, value.toString()));
        client.put(ConsumerConfig.CLIENT_ID_CONFIG, "halley-audit");
        client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        client.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(Scan.PATIENCE.toMillis()));
        client.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(Scan.PATIENCE.toMillis()));
        var known = AgencyProfiles.load(agencies == null ? Installation.home().resolve("agencies") : agencies);
        try {
            var partitions = partitions(client, known);
            var schemas = new LedgerSchemas(new SchemaLedger(Map.copyOf(client)).read());
            var auditor = new Auditor(
                    client,
                    known,
                    partitions,
                    Codecs.over(schemas),
                    Duration.ofSeconds(patience),
                    memory(),
                    this::tell);
            var report = auditor.audit();
            if (json) {
                out().println(json(report));
            } else {
                print(report);
            }
            out().flush();
            return report.isKept() ? ExitCode.DONE : ExitCode.REFUSED;
        } catch (KafkaException | RegistryUnavailableException e) {
            throw new Complaint(
                    "the log at " + client.get("bootstrap.servers") + " cannot be read: " + e.getMessage()
                            + "; is Halley running, and do these settings belong to an auditor?",
                    e);
        } catch (OutOfMemoryError e) {
            throw new Complaint(
                    "the memory is too small for this log, and nothing is said about the promises; give the command more, such as"
                            + " HALLEY_AUDIT_HEAP=8g",
                    e);
        }
    }

    /** Most of the heap; the rest is for reading. */
    private static long memory() {
        return Runtime.getRuntime().maxMemory() / 5 * 4;
    }

    /** How many partitions the commands have; all topics must be there, or what is missing would look like what never was. */
    private static int partitions(Map<String, String> client, Agencies agencies) {
        try (var consumer = new KafkaConsumer<>(
                new HashMap<String, Object>(client), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var there = consumer.listTopics();
            var missing = Stream.concat(Stream.of(Topics.SCHEMAS), Auditor.topics(agencies).stream())
                    .filter(topic -> !there.containsKey(topic))
                    .toList();
            if (!missing.isEmpty()) {
                throw new Complaint("nothing was audited: the log at " + client.get("bootstrap.servers")
                        + " lacks, or this user may not see, " + String.join(", ", missing));
            }
            return there.getOrDefault(Topics.PUBLIC, List.of()).size();
        }
    }

    private void tell(String what) {
        err().println("audit: " + what);
        err().flush();
    }

    private void print(Auditor.Report report) {
        out().printf(
                        "%d inputs, %d decisions, %d public records; %d inputs without an effect yet, %d products not reached"
                                + " yet, %d aborted records%n%n",
                        report.inputs(),
                        report.decisions(),
                        report.published(),
                        report.undecided(),
                        report.unfinished(),
                        report.aborted());
        report.oldestCommands()
                .forEach(waiting -> out().println("  not decided yet: " + waiting.shown(clock.instant())));
        report.oldestProducts()
                .forEach(waiting -> out().println("  not reached yet: " + waiting.shown(clock.instant())));
        report.leftOut().forEach((agency, number) -> out().printf(
                        "  left out: %d records of %s, which has no profile here%n", number, agency));
        if (!report.oldestCommands().isEmpty()
                || !report.oldestProducts().isEmpty()
                || !report.leftOut().isEmpty()) {
            out().println();
        }
        report.violations().forEach((promise, found) -> {
            var verdict = found.isEmpty() ? "@|green kept|@" : "@|bold,red broken " + found.size() + " times|@";
            out().printf("  %-22s %s%n", promise, ansi().string(verdict));
            found.forEach(violation -> out().println("      " + violation));
        });
    }

    private static Object json(Auditor.Report report) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("kept", report.isKept())
                .put("inputs", report.inputs())
                .put("undecided", report.undecided())
                .put("unfinished", report.unfinished())
                .put("decisions", report.decisions())
                .put("public_records", report.published())
                .put("aborted_records", report.aborted());
        put(json.putArray("oldest_undecided"), report.oldestCommands());
        put(json.putArray("oldest_unfinished"), report.oldestProducts());
        var leftOut = json.putObject("left_out");
        report.leftOut().forEach(leftOut::put);
        var promises = json.putObject("violations");
        report.violations().forEach((promise, found) -> {
            var list = promises.putArray(promise);
            found.forEach(list::add);
        });
        return json;
    }

    private static void put(ArrayNode array, List<Waiting> all) {
        for (var waiting : all) {
            array.addObject()
                    .put("what", waiting.what())
                    .put("at", waiting.at().toString())
                    .put("since", waiting.since().toString());
        }
    }
}
