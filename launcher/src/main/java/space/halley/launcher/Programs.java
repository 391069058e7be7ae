package space.halley.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.launcher.broker.BrokerMain;
import space.halley.launcher.broker.BrokerSettings;
import space.halley.launcher.data.DataFolder;
import space.halley.launcher.data.Ports;
import space.halley.launcher.data.Secrets;
import space.halley.launcher.process.ChildSpec;
import space.halley.launcher.registry.RegistrySettings;
import space.halley.schemas.Topics;

/**
 * The four programs of an installation on one machine, with their settings files written. The files hold secrets and are
 * readable by the user alone.
 */
final class Programs {
    static final String BROKER = "broker";
    static final String REGISTRY = "registry";
    static final String STREAMS = "streams";
    static final String API = "api";

    /** The secret with which the deployer writes to the registry; not its Kafka password. */
    static final String REGISTRY_DEPLOYER = "registry-deployer";

    private static final String AGENCY_CLIENT = "agency-";
    private static final String STREAMS_MAIN = "space.halley.streams.StreamsMain";
    private static final String API_MAIN = "space.halley.api.ApiMain";

    /**
     * The optimizing compiler begins ten times later than usual. What is hot still gets it, a little later; with the usual
     * thresholds it takes a fifth of all processor time of a start.
     */
    private static final List<String> LATE_OPTIMIZING = List.of(
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");

    private final Home home;
    private final DataFolder data;
    private final Ports ports;
    private final Secrets secrets;
    private final boolean training;

    /** @param training let each program write a cache of the classes it loaded when it ends */
    Programs(Home home, DataFolder data, Ports ports, Secrets secrets, boolean training) {
        this.home = home;
        this.data = data;
        this.ports = ports;
        this.secrets = secrets;
        this.training = training;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + ports.of(Ports.Use.KAFKA);
    }

    URI registryAddress() {
        return URI.create("http://127.0.0.1:" + ports.of(Ports.Use.REGISTRY) + RegistrySettings.CONFLUENT_PATH);
    }

    String apiAddress() {
        return "http://127.0.0.1:" + ports.of(Ports.Use.API);
    }

    /** The settings of a Kafka client of this principal. */
    Map<String, String> kafkaClient(String principal) {
        var settings = new HashMap<>(secrets.kafkaLogin(principal));
        settings.put("bootstrap.servers", bootstrapServers());
        return settings;
    }

    ChildSpec broker() {
        var folder = data.folder(BROKER);
        var settings = write(BROKER, BrokerSettings.of(folder, ports, secrets));
        var users = new HashMap<String, String>();
        for (var principal : secrets.principals()) {
            if (!principal.equals(REGISTRY_DEPLOYER)) {
                users.put(principal, secrets.password(principal));
            }
        }
        var usersFile = write("users", users);
        return program(
                BROKER,
                RegistrySettings.jarsIn(home.libraries()),
                BrokerMain.class.getName(),
                List.of(
                        settings.toString(),
                        data.marker().clusterId(),
                        usersFile.toString(),
                        data.root().toString()),
                List.of("-Xms96m", "-Xmx512m"),
                Ports.Use.KAFKA,
                null,
                Duration.ofSeconds(15));
    }

    ChildSpec registry() {
        var distribution = home.registry();
        var settings = write(
                REGISTRY,
                RegistrySettings.of(
                        data.folder(REGISTRY), ports, BrokerSettings.DEPLOYER, secrets.password(REGISTRY_DEPLOYER)));
        var classPath = new ArrayList<>(RegistrySettings.classPath(distribution));
        classPath.add(ownJar());
        return program(
                REGISTRY,
                classPath,
                RegistrySettings.MAIN_CLASS,
                List.of(),
                List.of(
                        "-Xms64m",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dquarkus.config.locations=" + settings),
                Ports.Use.REGISTRY,
                registryAddress() + "/config",
                Duration.ofSeconds(10));
    }

    ChildSpec streams() {
        return service(STREAMS, STREAMS_MAIN, Topics.Principal.STREAMS, Ports.Use.STREAMS, "-Xmx1g");
    }

    ChildSpec api() {
        return service(API, API_MAIN, Topics.Principal.API, Ports.Use.API, "-Xmx768m");
    }

    /**
     * Writes the settings with which the agencies and the deployer connect while this run lasts, where the commands look
     * for them.
     */
    void writeClients(Agencies agencies) {
        for (var agency : agencies.all()) {
            var name = agency.id().value();
            write(AGENCY_CLIENT + name, client(name, data.folder("run")));
        }
        write(BrokerSettings.DEPLOYER, client(BrokerSettings.DEPLOYER, data.folder("run")));
    }

    /** Takes the settings away again, so that a command that finds none knows that nothing runs. */
    void deleteClients() {
        try (var files = Files.newDirectoryStream(data.folder("run"), "{" + AGENCY_CLIENT + "*,deployer}.properties")) {
            for (var file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw DataFolder.unusable(data.root(), e);
        }
    }

    private Map<String, String> client(String principal, Path stateFolder) {
        var settings = new HashMap<>(kafkaClient(principal));
        settings.put("halley.registry.url", registryAddress().toString());
        settings.put("halley.agencies.dir", home.agencies().toString());
        settings.put("halley.data.dir", stateFolder.toString());
        return settings;
    }

    private ChildSpec service(String name, String mainClass, Topics.Principal principal, Ports.Use port, String heap) {
        var settings = client(principal.userName(), data.folder(name));
        settings.put("halley.http.host", "127.0.0.1");
        settings.put("halley.http.port", Integer.toString(ports.of(port)));
        settings.put("halley.instance.id", "1");
        var file = write(name, settings);
        return program(
                name,
                RegistrySettings.jarsIn(home.libraries()),
                mainClass,
                List.of("--config", file.toString()),
                List.of("-Xms64m", heap),
                port,
                "http://127.0.0.1:" + ports.of(port) + "/health",
                Duration.ofSeconds(15));
    }

    private ChildSpec program(
            String name,
            List<Path> classPath,
            String mainClass,
            List<String> arguments,
            List<String> options,
            Ports.Use port,
            @Nullable String health,
            Duration grace) {
        var all = new ArrayList<>(options);
        all.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                // Reports of problems with the cache go nowhere: without it everything works, only slower.
                "-Xlog:cds*=off,aot*=off:stdout",
                "-XX:ErrorFile=" + data.folder("logs").resolve(name + "-crash-%p.log"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + data.folder("tmp"),
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=space.halley.schemas.avro",
                "-Dlogback.configurationFile=space/halley/launcher/logback-child.xml"));
        all.addAll(LATE_OPTIMIZING);
        var cache = home.cache(name);
        if (training) {
            all.add("-XX:ArchiveClassesAtExit=" + cache);
            all.add("-Dhalley.child.grace=120");
        } else if (Files.isRegularFile(cache)) {
            all.add("-XX:SharedArchiveFile=" + cache);
        }
        return new ChildSpec(
                name,
                classPath,
                mainClass,
                arguments,
                all,
                data.folder(name),
                ports.of(port),
                health,
                training ? Duration.ofMinutes(2) : grace);
    }

    /** The jar with the class that every child starts with. */
    private Path ownJar() {
        return RegistrySettings.jarsIn(home.libraries()).stream()
                .filter(jar -> String.valueOf(jar.getFileName()).startsWith("halley-launcher"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the launcher's jar is not in " + home.libraries()));
    }

    private Path write(String name, Map<String, String> settings) {
        var file = data.folder("run").resolve(name + ".properties");
        try {
            Secrets.writePrivately(file, settings);
        } catch (IOException e) {
            throw DataFolder.unusable(data.root(), e);
        }
        return file;
    }
}
