package space.halley.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.domain.AgencyId;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.Codecs;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.Decoding;
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
 * @param told the committed records of the partners' topics
 * @param physicallyTold all records that are physically there
 * @param unreadable records of Halley's own that cannot be read, each with its place
 */
public record Recording(
        List<Appended> inputs,
        List<JournalEntry> journal,
        List<Published> published,
        List<Published> physical,
        List<Told> told,
        List<Told> physicallyTold,
        List<Receipt> receipts,
        List<DeadLetter> deadLetters,
        List<CatalogueRecord> catalogue,
        List<String> unreadable) {

    public Recording {
        inputs = List.copyOf(inputs);
        journal = List.copyOf(journal);
        published = List.copyOf(published);
        physical = List.copyOf(physical);
        receipts = List.copyOf(receipts);
        deadLetters = List.copyOf(deadLetters);
        catalogue = List.copyOf(catalogue);
        told = List.copyOf(told);
        physicallyTold = List.copyOf(physicallyTold);
        unreadable = List.copyOf(unreadable);
    }

    /** A recording in which partners were told nothing and everything can be read. */
    public Recording(
            List<Appended> inputs,
            List<JournalEntry> journal,
            List<Published> published,
            List<Published> physical,
            List<Receipt> receipts,
            List<DeadLetter> deadLetters,
            List<CatalogueRecord> catalogue) {
        this(inputs, journal, published, physical, List.of(), List.of(), receipts, deadLetters, catalogue, List.of());
    }

    /**
     * Everything that a cluster's topics hold now. The lanes must have decided all inputs.
     *
     * @param client settings of a client that may read all topics
     */
    public static Recording of(Map<String, String> client, Agencies agencies, Codecs codecs) {
        var builder = builder(codecs);
        // What came out is read before what went in: then the cause of everything that came out is there.
        builder.journal(builder.values(client, Topics.JOURNAL, codecs.journal()));
        builder.catalogue(builder.values(client, Topics.CATALOG, codecs.catalogue()));
        for (var agency : agencies.all()) {
            var id = agency.id();
            builder.receipts(builder.values(client, Topics.receipts(id), codecs.receipts()));
            builder.deadLetters(builder.values(client, Topics.deadLetters(id), codecs.deadLetters()));
            var partners = Topics.partners(id);
            builder.events(LogReader.committed(client, partners), codecs.partnerEvents(), builder.told, Told::new);
            builder.events(
                    LogReader.physical(client, partners), codecs.partnerEvents(), builder.physicallyTold, Told::new);
        }
        var publicLog = LogReader.committed(client, Topics.PUBLIC);
        builder.events(publicLog, codecs.publicEvents(), builder.published, Published::new);
        builder.events(
                LogReader.physical(client, Topics.PUBLIC), codecs.publicEvents(), builder.physical, Published::new);
        for (var agency : agencies.all()) {
            for (var input : LogReader.committed(client, Topics.commands(agency.id()))) {
                builder.input(
                        agency.id(),
                        input.partition(),
                        input.offset(),
                        Instant.ofEpochMilli(input.timestamp()),
                        input.key(),
                        input.value());
            }
        }
        return builder.build();
    }

    /**
     * Without the inputs at the end of each partition that nothing has followed from yet: the lane has not decided them, or
     * they are fences that opened nothing.
     */
    public Recording decided() {
        var last = new HashMap<Position, Long>();
        for (var entry : journal) {
            last.merge(partition(Evidence.cause(entry)), entry.causeOffset(), Math::max);
        }
        for (var receipt : receipts) {
            last.merge(partition(Evidence.cause(receipt)), receipt.commandOffset(), Math::max);
        }
        return new Recording(
                inputs.stream()
                        .filter(input -> input.at().offset() <= last.getOrDefault(partition(input.at()), -1L))
                        .toList(),
                journal,
                published,
                physical,
                told,
                physicallyTold,
                receipts,
                deadLetters,
                catalogue,
                unreadable);
    }

    private static Position partition(Position at) {
        return new Position(at.agency(), at.partition(), 0);
    }

    /** An empty recording to fill. */
    public static Builder builder(Codecs codecs) {
        return new Builder(codecs);
    }

    /** How a record of some kind is made of its parts. */
    private interface Maker<E, R> {
        R make(E event, Instant appendTime, Place place);
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
        private final List<Told> told = new ArrayList<>();
        private final List<Told> physicallyTold = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();

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

        /** Records to partners of which no broker told an append time, all of them committed. */
        public Builder told(Collection<PartnerEvent> events) {
            for (var event : events) {
                told.add(new Told(event, null, null));
                physicallyTold.add(new Told(event, null, null));
            }
            return this;
        }

        private <T> List<T> values(Map<String, String> client, String topic, RecordCodec<T> codec) {
            var values = new ArrayList<T>();
            for (var record : LogReader.committed(client, topic)) {
                read(codec, record, place(record)).ifPresent(values::add);
            }
            return values;
        }

        private <E, R> void events(
                List<ConsumerRecord<byte[], byte[]>> records, RecordCodec<E> codec, List<R> into, Maker<E, R> maker) {
            for (var record : records) {
                var place = place(record);
                read(codec, record, place)
                        .ifPresent(
                                event -> into.add(maker.make(event, Instant.ofEpochMilli(record.timestamp()), place)));
            }
        }

        private <T> Optional<T> read(RecordCodec<T> codec, ConsumerRecord<byte[], byte[]> record, Place place) {
            return switch (codec.decode(record.value())) {
                case Decoding.Decoded<T> decoded -> Optional.of(decoded.value());
                case Decoding.Undecodable<T> bad -> {
                    var problem = place + " is no record of Halley's: " + bad.reason() + ", " + bad.explanation();
                    if (!unreadable.contains(problem)) {
                        unreadable.add(problem);
                    }
                    yield Optional.empty();
                }
            };
        }

        private static Place place(ConsumerRecord<byte[], byte[]> record) {
            return new Place(record.topic(), record.partition(), record.offset());
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
            return new Recording(
                    inputs,
                    journal,
                    published,
                    physical,
                    told,
                    physicallyTold,
                    receipts,
                    deadLetters,
                    catalogue,
                    unreadable);
        }
    }
}
