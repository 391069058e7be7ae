package space.halley.api;

import io.micronaut.http.server.exceptions.ServerStartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import space.halley.api.index.IndexDigest;
import space.halley.api.index.PublicIndex;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.ServiceConfig;

/**
 * Starts the API service: {@code --config FILE}. With {@code --digest} it prints the digest of the index instead, as its
 * last commit has it, and ends.
 */
public final class ApiMain {
    private static final Logger LOG = LoggerFactory.getLogger(ApiMain.class);
    /** Kept, because the logging of the platform forgets a logger that nobody holds. */
    private static final java.util.logging.Logger VECTORS =
            java.util.logging.Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    private static final int USAGE = 2;
    private static final int FAILURE = 1;

    private ApiMain() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        // It advises a module of the platform that is still an experiment.
        VECTORS.setLevel(java.util.logging.Level.SEVERE);
        var digest = arguments.length == 3 && arguments[2].equals("--digest");
        if (!(arguments.length == 2 || digest) || !arguments[0].equals("--config")) {
            LOG.atError().log("usage: --config FILE [--digest]");
            System.exit(USAGE);
        }
        try {
            var config = ServiceConfig.load(Path.of(arguments[1]));
            if (digest) {
                printDigest(config);
            } else {
                run(config);
            }
        } catch (InvalidConfigurationException e) {
            LOG.atError().log(e.getMessage());
            System.exit(USAGE);
        } catch (ServerStartupException e) {
            LOG.atError()
                    .log(e.getMessage() + "; stop what listens there, or choose another port with halley.http.port");
            System.exit(FAILURE);
        } catch (IOException | RuntimeException e) {
            LOG.atError().setCause(e).log("The service cannot start");
            System.exit(FAILURE);
        }
    }

    private static void run(ServiceConfig config) throws InterruptedException {
        var service = ApiService.start(config);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    service.close();
                    ended.countDown();
                }));
        LOG.atInfo().addKeyValue("address", service.address()).log("Listening");
        ended.await();
    }

    private static void printDigest(ServiceConfig config) throws IOException {
        var digest = PublicIndex.readCommitted(config.dataDir().resolve("index"), IndexDigest::of);
        System.out.println(digest.sha256() + " products=" + digest.products() + " events=" + digest.events());
    }
}
