package space.halley.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import space.halley.launcher.data.LauncherException;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.ServiceConfig;

/** Prepares a cluster and a registry that run elsewhere. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        header = "Prepare a Kafka cluster and a schema registry that run elsewhere.",
        description = {
            "",
            "Creates the users, topics, rights and schemas that are missing, corrects the settings of topics, and fails if"
                    + " what exists still differs from the catalogue. Doing it again changes nothing. On one machine 'up'"
                    + " does this by itself.",
            ""
        },
        optionListHeading = "Options%n",
        footerHeading = "%nExamples%n",
        footer = {"  halley deploy --config deployer.properties \\", "      --registry-login registry.properties"},
        sortOptions = false)
final class DeployCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Settings of the deployer: Kafka's client settings, halley.registry.url, halley.agencies.dir,"
                    + " halley.data.dir, halley.partitions, halley.replication.")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(
            names = "--registry-login",
            paramLabel = "FILE",
            required = true,
            description = "Properties 'username' and 'password' of who may write to the registry.")
    @SuppressWarnings("NullAway.Init")
    private Path registryLogin;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Properties with the passwords of the SCRAM users to create, by name. Without it, users are"
                    + " left to whoever runs the cluster.")
    private @Nullable Path users;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for Kafka and the registry. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        var service = ServiceConfig.load(config);
        var topics =
                new Topics(AgencyProfiles.load(service.agenciesDir()), service.partitions(), service.replication());
        var login = read(registryLogin);
        var passwords = users == null ? Map.<String, String>of() : read(users);
        var deployer = new Deployer(topics);
        patiently(
                "Kafka",
                () -> deployer.prepareKafka(
                        service.kafka(),
                        passwords,
                        "Correct them in the cluster, then deploy again; 'halley topics --check --config " + config
                                + "' says when all is well."));
        System.out.println(topics.all().size() + " topics with their rights are there.");
        patiently(
                "the schema registry",
                () -> deployer.prepareRegistry(
                        service.kafka(),
                        service.registry(),
                        login.getOrDefault("username", ""),
                        login.getOrDefault("password", "")));
        System.out.println(topics.subjects().size() + " subjects are registered.");
        return 0;
    }

    /** A cluster that has only just started refuses for a while. */
    private void patiently(String what, Together.Step step) throws InterruptedException, ExecutionException {
        var clock = InstantSource.system();
        var deadline = clock.instant().plusSeconds(patience);
        while (true) {
            try {
                step.run();
                return;
            } catch (ExecutionException | KafkaException | RegistryUnavailableException e) {
                var temporary = Stream.of(e, e.getCause())
                        .anyMatch(problem -> problem instanceof RegistryUnavailableException
                                || problem instanceof RetriableException);
                if (!temporary || clock.instant().isAfter(deadline)) {
                    throw new LauncherException(
                            what + " could not be prepared: " + (e.getCause() == null ? e : e.getCause()),
                            "Check the addresses and the secrets in " + config + " and " + registryLogin + ".",
                            e);
                }
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
    }

    private static Map<String, String> read(Path file) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new LauncherException(file + " cannot be read: " + e + ".", "Check the name and the rights.", e);
        }
        var entries = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(name -> entries.put(name, properties.getProperty(name)));
        return entries;
    }
}
