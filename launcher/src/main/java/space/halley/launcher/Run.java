package space.halley.launcher;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.launcher.broker.BrokerSettings;
import space.halley.launcher.data.AlreadyRunningException;
import space.halley.launcher.data.DataFolder;
import space.halley.launcher.data.LauncherException;
import space.halley.launcher.data.Ports;
import space.halley.launcher.data.ProcessIdentity;
import space.halley.launcher.data.RunState;
import space.halley.launcher.data.RunState.Phase;
import space.halley.launcher.data.Secrets;
import space.halley.launcher.process.Supervisor;
import space.halley.launcher.process.SupervisorListener;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.InvalidConfigurationException;

/**
 * One run of everything, from the start to the end.
 *
 * <p>The main thread starts everything and then waits. When the process is told to end, a thread of the Java virtual
 * machine stops everything; the supervisor's thread reports what dies in between.
 */
final class Run implements SupervisorListener {
    /** How many partitions each topic has on one machine; never changed, a product's partition follows from it. */
    static final int PARTITIONS = 4;

    static final short REPLICATION = 1;

    private final DataFolder data;
    private final PrintStream out;
    private final InstantSource clock;
    private final Progress progress;
    private final Programs programs;
    private final Supervisor supervisor;
    private final StartSequence startSequence;
    private final Agencies agencies;
    private final ShippedPolicies policies;
    private final Samples samples;
    private final boolean withSamples;
    private final CountDownLatch over = new CountDownLatch(1);
    private Phase phase = Phase.STARTING;
    private @Nullable String failure;

    private Run(Home home, UpOrder order, DataFolder data, Progress progress, PrintStream out, InstantSource clock) {
        this.data = data;
        this.out = out;
        this.clock = clock;
        this.progress = progress;
        this.policies = new ShippedPolicies(home.agencies(), data.root());
        this.samples = new Samples(home.samples(), data.root(), order.training());
        this.withSamples = order.samples();
        this.agencies = AgencyProfiles.load(home.agencies());
        var topics = new Topics(agencies, PARTITIONS, REPLICATION);
        var ports = Ports.choose(order.ports(), data.marker().ports(), Ports::isFree, Ports::anyFree);
        data.remember(data.marker().withPorts(ports));
        data.emptyFolder("tmp");
        var principals = new ArrayList<>(topics.users());
        principals.addAll(List.of(BrokerSettings.BROKER, Programs.REGISTRY_DEPLOYER));
        var secrets = Secrets.ensure(data.folder("secrets"), principals, new SecureRandom());
        secrets.addLogins(data.folder("secrets"), topics.users(), "127.0.0.1:" + ports.of(Ports.Use.KAFKA));
        this.programs = new Programs(home, data, ports, secrets, order.training());
        this.supervisor = new Supervisor(Home.java(), data.folder("run"), data.folder("logs"), clock, this);
        this.startSequence = new StartSequence(programs, supervisor, topics, secrets, progress);
    }

    /** Starts everything and waits until it is told to stop. The result is the exit code. */
    static int untilStopped(Home home, UpOrder order, PrintStream out, InstantSource clock) throws Exception {
        try (var data = open(order, out)) {
            out.println("Halley is starting. Its data is in " + data.root());
            var progress = new Progress(out, isTerminal(), clock);
            return new Run(home, order, data, progress, out, clock).go(order.training());
        }
    }

    /**
     * Opens the data folder after what an earlier run left behind has ended, and says where Halley can be found if it is
     * already running on it.
     */
    static DataFolder open(UpOrder order, PrintStream out) throws InterruptedException {
        try {
            return DataFolder.open(
                    order.folder(), order.fresh(), root -> Leftovers.clear(root, out::println), () -> Uuid.randomUuid()
                            .toString());
        } catch (AlreadyRunningException e) {
            var where = RunState.read(e.folder()).map(state -> ", at " + state.api());
            throw new LauncherException(
                    "Halley is already running on " + e.folder() + where.orElse("") + ".",
                    "'halley status' shows it, 'halley down' stops it"
                            + " (both with the same --data, if one was given).",
                    e);
        }
    }

