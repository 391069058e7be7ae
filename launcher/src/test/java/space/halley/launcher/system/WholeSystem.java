package space.halley.launcher.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import space.halley.api.ApiService;
import space.halley.domain.Agencies;
import space.halley.domain.AgencyId;
import space.halley.producer.Publisher;
import space.halley.producer.PublisherSettings;
import space.halley.schemas.Codecs;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.SchemaInstaller;
import space.halley.schemas.installation.SchemaLedger;
import space.halley.schemas.installation.ServiceConfig;
import space.halley.streams.StreamsService;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;
import space.halley.testkit.Samples;

/** An installation with the shipped agencies. */
public final class WholeSystem implements AutoCloseable {
    /** The checkout. */
    public static final Path ROOT =
            Path.of(System.getProperty("halley.root", ".")).toAbsolutePath();

    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int PARTITIONS = 2;
    private static final InstantSource CLOCK = InstantSource.system();

    final Agencies agencies = AgencyProfiles.load(ROOT.resolve("agencies"));
    final Topics topics = new Topics(agencies, PARTITIONS, (short) 1);
    public final EmbeddedKafka kafka;
    public final Codecs codecs;

    private final Path data;
    private final FakeRegistry registry = FakeRegistry.open();
    private final StreamsService streams;
    private final ApiService api;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicLong ids = new AtomicLong();

    public WholeSystem(Path data) throws Exception {
        this.data = data;
        this.kafka = EmbeddedKafka.secured(topics).install(topics);
        var schemas =
                new SchemaInstaller(RegistryClient.deployer(registry.address(), "deployer", "any"), topics).install();
        new SchemaLedger(Map.copyOf(kafka.clientConfig())).add(schemas, Map.of());
        this.codecs = Codecs.over(new RegistrySchemas(RegistryClient.reader(registry.address())));
        this.streams = StreamsService.start(config("streams"), agencies, CLOCK);
        this.api = ApiService.start(config("api"));
        await().atMost(PATIENCE).until(streams::ready);
        await().atMost(PATIENCE).until(() -> get("/health").statusCode() == 200);
    }

    /** A publisher that speaks for the agency. */
    public Publisher publisher(String agency) {
        var id = new AgencyId(agency);
        var settings = PublisherSettings.of(id, kafka.clientConfig(agency)).waiting(PATIENCE);
        return Publisher.connect(settings, codecs, () -> "c" + ids.getAndIncrement(), CLOCK);
    }

    /** What the streams say of their lanes. */
    public JsonNode lanes() throws IOException, InterruptedException {
        var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + streams.port() + "/health"))
                .timeout(PATIENCE)
                .build();
        return json.readTree(
                        http.send(health, HttpResponse.BodyHandlers.ofString()).body())
                .path("lanes");
    }

    /** The answer to a request; the path begins with a slash and is encoded already. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(at(path)).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The JSON at a path. */
    JsonNode json(String path) throws IOException, InterruptedException {
        return json.readTree(get(path).body());
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + api.address().getPort() + path);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private ServiceConfig config(String service) {
        return Samples.serviceConfig(
                kafka.clientConfig(service),
                Map.of(
                        "halley.registry.url", registry.address().toString(),
                        "halley.agencies.dir", ROOT.resolve("agencies").toString(),
                        "halley.data.dir", data.resolve(service).toString(),
                        "halley.partitions", Integer.toString(PARTITIONS)));
    }

    @Override
    public void close() {
        api.close();
        streams.close();
        registry.close();
        kafka.close();
    }
}
