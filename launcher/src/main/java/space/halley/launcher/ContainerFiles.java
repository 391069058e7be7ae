package space.halley.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import space.halley.domain.Agencies;
import space.halley.launcher.broker.BrokerSettings;
import space.halley.launcher.data.DataFolder;
import space.halley.launcher.data.LauncherException;
import space.halley.launcher.data.Secrets;
import space.halley.launcher.registry.RegistrySettings;
import space.halley.schemas.Topics;

/**
 * The settings and secrets of the containers that {@code docker-compose.yml} describes, one file for each container, so
 * that none sees another's.
 */
final class ContainerFiles {
    private static final String REGISTRY = "http://registry:8080" + RegistrySettings.CONFLUENT_PATH;
    private static final String REGISTRY_ON_HOST = "http://127.0.0.1:18081" + RegistrySettings.CONFLUENT_PATH;
    private static final String KAFKA_ON_HOST = "127.0.0.1:19092";

    private final Path folder;
    private final Agencies agencies;
    private final Secrets secrets;

    ContainerFiles(Path folder, Agencies agencies, Secrets secrets) {
        this.folder = folder;
        this.agencies = agencies;
        this.secrets = secrets;
    }

    /**
     * Writes all files, and makes the folders for data.
     *
     * @param agenciesOnHost where the agencies' profiles are outside the containers
     */
    void write(Topics topics, String clusterId, Path agenciesOnHost) {
        try {
            var users = new HashMap<String, String>();
            topics.users().forEach(user -> users.put(user, secrets.password(user)));
            Secrets.writePrivately(file("broker"), BrokerSettings.inContainer(secrets));
            Secrets.writeLinesPrivately(folder.resolve("broker-users"), brokerUsers());
            Secrets.writePrivately(file("users"), users);
            var registryPassword = secrets.password(Programs.REGISTRY_DEPLOYER);
            Secrets.writePrivately(
                    file("registry"), RegistrySettings.inContainer(BrokerSettings.DEPLOYER, registryPassword));
            Secrets.writePrivately(
                    file("registry-login"), Map.of("username", BrokerSettings.DEPLOYER, "password", registryPassword));
            Secrets.writePrivately(file(BrokerSettings.DEPLOYER), service(BrokerSettings.DEPLOYER, "/tmp"));
            Secrets.writePrivately(file("streams"), service(Topics.Principal.STREAMS.userName(), "/data"));
            Secrets.writePrivately(file("api"), service(Topics.Principal.API.userName(), "/data"));
            for (var agency : agencies.all()) {
                var name = agency.id().value();
                Secrets.writePrivately(file("agency-" + name), onHost(name, agenciesOnHost));
            }
            for (var reader : List.of(Topics.Principal.PUBLIC_READER, Topics.Principal.AUDITOR)) {
                Secrets.writePrivately(file(reader.userName()), onHost(reader.userName(), agenciesOnHost));
            }
            for (var container : List.of("broker", "registry", "streams", "api")) {
                Files.createDirectories(folder.resolve("data").resolve(container));
            }
            Secrets.writeLinesPrivately(folder.resolve("compose.env"), environment(clusterId));
        } catch (IOException e) {
            throw DataFolder.unusable(folder, e);
        }
    }

    /** What Kafka's storage tool reads as arguments; the other users are made by the deployer. */
    private List<String> brokerUsers() {
        return List.of(BrokerSettings.BROKER, BrokerSettings.DEPLOYER).stream()
                .map(user -> "--add-scram=SCRAM-SHA-512=[name=" + user + ",password=" + secrets.password(user) + "]")
                .toList();
    }

    private List<String> environment(String clusterId) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            throw new LauncherException(
                    "This system has no numeric users.", "Set HALLEY_UID and HALLEY_GID in compose.env by hand.");
        }
        return List.of(
                "HALLEY_UID=" + Files.getAttribute(folder, "unix:uid"),
                "HALLEY_GID=" + Files.getAttribute(folder, "unix:gid"),
                "HALLEY_CLUSTER_ID=" + clusterId,
                "HALLEY_CONTAINERS=" + folder.toAbsolutePath());
    }

    private Map<String, String> service(String principal, String dataFolder) {
        var settings = new HashMap<>(secrets.kafkaLogin(principal));
        settings.put("bootstrap.servers", BrokerSettings.BOOTSTRAP_IN_CONTAINERS);
        settings.put("halley.registry.url", REGISTRY);
        settings.put("halley.agencies.dir", "/opt/halley/agencies");
        settings.put("halley.data.dir", dataFolder);
        settings.put("halley.http.host", "0.0.0.0");
        settings.put("halley.http.port", "8080");
        settings.put("halley.partitions", Integer.toString(Run.PARTITIONS));
        return settings;
    }

    private Map<String, String> onHost(String principal, Path agenciesOnHost) {
        var settings = new HashMap<>(secrets.kafkaLogin(principal));
        settings.put("bootstrap.servers", KAFKA_ON_HOST);
        settings.put("halley.registry.url", REGISTRY_ON_HOST);
        settings.put("halley.agencies.dir", agenciesOnHost.toString());
        settings.put("halley.data.dir", folder.toAbsolutePath().toString());
        return settings;
    }

    private Path file(String name) {
        return folder.resolve(name + ".properties");
    }
}
