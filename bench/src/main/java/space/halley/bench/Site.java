package space.halley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Namespace;
import space.halley.schemas.Codecs;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.SchemaInstaller;
import space.halley.schemas.installation.ServiceConfig;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;

/**
 * An installation for one agency or two: a broker in this process with users, rights and topics as the catalogue has them, a
 * registry, an empty folder for stores. All of it is on loopback and in temporary folders, and gone after {@link #close}.
 */
final class Site implements AutoCloseable {
    static final AgencyId AGENCY = new AgencyId("bench");
    static final String NAMESPACE = "urn:halley:bench:";
    /** Another agency, where there are two. */
    static final AgencyId NEIGHBOUR = new AgencyId("neighbour");

    static final int PARTITIONS = Integer.getInteger("halley.bench.partitions", 4);

    private static final Agency ONE = new Agency(AGENCY, "The benchmarks", List.of(new Namespace(NAMESPACE)));
    private static final Agency OTHER =
            new Agency(NEIGHBOUR, "Its neighbour", List.of(new Namespace("urn:halley:other:")));

    private final Agencies agencies;
    private final Path folder;
    private final EmbeddedKafka kafka;
    private final FakeRegistry registry;
    private final Codecs codecs;

    private Site(Agencies agencies, Path folder, EmbeddedKafka kafka, FakeRegistry registry) {
        this.agencies = agencies;
        this.folder = folder;
        this.kafka = kafka;
        this.registry = registry;
        this.codecs = Codecs.over(new RegistrySchemas(RegistryClient.reader(registry.address())));
    }

    static Site open() throws InterruptedException {
        return open(oneAgency());
    }

    /** The agency of {@link #open}, for who is not in this process. */
    static Agencies oneAgency() {
        return new Agencies(List.of(ONE));
    }

    /** The other agency of {@link #openForTwo} alone. */
    static Agencies neighbourAlone() {
        return new Agencies(List.of(OTHER));
    }

    /** An installation for two agencies. */
    static Site openForTwo() throws InterruptedException {
        return open(new Agencies(List.of(ONE, OTHER)));
    }

    private static Site open(Agencies agencies) throws InterruptedException {
        var topics = new Topics(agencies, PARTITIONS, (short) 1);
        Path folder;
        try {
            folder = Files.createTempDirectory("halley-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
        var site = new Site(agencies, folder, EmbeddedKafka.secured(topics), FakeRegistry.open());
        try {
            site.kafka.install(topics);
            new SchemaInstaller(RegistryClient.deployer(site.registry.address(), "deployer", "any"), topics).install();
            return site;
        } catch (ExecutionException e) {
            site.close();
            throw new IllegalStateException("the schemas could not be registered: " + e.getCause(), e);
        } catch (RuntimeException e) {
            site.close();
            throw e;
        }
    }

    Agencies agencies() {
        return agencies;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    Codecs codecs() {
        return codecs;
    }

    Path folder() {
        return folder;
    }

    /** The settings of the streams, with their own principal. */
    ServiceConfig config() {
        return ServiceConfig.of("the benchmark's settings", settings());
    }

    Map<String, String> settings() {
        var settings = new HashMap<>(kafka.clientConfig(Topics.Principal.STREAMS.userName()));
        settings.put("halley.registry.url", registry.address().toString());
        settings.put("halley.agencies.dir", folder.toString());
        settings.put("halley.data.dir", folder.toString());
        settings.put("halley.partitions", Integer.toString(PARTITIONS));
        return settings;
    }

    /** What broker and stores have on disk now, in bytes. */
    double diskBytes() throws InterruptedException, ExecutionException {
        var ofBroker = kafka.admin().describeLogDirs(List.of(0)).allDescriptions().get().values().stream()
                .flatMap(broker -> broker.values().stream())
                .flatMap(logs -> logs.replicaInfos().values().stream())
                .mapToLong(replica -> replica.size())
                .sum();
        return (double) ofBroker + DiskSpace.used(folder);
    }

    /** A producer of this user's with an agency's guarantees; further settings come on top. */
    KafkaProducer<byte[], byte[]> producer(String user, Map<String, Object> further) {
        var config = new HashMap<String, Object>(kafka.clientConfig(user));
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.putAll(further);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
        Folders.delete(folder);
    }
}
