package space.halley.streams;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.ServiceConfig;

/** Runs the lanes until the process is asked to end: {@code StreamsMain --config FILE}. */
public final class StreamsMain {
    private StreamsMain() {}

    /** Exit code 2: the settings or the cluster cannot be used; the last line says why. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 2 || !args[0].equals("--config")) {
            System.err.println("usage: StreamsMain --config FILE");
            System.exit(2);
        }
        try {
            var config = ServiceConfig.load(Path.of(args[1]));
            var service =
                    StreamsService.start(config, AgencyProfiles.load(config.agenciesDir()), InstantSource.system());
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
            new CountDownLatch(1).await();
        } catch (InvalidConfigurationException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
