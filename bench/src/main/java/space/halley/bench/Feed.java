package space.halley.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import space.halley.domain.AgencyId;
import space.halley.domain.Lid;
import space.halley.domain.Namespace;
import space.halley.domain.ReleaseTerms;
import space.halley.schemas.Topics;

/** Announces an agency's products as fast as the broker takes them; keeps none. */
final class Feed {
    private final Site site;
    private final AgencyId agency;
    private final IntUnaryOperator order;
    private final Announcements announcements;

    /** Identifiers ascend, as those of a series of images do. */
    Feed(Site site, AgencyId agency) {
        this(site, agency, IntUnaryOperator.identity());
    }

    /** @param order the number in the identifier of the n-th product, of up to eight digits; no two are the same */
    Feed(Site site, AgencyId agency, IntUnaryOperator order) {
        this.site = site;
        this.order = order;
        this.agency = agency;
        this.announcements = new Announcements(site.codecs().commands(), namespace(site, agency));
    }

    private static String namespace(Site site, AgencyId agency) {
        return site.agencies().all().stream()
                .filter(one -> one.id().equals(agency))
                .flatMap(one -> one.namespaces().stream())
                .map(Namespace::prefix)
                .findFirst()
                .orElseThrow();
    }

    /** The n-th product of this agency. */
    Lid lid(int n) {
        return announcements.ownLid(order.applyAsInt(n));
    }

    /**
     * Announces the products {@code from} to {@code to}, without the last, and returns when the broker has all.
     *
     * @param terms of the n-th
     * @param issuedAt the agency's clock
     */
    void announce(int from, int to, IntFunction<ReleaseTerms> terms, Instant issuedAt) {
        try (var sending = open()) {
            for (var n = from; n < to; n++) {
                sending.announce(n, terms.apply(n), issuedAt);
            }
        }
    }

    Sending open() {
        return new Sending();
    }

    /** A connection on which announcements are sent; closing waits for all and fails if one failed. */
    final class Sending implements AutoCloseable {
        private final AtomicReference<Exception> failed = new AtomicReference<>();
        private final KafkaProducer<byte[], byte[]> producer = site.producer(
                agency.value(),
                Map.of(ProducerConfig.LINGER_MS_CONFIG, 20, ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10));

        void announce(int n, ReleaseTerms terms, Instant issuedAt) {
            var key = lid(n).value().getBytes(StandardCharsets.UTF_8);
            var value = announcements.encoded(order.applyAsInt(n), terms, issuedAt);
            // The callback hears of a failure, and closing waits for all.
            var unused =
                    producer.send(new ProducerRecord<>(Topics.commands(agency), key, value), (metadata, problem) -> {
                        if (problem != null) {
                            failed.set(problem);
                        }
                    });
        }

        @Override
        public void close() {
            producer.close();
            if (failed.get() != null) {
                throw new IllegalStateException("an announcement could not be written", failed.get());
            }
        }
    }
}
