package space.halley.launcher;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import space.halley.launcher.broker.BrokerSettings;
import space.halley.launcher.data.Secrets;
import space.halley.launcher.process.ChildSpec;
import space.halley.launcher.process.Probe;
import space.halley.launcher.process.Probes;
import space.halley.launcher.process.Supervisor;
import space.halley.schemas.Topics;

/**
 * The order in which everything starts: broker and registry side by side, each followed by what the deployer puts into
 * it; streams and API as soon as there are topics.
 */
final class StartSequence {
    /** On a slow machine, and while the broker recovers from a crash, a start takes far longer than usual. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Programs programs;
    private final Supervisor supervisor;
    private final Topics topics;
    private final Secrets secrets;
    private final Progress progress;

    StartSequence(Programs programs, Supervisor supervisor, Topics topics, Secrets secrets, Progress progress) {
        this.programs = programs;
        this.supervisor = supervisor;
        this.topics = topics;
        this.secrets = secrets;
        this.progress = progress;
    }

    /**
     * Returns when everything is ready.
     *
     * @param publish says what is to be said before that; the lanes may still be starting
     */
    void run(Together.Step publish) throws InterruptedException, ExecutionException {
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build()) {
            var broker = programs.broker();
            var registry = programs.registry();
            var streams = programs.streams();
            var api = programs.api();
            supervisor.start(broker);
            supervisor.start(registry);
            Together.run(List.of(
                    () -> {
                        ready(broker, Probes.port(broker.port()), programs.bootstrapServers());
                        prepareKafka();
                        // The lanes wait for the schemas by themselves, unless the log has them already.
                        supervisor.start(streams);
                        // It asks the registry for nothing before there is a record.
                        supervisor.start(api);
                    },
                    () -> ready(registry, health(http, registry), "" + programs.registryAddress())));
            prepareRegistry();
            Together.run(List.of(
                    publish,
                    () -> ready(streams, health(http, streams), "one lane for each agency"),
                    () -> ready(api, health(http, api), programs.apiAddress())));
        }
    }

    private void prepareKafka() throws InterruptedException, ExecutionException {
        progress.begin("topics");
        var passwords = new HashMap<String, String>();
        topics.users().forEach(user -> passwords.put(user, secrets.password(user)));
        new Deployer(topics)
                .prepareKafka(
                        programs.kafkaClient(BrokerSettings.DEPLOYER),
                        passwords,
                        "Correct them, or start over with --fresh, which deletes all data in the folder.");
        progress.end("topics", topics.all().size() + " topics with their rights");
    }

    private void prepareRegistry() throws InterruptedException, ExecutionException {
        progress.begin("schemas");
        new Deployer(topics)
                .prepareRegistry(
                        programs.kafkaClient(BrokerSettings.DEPLOYER),
                        programs.registryAddress(),
                        BrokerSettings.DEPLOYER,
                        secrets.password(Programs.REGISTRY_DEPLOYER));
        progress.end("schemas", topics.subjects().size() + " subjects");
    }

    private void ready(ChildSpec program, Probe probe, String what) throws InterruptedException {
        progress.begin(program.name());
        supervisor.awaitReady(program.name(), probe, PATIENCE);
        progress.end(program.name(), what);
    }

    private static Probe health(HttpClient http, ChildSpec program) {
        return Probes.http(http, Objects.requireNonNull(program.health()));
    }
}
