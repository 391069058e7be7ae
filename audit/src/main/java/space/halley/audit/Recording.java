package space.halley.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.domain.AgencyId;
import space.halley.domain.PublicEvent;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.Codecs;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.RecordCodec;
import space.halley.schemas.Topics;

/**
 * What went into some lanes and what came out, from the first record on. Within one partition everything is in the order of
 * the log.
 *
 * @param published the committed records of the public log
 * @param physical all records that are physically in the public log, those of aborted transactions among them
 */
public record Recording(
        List<Appended> inputs,
        List<JournalEntry> journal,
        List<Published> published,
        List<Published> physical,
        List<Receipt> receipts,
        List<DeadLetter> deadLetters,
        List<CatalogueRecord> catalogue) {

    public Recording {
        inputs = List.copyOf(inputs);
        journal = List.copyOf(journal);
        published = List.copyOf(published);
        physical = List.copyOf(physical);
        receipts = List.copyOf(receipts);
        deadLetters = List.copyOf(deadLetters);
        catalogue = List.copyOf(catalogue);
    }

    /**
     * Everything that a cluster's topics hold now. The lanes must have decided all inputs.
     *
     * @param client settings of a client that may read all topics
     */
    public static Recording of(Map<String, String> client, Agencies agencies, Codecs codecs) {
        var builder = builder(codecs);
        for (var agency : agencies.all()) {
            var id = agency.id();
            for (var input : LogReader.committed(client, Topics.commands(id))) {
                builder.input(
                        id,
                        input.partition(),
                        input.offset(),
                        Instant.ofEpochMilli(input.timestamp()),
                        input.key(),
                        input.value());
            }
            builder.receipts(values(client, Topics.receipts(id), codecs.receipts()));
            builder.deadLetters(values(client, Topics.deadLetters(id), codecs.deadLetters()));
        }
        builder.journal(values(client, Topics.JOURNAL, codecs.journal()));
        builder.catalogue(values(client, Topics.CATALOG, codecs.catalogue()));
        LogReader.committed(client, Topics.PUBLIC).forEach(record -> builder.published.add(published(record, codecs)));
        LogReader.physical(client, Topics.PUBLIC).forEach(record -> builder.physical.add(published(record, codecs)));
        return builder.build();
    }

    /** An empty recording to fill. */
    public static Builder builder(Codecs codecs) {
        return new Builder(codecs);
    }

    private static Published published(ConsumerRecord<byte[], byte[]> record, Codecs codecs) {
        return new Published(codecs.publicEvents().decodeOwn(record.value()), Instant.ofEpochMilli(record.timestamp()));
    }

    private static <T> List<T> values(Map<String, String> client, String topic, RecordCodec<T> codec) {
        return LogReader.committed(client, topic).stream()
                .map(record -> codec.decodeOwn(record.value()))
                .toList();
    }

    /** A recording in the making. Not safe for use by several threads. */
    public static final class Builder {
        private final Codecs codecs;
        private final List<Appended> inputs = new ArrayList<>();
        private final List<JournalEntry> journal = new ArrayList<>();
        private final List<Published> published = new ArrayList<>();
        private final List<Published> physical = new ArrayList<>();
        private final List<Receipt> receipts = new ArrayList<>();
        private final List<DeadLetter> deadLetters = new ArrayList<>();
        private final List<CatalogueRecord> catalogue = new ArrayList<>();

        private Builder(Codecs codecs) {
            this.codecs = codecs;
        }

        /** The next record of the agency's command topic. */
        public Builder input(
                AgencyId agency,
                int partition,
                long offset,
                Instant appendTime,
                byte @Nullable [] key,
                byte @Nullable [] value) {
            inputs.add(new Appended(
                    new Position(agency, partition, offset),
                    appendTime,
                    key,
                    value,
                    codecs.commands().decode(value)));
            return this;
        }

        public Builder journal(Collection<JournalEntry> entries) {
            journal.addAll(entries);
            return this;
        }

        /** Public records of which no broker told an append time, all of them committed. */
        public Builder published(Collection<PublicEvent> events) {
            for (var event : events) {
                published.add(new Published(event, null));
                physical.add(new Published(event, null));
            }
            return this;
        }

        public Builder receipts(Collection<Receipt> all) {
            receipts.addAll(all);
            return this;
        }

        public Builder deadLetters(Collection<DeadLetter> letters) {
            deadLetters.addAll(letters);
            return this;
        }

        public Builder catalogue(Collection<CatalogueRecord> records) {
            catalogue.addAll(records);
            return this;
        }

        public Recording build() {
            return new Recording(inputs, journal, published, physical, receipts, deadLetters, catalogue);
        }
    }
}
