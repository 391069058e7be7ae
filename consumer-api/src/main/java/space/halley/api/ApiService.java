package space.halley.api;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import space.halley.api.follow.Follower;
import space.halley.api.follow.FollowerMonitor;
import space.halley.api.http.AgencyNames;
import space.halley.api.index.IndexSnapshots;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.ServiceConfig;

/** The running service. The follower begins before the server, because reading takes longer than listening. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Halley",
                        version = "v1",
                        description = "Public planetary mission data: what is released, what will be, and what happens,"
                                + " live. Errors are application/problem+json (RFC 9457). Instants are ISO 8601, UTC.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")))
public final class ApiService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiService.class);

    private final IndexSnapshots snapshots;
    private final Follower follower;
    private final ApplicationContext context;
    private final EmbeddedServer server;

    private ApiService(IndexSnapshots snapshots, Follower follower, ApplicationContext context, EmbeddedServer server) {
        this.snapshots = snapshots;
        this.follower = follower;
        this.context = context;
        this.server = server;
    }

    /** Starts everything; returns when the server listens, which is before the index has caught up. */
    public static ApiService start(ServiceConfig config) {
        var agencies = AgencyNames.of(AgencyProfiles.load(config.agenciesDir()));
        var snapshots = new IndexSnapshots();
        var follower = new Follower(
                config.kafkaClient(),
                Topics.PUBLIC,
                config.dataDir().resolve("index"),
                new LedgerDecoder(config),
                snapshots,
                InstantSource.system());
        follower.start();
        try {
            var context = serve(snapshots, follower, agencies, config.httpHost(), config.httpPort(), Map.of());
            return new ApiService(snapshots, follower, context, context.getBean(EmbeddedServer.class));
        } catch (RuntimeException e) {
            follower.close();
            throw e;
        }
    }

    /** The HTTP side alone, over an index that somebody else keeps. */
    static ApplicationContext serve(
            IndexSnapshots snapshots,
            FollowerMonitor follower,
            AgencyNames agencies,
            String host,
            int port,
            Map<String, Object> more) {
        var settings = new HashMap<>(more);
        settings.put("micronaut.server.host", host);
        settings.put("micronaut.server.port", port == 0 ? -1 : port);
        var context = ApplicationContext.builder()
                .mainClass(ApiService.class)
                .deduceEnvironment(false)
                .banner(false)
                .properties(settings)
                .build();
        context.registerSingleton(IndexSnapshots.class, snapshots);
        context.registerSingleton(FollowerMonitor.class, follower);
        context.registerSingleton(AgencyNames.class, agencies);
        context.start();
        try {
            context.getBean(EmbeddedServer.class).start();
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** Where it listens. */
    public URI address() {
        return server.getURI();
    }

    /** How far the follower is. */
    public FollowerMonitor follower() {
        return follower;
    }

    /** Ends the server, then the follower, and closes the index. */
    @Override
    public void close() {
        context.close();
        follower.close();
        try {
            snapshots.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The index was not closed cleanly; it goes on from its last commit next time");
        }
    }
}
