package space.halley.bench;

import java.io.IOException;
import java.time.InstantSource;
import space.halley.domain.Agencies;
import space.halley.streams.StreamsService;

/** The real lane, as the streams' service runs it; one for each agency of the site. */
final class RealLane implements Contender {
    @Override
    public String name() {
        return "lane";
    }

    @Override
    public Running start(Site site, HeldTerms terms) throws IOException, InterruptedException {
        return start(site, (InstantSource) terms);
    }

    /** Starts with any clock. */
    Running start(Site site, InstantSource clock) throws IOException, InterruptedException {
        return start(site, site.agencies(), clock);
    }

    /** Starts the lanes of these agencies alone. */
    static Running start(Site site, Agencies agencies, InstantSource clock) throws IOException, InterruptedException {
        var service = StreamsService.start(site.config(), agencies, clock);
        return new Running() {
            @Override
            public boolean isUp() {
                return service.ready();
            }

            @Override
            public void close() {
                service.close();
            }
        };
    }
}
