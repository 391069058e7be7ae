package space.halley.bench;

import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import space.halley.streams.StreamsService;

/** What works off the commands of a site: a lane, or a topology that is compared with one. */
interface Contender {
    String name();

    /**
     * Starts on this site.
     *
     * @param terms the clock, which says when held products are due
     */
    Running start(Site site, HeldTerms terms) throws Exception;

    /** A contender at work. */
    interface Running extends AutoCloseable {
        /** Whether it works, as far as it knows; one that died does not. */
        boolean isUp();

        /** Fails if it is not up after its work. */
        default void expectUp(String name) {
            if (!isUp()) {
                throw new IllegalStateException("the " + name + " is not up after its work; its log says why");
            }
        }

        @Override
        void close();
    }

    /** The real lane, as the streams' service runs it. */
    static RealLane lane() {
        return new RealLane();
    }

    /** A topology that runs with a lane's settings, in place of the lane. */
    static Running run(Site site, Function<TopologyConfig, Topology> topology) {
        var properties = StreamsService.laneProperties(site.config(), Site.AGENCY);
        var streams = new KafkaStreams(topology.apply(new TopologyConfig(new StreamsConfig(properties))), properties);
        streams.setUncaughtExceptionHandler(problem -> {
            System.err.println("the baseline died: " + problem);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
        return new Running() {
            @Override
            public boolean isUp() {
                return streams.state().isRunningOrRebalancing();
            }

            @Override
            public void close() {
                streams.close();
            }
        };
    }
}
