package space.halley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import space.halley.api.follow.Follower;
import space.halley.api.index.IndexSnapshots;
import space.halley.api.index.ProductLookup;
import space.halley.domain.ReleaseTerms;
import space.halley.schemas.Topics;
import space.halley.streams.StreamsService;

/**
 * The whole of Halley between an agency's producer and the search: the real lane, follower and index. A product counts
 * as found when a look-up in the index's newest snapshot has it, which is what the API answers from.
 */
final class HalleyWay implements SearchableBenchmark.Way {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final StreamsService lane;
    private final IndexSnapshots snapshots;
    private final Follower follower;
    private final KafkaProducer<byte[], byte[]> agency;
    private final Announcements announcements;
    private final InstantSource clock;
    private int announced;

    private HalleyWay(
            StreamsService lane,
            IndexSnapshots snapshots,
            Follower follower,
            KafkaProducer<byte[], byte[]> agency,
            Announcements announcements,
            InstantSource clock) {
        this.lane = lane;
        this.snapshots = snapshots;
        this.follower = follower;
        this.agency = agency;
        this.announcements = announcements;
        this.clock = clock;
    }

    static HalleyWay open(Site site, InstantSource clock) throws IOException, InterruptedException {
        var snapshots = new IndexSnapshots();
        var follower = new Follower(
                new HashMap<>(site.kafka().clientConfig(Topics.Principal.API.userName())),
                Topics.PUBLIC,
                site.folder().resolve("index"),
                site.codecs().publicEvents()::decode,
                snapshots,
                clock);
        follower.start();
        var lane = StreamsService.start(site.config(), site.agencies(), clock);
        var agency = site.producer(Site.AGENCY.value(), Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
        var way = new HalleyWay(
                lane,
                snapshots,
                follower,
                agency,
                new Announcements(site.codecs().commands()),
                clock);
        Pace.until("the lane runs", lane::ready, PATIENCE);
        Pace.until("the index has caught up", () -> follower.status().caughtUp(), PATIENCE);
        return way;
    }

    @Override
    public List<Double> carry(int messages, Duration interval) throws Exception {
        var latencies = new Latencies();
        var looker = Thread.ofPlatform().name("looker").daemon().start(() -> look(latencies));
        var begin = System.nanoTime();
        for (var n = 0; n < messages; n++) {
            Pace.until(begin + n * interval.toNanos());
            announce(latencies);
        }
        Pace.until("all products are found", () -> latencies.underWay().isEmpty(), PATIENCE);
        looker.interrupt();
        looker.join();
        return latencies.millis();
    }

    private void announce(Latencies latencies) {
        var n = announced++;
        var key = Announcements.lid(n).value().getBytes(StandardCharsets.UTF_8);
        var value = announcements.encoded(n, new ReleaseTerms.AtOnce(), clock.instant());
        latencies.sent(Announcements.lidvid(n).toString());
        // Whether it arrived shows in the index.
        var unused = agency.send(new ProducerRecord<>(Topics.commands(Site.AGENCY), key, value));
    }

    private void look(Latencies latencies) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var before = snapshots.position();
                for (var lidvid : latencies.underWay()) {
                    if (snapshots.read(snapshot ->
                            ProductLookup.in(snapshot).byLidvid(lidvid).isPresent())) {
                        latencies.seen(lidvid);
                    }
                }
                // A snapshot that came since is looked at right away.
                var unused = snapshots.await(now -> !now.equals(before), LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("the index cannot be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        agency.close();
        lane.close();
        follower.close();
        snapshots.close();
    }
}