    private int go(boolean training) throws InterruptedException, IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        // From here on 'down' finds whom to stop.
        record();
        try {
            start();
            var publishesSamples = withSamples && !data.marker().samplesPublished();
            greet(publishesSamples);
            // Whoever started it to run by itself shows what was said until now.
            become(Phase.READY, null);
            if (publishesSamples) {
                publishSamples();
            }
            if (!training) {
                over.await();
            }
        } catch (LauncherException
                | ExecutionException
                | InvalidConfigurationException
                | RegistryUnavailableException
                | KafkaException e) {
            if (supervisor.isStopping()) {
                // It was told to stop while it was starting. The thread that stops it ends the process.
                Thread.sleep(Duration.ofDays(1));
            }
            var problem = explained(e);
            become(Phase.FAILED, problem.getMessage());
            progress.close();
            throw problem;
        } finally {
            stop();
        }
        return failure() == null ? 0 : Halley.FAILED;
    }

    private void start() throws InterruptedException, ExecutionException {
        try (var ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory())) {
            var ticks = ticker.scheduleAtFixedRate(progress::tick, 100, 100, TimeUnit.MILLISECONDS);
            try {
                programs.writeClients(agencies);
                startSequence.run(this::publishPolicies);
            } finally {
                ticks.cancel(false);
                progress.close();
            }
        }
    }

    /** At the first start, as soon as there is somewhere to say them; the lanes answer when they are up. */
    private void publishPolicies() throws InterruptedException, ExecutionException {
        if (data.marker().policiesPublished()) {
            return;
        }
        progress.begin("policies");
        var log = data.folder("logs").resolve("policies.log");
        var failed = policies.publish(log);
        if (failed.isEmpty()) {
            data.remember(data.marker().withPoliciesPublished());
            progress.end("policies", "in force for " + policies.agencies().size() + " agencies");
        } else {
            progress.end(
                    "policies",
                    "not in force for " + String.join(", ", failed) + "; " + log
                            + " says why. The next 'up' tries again");
        }
    }

    /** After everything is ready: whoever watches the first page sees them arrive. */
    private void publishSamples() throws InterruptedException, ExecutionException {
        var log = data.folder("logs").resolve("samples.log");
        var outcome = samples.publish(log);
        if (supervisor.isStopping()) {
            return;
        }
        if (outcome.missing() == 0) {
            data.remember(data.marker().withSamplesPublished());
        }
        out.printf(
                Locale.ROOT,
                "After %.1f s, %d samples are public and %d are held.%s%s%n",
                progress.seconds(),
                outcome.open(),
                outcome.held(),
                outcome.refused() == 0 ? "" : " " + outcome.refused() + " were refused; " + log + " says why.",
                outcome.missing() == 0 ? "" : " Not all were answered; the next 'up' tries again.");
    }

    private void greet(boolean publishesSamples) {
        out.printf(
                Locale.ROOT,
                """
                Halley is ready after %.1f s.

                  Search and live page   %s/
                  API                    %s/v1/products
                  Schema registry        %s
                  Kafka                  %s  (SASL/SCRAM; the users' secrets are in %s)
                  Logs                   %s

                Ctrl-C or 'halley down' stops it; the data stays.
                """,
                progress.seconds(),
                programs.apiAddress(),
                programs.apiAddress(),
                programs.registryAddress(),
                programs.bootstrapServers(),
                data.root().resolve("secrets"),
                data.root().resolve("logs"));
        if (publishesSamples) {
            out.println("Samples are being published; some samples are held and most of these become public within"
                    + " two minutes. 'halley why' says why one is held.");
        }
        out.flush();
    }

    /** Stops everything that runs; called again, it waits for the first call to end. */
    private synchronized void stop() {
        if (supervisor.isStopping()) {
            return;
        }
        var failed = failure();
        become(failed == null ? Phase.STOPPING : Phase.FAILED, failed);
        var begin = clock.instant();
        out.println();
        try {
            supervisor.stopAll((name, trouble) ->
                    out.printf(Locale.ROOT, "  %-10s %6.1f s   %s%n", name, since(begin), trouble.orElse("stopped")));
            programs.deleteClients();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        become(failed == null ? Phase.STOPPED : Phase.FAILED, failed);
        out.println(
                failed == null ? "Halley has stopped. 'halley up' goes on with the same data." : "Halley has stopped.");
        out.flush();
    }

    @Override
    public void changed() {
        record();
    }

    @Override
    public void restarted(String name, String cause) {
        progress.line("The " + name + " died (" + cause + ") and was started again. Its log: " + supervisor.log(name));
    }

    @Override
    public void gaveUp(String name, String cause) {
        var problem = "The " + name + " cannot be kept running: " + cause + ". Its log: " + supervisor.log(name);
        become(Phase.FAILED, problem);
        progress.line(problem);
        over.countDown();
    }

    private double since(Instant begin) {
        return Duration.between(begin, clock.instant()).toMillis() / 1000.0;
    }

    private void become(Phase next, @Nullable String why) {
        synchronized (data) {
            phase = next;
            failure = why;
        }
        record();
    }

    private @Nullable String failure() {
        synchronized (data) {
            return failure;
        }
    }

    /** What cannot be noted, because the disk is full, must not keep anything from being stopped. */
    private void record() {
        try {
            write();
        } catch (LauncherException e) {
            progress.line(e.getMessage() + " What runs cannot be noted there. " + e.remedy());
        }
    }

    private void write() {
        synchronized (data) {
            var self = ProcessIdentity.of(ProcessHandle.current());
            new RunState(
                            phase,
                            self.pid(),
                            self.startedAt().toEpochMilli(),
                            programs.apiAddress(),
                            programs.registryAddress().toString(),
                            programs.bootstrapServers(),
                            failure,
                            supervisor.components())
                    .write(data.root());
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private static LauncherException explained(Exception e) {
        Throwable cause = e;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof LauncherException known
                ? known
                : new LauncherException(
                        "Starting failed: " + cause,
                        "The logs in the data folder say more; 'halley up' tries again.",
                        cause);
    }
}
