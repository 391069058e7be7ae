package space.halley.launcher.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import space.halley.domain.Agencies;
import space.halley.producer.cli.CliCommand;
import space.halley.producer.cli.Complaint;
import space.halley.producer.cli.ExitCode;
import space.halley.producer.cli.Installation;
import space.halley.schemas.TopicSpec;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.ServiceConfig;
import space.halley.schemas.installation.TopicInstaller;

/** {@code halley topics}: the catalogue of topics, printed, compared with a cluster, or brought onto it. */
@Command(
        name = "topics",
        header = "Print the catalogue of topics, or bring a cluster into its form.",
        description = "Without --check or --apply nothing needs to run.",
        exitCodeList = {
            "0:printed; applied; or no difference",
            "1:the cluster differs from the catalogue",
            "2:wrong command line, or the cluster cannot be reached"
        },
        footer = {
            "  halley topics",
            "  halley topics --markdown > docs/topics.md",
            "  halley topics --check",
            "  halley topics --apply --config deployer.properties"
        })
public final class TopicsCommand extends CliCommand {
    private static final int DEFAULT_PARTITIONS = 4;
    private static final int PATIENCE_MS = 6_000;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private @Nullable Task task;

    private static final class Task {
        @Option(
                names = "--apply",
                description = "Create what is missing, topics and access rights, and correct topics' settings.")
        private boolean apply;

        @Option(names = "--check", description = "Say where the cluster's topics and rights differ from the catalogue.")
        private boolean check;

        @Option(names = "--markdown", description = "Print the catalogue as Markdown, for documentation.")
        private boolean markdown;

        @Option(names = "--json", description = "Print one JSON object per topic.")
        private boolean json;
    }

    @Option(
            names = "--agencies",
            paramLabel = "FOLDER",
            description = "The agencies' profiles. Default: those of the settings, or agencies/ beside the command.")
    private @Nullable Path agencies;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The deployer's settings. Default, for --apply and --check: those of the local installation.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Data folder of the local installation. Default: HALLEY_DATA, or .halley beside the command.")
    private @Nullable Path data;

    @Override
    protected int run() {
        if (task != null && (task.apply || task.check)) {
            return onCluster(config == null ? Installation.of(data).deployer() : ServiceConfig.load(config));
        }
        var topics = config == null
                ? new Topics(profiles(Installation.home().resolve("agencies")), DEFAULT_PARTITIONS, (short) 1)
                : topics(ServiceConfig.load(config));
        if (task != null && task.json) {
            topics.all().forEach(topic -> out().println(json(topic)));
        } else if (task != null && task.markdown) {
            markdown(topics).forEach(out()::println);
        } else {
            plain(topics).forEach(out()::println);
        }
        out().flush();
        return ExitCode.DONE;
    }

    private Agencies profiles(Path otherwise) {
        return AgencyProfiles.load(agencies == null ? otherwise : agencies);
    }

    private Topics topics(ServiceConfig settings) {
        return new Topics(profiles(settings.agenciesDir()), settings.partitions(), settings.replication());
    }

    private int onCluster(ServiceConfig settings) {
        var topics = topics(settings);
        var client = settings.kafkaClient();
        client.put(AdminClientConfig.CLIENT_ID_CONFIG, "halley-topics");
        client.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        try (var admin = Admin.create(client)) {
            var installer = new TopicInstaller(admin, topics);
            if (task != null && task.apply) {
                installer.install().forEach(out()::println);
            }
            var differences = new ArrayList<>(TopicInstaller.differences(admin, topics.all()));
            differences.addAll(installer.foreignRights());
            differences.forEach(out()::println);
            out().println(
                            differences.isEmpty()
                                    ? topics.all().size() + " topics are as the catalogue has them"
                                    : differences.size() + " differences");
            out().flush();
            return differences.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("interrupted", e);
        } catch (ExecutionException e) {
            throw new Complaint(trouble(settings, e.getCause() == null ? e : e.getCause()), e);
        } catch (KafkaException e) {
            throw new Complaint(trouble(settings, e.getCause() == null ? e : e.getCause()), e);
        }
    }

    private static String trouble(ServiceConfig settings, Throwable cause) {
        var where = "Kafka at " + settings.kafka().get("bootstrap.servers");
        return cause instanceof TimeoutException
                ? where + " gives no answer in time; is Halley running? ./halley up starts it"
                : where + " does not do it: " + cause.getMessage();
    }

    private static Object json(TopicSpec topic) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("name", topic.name())
                .put("purpose", topic.purpose())
                .put("key", topic.key())
                .put("schema", schema(topic))
                .put("partitions", topic.partitions())
                .put("replication", topic.replication());
        var settings = json.putObject("config");
        new TreeMap<>(topic.config()).forEach(settings::put);
        return json;
    }

    private List<String> plain(Topics topics) {
        return topics.all().stream()
                .flatMap(topic -> List.of(
                        ansi().string("@|bold " + topic.name() + "|@"),
                        "  " + topic.purpose(),
                        "  key         " + topic.key(),
                        "  value       " + schema(topic),
                        "  partitions  " + topic.partitions() + ", " + topic.replication()
                                + (topic.replication() == 1 ? " copy" : " copies"),
                        "  settings    " + settings(topic, ", "),
                        "  may         " + rights(topics, topic, ", "),
                        "")
                        .stream())
                .toList();
    }

    private static List<String> markdown(Topics topics) {
        var lines = topics.all().stream()
                .map(topic -> "| `" + topic.name() + "` | " + topic.purpose() + " | " + topic.key() + " | "
                        + schema(topic) + " | " + topic.partitions() + " | " + settings(topic, "<br>") + " | "
                        + rights(topics, topic, "<br>") + " |")
                .toList();
        var all = new java.util.ArrayList<>(List.of(
                "| topic | what it holds | key | value | partitions | settings | who may |",
                "|---|---|---|---|---|---|---|"));
        all.addAll(lines);
        return all;
    }

    private static String schema(TopicSpec topic) {
        var envelope = topic.envelope();
        return envelope == null ? "bytes of Halley's own" : envelope.getFullName();
    }

    private static String settings(TopicSpec topic, String separator) {
        return new TreeMap<>(topic.config())
                .entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(separator));
    }

    /** Reading and writing; the sight of a topic's description comes with either. */
    private static String rights(Topics topics, TopicSpec topic, String separator) {
        return topics.acls().stream()
                .filter(acl -> acl.pattern().name().equals(topic.name()))
                .map(org.apache.kafka.common.acl.AclBinding::entry)
                .filter(entry -> switch (entry.operation()) {
                    case READ, WRITE -> true;
                    default -> false;
                })
                .map(entry -> entry.principal().replace("User:*", "everyone").replace("User:", "") + " "
                        + entry.operation().name().toLowerCase(java.util.Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(separator));
    }
}
