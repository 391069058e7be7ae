package space.halley.producer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import space.halley.audit.LogReader;
import space.halley.domain.AgencyId;
import space.halley.producer.FakeLane;
import space.halley.schemas.Codecs;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.SchemaInstaller;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;
import space.halley.testkit.Samples;
import space.halley.testkit.SimulatedClock;

/** What commands need to find: a broker, a registry, the settings of two agencies, and a lane for the first of them. */
final class Site implements AutoCloseable {
    /** The time of all commands. */
    static final SimulatedClock CLOCK = SimulatedClock.at("2026-03-01T00:00:00Z");

    private static final AtomicInteger COMMANDS = new AtomicInteger();

    final Path data;
    final EmbeddedKafka kafka;
    private final FakeRegistry registry;
    private final FakeLane lane;

    private Site(Path data, Topics topics) throws Exception {
        this.data = data;
        this.kafka = EmbeddedKafka.secured(topics).install(topics);
        this.registry = FakeRegistry.open();
        new SchemaInstaller(RegistryClient.deployer(registry.address(), "deployer", "of the test"), topics).install();
        var codecs = Codecs.over(new RegistrySchemas(RegistryClient.reader(registry.address())));
        this.lane = FakeLane.open(Samples.nasa(), codecs, kafka.clientConfig("streams"));
        for (var agency : Samples.agencies().all()) {
            Files.writeString(
                    Files.createDirectories(agencyFolder(agency.id().value())).resolve("profile.yaml"),
                    "id: %s\nname: %s\nnamespaces: ['%s']\n"
                            .formatted(
                                    agency.id(),
                                    agency.name(),
                                    agency.namespaces().getFirst().prefix()));
            settings(
                    Files.createDirectories(data.resolve("run")).resolve("agency-" + agency.id() + ".properties"),
                    kafka.clientConfig(agency.id().value()));
        }
    }

    static Site open(Path data) throws Exception {
        return new Site(data, Samples.topics());
    }

    static String commandId() {
        return "command-" + COMMANDS.incrementAndGet();
    }

    /** Gives a command against this site. */
    Shell.Said run(CliCommand command, String... arguments) {
        var all = new ArrayList<>(List.of("--data", data.toString()));
        all.addAll(List.of(arguments));
        return Shell.run(command, all.toArray(String[]::new));
    }

    /** Puts a document where the agency's policy is looked for. */
    Path policy(String agency, String document) throws IOException {
        return Files.writeString(agencyFolder(agency).resolve("policy.yaml"), document);
    }

    /** A settings file with these Kafka settings and, unless they say otherwise, this site's registry. */
    String settings(Path file, Map<String, String> kafkaClient) throws IOException {
        var settings = new TreeMap<>(kafkaClient);
        settings.putIfAbsent("halley.registry.url", registry.address().toString());
        settings.put("halley.agencies.dir", data.resolve("agencies").toString());
        settings.put("halley.data.dir", data.toString());
        var text = new StringBuilder();
        settings.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        return Files.writeString(file, text).toString();
    }

    /** How many commands the agency has given. */
    int commands(String agency) {
        return LogReader.committed(kafka.clientConfig("streams"), Topics.commands(new AgencyId(agency)))
                .size();
    }

    private Path agencyFolder(String agency) {
        return data.resolve("agencies").resolve(agency);
    }

    @Override
    public void close() {
        lane.close();
        registry.close();
        kafka.close();
    }
}
