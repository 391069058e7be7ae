package space.halley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import space.halley.schemas.installation.ServiceConfig;
import space.halley.streams.StreamsService;

/** The lane in a process of its own, until it is killed: what StreamsMain is, for the agency of a {@link Site}. */
public final class LaneProcess {
    private LaneProcess() {}

    /** Called in the child: {@code LaneProcess SETTINGS}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var config = ServiceConfig.load(Path.of(arguments[0]));
        // Open as long as the process lives.
        var unused = StreamsService.start(config, Site.oneAgency(), InstantSource.system());
        new CountDownLatch(1).await();
    }
}
