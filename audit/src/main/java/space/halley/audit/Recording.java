package space.halley.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.domain.AgencyId;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
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
 * @param undecided inputs behind those that were decided, which nothing committed has followed from yet
 * @param work when the lanes were seen at work
 * @param places where journal entries, receipts and dead letters stand
 * @param leftOut how many records were left out, by agency, because the agency has no profile
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
        List<Listed> catalogue,
        List<String> unreadable,
        List<Appended> undecided,
        WorkingTime work,
        Places places,
        Map<AgencyId, Integer> leftOut) {

    public Recording {
        inputs = List.copyOf(inputs);
        undecided = List.copyOf(undecided);
        journal = List.copyOf(journal);
        published = List.copyOf(published);
        physical = List.copyOf(physical);
        receipts = List.copyOf(receipts);
        deadLetters = List.copyOf(deadLetters);
        catalogue = List.copyOf(catalogue);
        told = List.copyOf(told);
        physicallyTold = List.copyOf(physicallyTold);
        unreadable = List.copyOf(unreadable);
        leftOut = Map.copyOf(leftOut);
    }

    /** A recording that no broker has. */
    public Recording(
            List<Appended> inputs,
            List<JournalEntry> journal,
            List<Published> published,
            List<Published> physical,
            List<Told> told,
            List<Told> physicallyTold,
            List<Receipt> receipts,
            List<DeadLetter> deadLetters,
            List<Listed> catalogue,
            List<String> unreadable,
            List<Appended> undecided,
            WorkingTime work) {
        this(
                inputs,
                journal,
                published,
                physical,
                told,
                physicallyTold,
                receipts,
                deadLetters,
                catalogue,
                unreadable,
                undecided,
                work,
                Places.UNKNOWN,
                Map.of());
    }

    /** A recording in which partners were told nothing and everything can be read. */
    public Recording(
            List<Appended> inputs,
            List<JournalEntry> journal,
            List<Published> published,
            List<Published> physical,
            List<Receipt> receipts,
            List<DeadLetter> deadLetters,
            List<Listed> catalogue) {
        this(
                inputs,
                journal,
                published,
                physical,
                List.of(),
                List.of(),
                receipts,
                deadLetters,
                catalogue,
                List.of(),
                List.of(),
                WorkingTime.UNKNOWN);
    }

    /**
     * Everything that a cluster's topics hold now. The lanes must have decided all inputs.
     *
     * @param client settings of a client that may read all topics
     */
    public static Recording of(Map<String, String> client, Agencies agencies, Codecs codecs) {
        return of(client, agencies, codecs, 1, lane -> true);
    }

    /**
     * What a cluster's topics hold now of some lanes.
     *
     * @param client settings of a client that may read all topics
     * @param partitions of the command topics, from which it follows to which partition a product belongs
     * @param lanes which lanes; the others' records are read and forgotten
     */
    static Recording of(
            Map<String, String> client,
            Agencies agencies,
            Codecs codecs,
            int partitions,
            Predicate<LanePartition> lanes) {
        var builder = builder(codecs);
        Predicate<Position> caused = at -> lanes.test(at.lane());
        BiPredicate<AgencyId, Lidvid> about =
                (agency, id) -> lanes.test(new LanePartition(agency, partition(id.lid(), partitions)));
        // What came out is read before what went in: then the cause of everything that came out is there.
        LogReader.eachCommitted(client, Topics.JOURNAL, record -> builder.readEntry(record)
                .filter(entry -> caused.test(Evidence.cause(entry)))
                .filter(entry -> builder.isLookedAt(agencies, entry))
                .ifPresent(entry -> {
                    builder.journal.add(entry);
                    builder.places.at(entry, Builder.place(record));
                    builder.work.wrote(Evidence.cause(entry), Instant.ofEpochMilli(record.timestamp()));
                }));
        LogReader.eachCommitted(client, Topics.CATALOG, record -> {
            var place = Builder.place(record);
            builder.read(codecs.catalogue(), record, place)
                    .filter(listed -> about.test(listed.agency(), listed.id()))
                    .filter(listed -> builder.isLookedAt(agencies, listed.agency(), listed.id(), true))
                    .ifPresent(listed -> builder.catalogue.add(new Listed(listed, place)));
        });
        for (var agency : agencies.all()) {
            var name = agency.id();
            builder.values(client, Topics.receipts(name), codecs.receipts(), (receipt, place) -> {
                if (caused.test(Evidence.cause(receipt))) {
                    builder.receipts.add(receipt);
                    builder.places.at(receipt, place);
                }
            });
            builder.values(client, Topics.deadLetters(name), codecs.deadLetters(), (letter, place) -> {
                if (caused.test(Evidence.cause(letter))) {
                    builder.deadLetters.add(letter);
                    builder.places.at(letter, place);
                }
            });
            builder.events(client, Topics.partners(name), codecs.partnerEvents(), Told::new, (told, committed) -> {
                var from = told.event().agency();
                var id = told.event().id();
                if (about.test(from, id) && builder.isLookedAt(agencies, from, id, committed)) {
                    (committed ? builder.told : builder.physicallyTold).add(told);
                }
            });
        }
        builder.events(client, Topics.PUBLIC, codecs.publicEvents(), Published::new, (published, committed) -> {
            var from = published.event().agency();
            var id = published.event().id();
            if (about.test(from, id) && builder.isLookedAt(agencies, from, id, committed)) {
                (committed ? builder.published : builder.physical).add(published);
            }
        });
        for (var agency : agencies.all()) {
            LogReader.eachCommitted(client, Topics.commands(agency.id()), input -> {
                if (lanes.test(new LanePartition(agency.id(), input.partition()))) {
                    builder.input(
                            agency.id(),
                            input.partition(),
                            input.offset(),
                            Instant.ofEpochMilli(input.timestamp()),
                            input.key(),
                            input.value());
                }
            });
        }
        return builder.build();
    }

    /** The partition to which the commands about a product belong. */
    static int partition(Lid lid, int partitions) {
        return Topics.partition(lid.value().getBytes(StandardCharsets.UTF_8), partitions);
    }

    /**
     * Without what stands at the end of each partition from the first command on that nothing has followed from: the lane has
     * not come to it. Fences before that may have opened nothing, or not yet what they should.
     */
    public Recording decided() {
        var last = new HashMap<LanePartition, Long>();
        for (var entry : journal) {
            last.merge(Evidence.cause(entry).lane(), entry.causeOffset(), Math::max);
        }
        for (var receipt : receipts) {
            last.merge(Evidence.cause(receipt).lane(), receipt.commandOffset(), Math::max);
        }
        var next = new HashMap<LanePartition, Long>();
        for (var input : inputs) {
            var lane = input.at().lane();
            if (!input.isFence() && input.at().offset() > last.getOrDefault(lane, -1L)) {
                next.merge(lane, input.at().offset(), Math::min);
            }
        }
        var decided = inputs.stream()
                .collect(Collectors.partitioningBy(input ->
                        input.at().offset() < next.getOrDefault(input.at().lane(), Long.MAX_VALUE)));
        return new Recording(
                decided.getOrDefault(true, List.of()),
                journal,
                published,
                physical,
                told,
                physicallyTold,
                receipts,
                deadLetters,
                catalogue,
                unreadable,
                decided.getOrDefault(false, List.of()),
                work,
                places,
                leftOut);
    }

    /** An empty recording to fill. */
    public static Builder builder(Codecs codecs) {
        return new Builder(codecs);
    }

    /** How a record of some kind is made of its parts. */
    private interface Maker<E, R> {
        R make(E event, Instant appendTime, Place place);
    }

    /** Takes a record, which is read among the committed ones or among all. */
    private interface Sink<R> {
        void take(R record, boolean committed);
    }

    /** A recording in the making. Not safe for use by several threads. */
    public static final class Builder {
        private static final Set<String> VERDICTS =
                Arrays.stream(Verdict.values()).map(Verdict::name).collect(Collectors.toUnmodifiableSet());

        private final Codecs codecs;
        private final List<Appended> inputs = new ArrayList<>();
        private final List<JournalEntry> journal = new ArrayList<>();
        private final List<Published> published = new ArrayList<>();
        private final List<Published> physical = new ArrayList<>();
        private final List<Receipt> receipts = new ArrayList<>();
        private final List<DeadLetter> deadLetters = new ArrayList<>();
        private final List<Listed> catalogue = new ArrayList<>();
        private final List<Told> told = new ArrayList<>();
        private final List<Told> physicallyTold = new ArrayList<>();
        private final Set<String> unreadable = new LinkedHashSet<>();
        private final WorkingTime.Builder work = new WorkingTime.Builder();
        private final Places.Builder places = new Places.Builder();
        private final Map<AgencyId, Integer> leftOut = new HashMap<>();

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

        /**
         * Of an agency without a profile nobody knows what it said, so what the lanes wrote of it is left out and counted.
         *
         * @param counts whether the record is counted if it is left out
         */
        private boolean hasProfile(Agencies agencies, AgencyId id, boolean counts) {
            if (agencies.find(id).isPresent()) {
                return true;
            }
            if (counts) {
                leftOut.merge(id, 1, Integer::sum);
            }
            return false;
        }

        /** As above; but a product of an agency that has a profile is nobody else's to release, to share or to list. */
        private boolean isLookedAt(Agencies agencies, AgencyId id, Lidvid product, boolean counts) {
            return agencies.all().stream().anyMatch(agency -> agency.owns(product.lid()))
                    || hasProfile(agencies, id, counts);
        }

        /** A refusal decides nothing of the product that it names: any agency may ask for another's, and be refused. */
        private boolean isLookedAt(Agencies agencies, JournalEntry entry) {
            var id = entry.lidvid();
            if (id == null || entry.verdict().equals(Verdict.REFUSED.name())) {
                return hasProfile(agencies, entry.agency(), true);
            }
            return isLookedAt(agencies, entry.agency(), Lidvid.parse(id), true);
        }

        private <T> void values(
                Map<String, String> client, String topic, RecordCodec<T> codec, BiConsumer<T, Place> into) {
            LogReader.eachCommitted(client, topic, record -> {
                var place = place(record);
                read(codec, record, place).ifPresent(value -> into.accept(value, place));
            });
        }

        /** The committed ones first, and then all that are there physically. */
        private <E, R> void events(
                Map<String, String> client, String topic, RecordCodec<E> codec, Maker<E, R> maker, Sink<R> into) {
            LogReader.eachCommitted(
                    client, topic, record -> event(codec, record, maker).ifPresent(event -> into.take(event, true)));
            LogReader.eachPhysical(
                    client, topic, record -> event(codec, record, maker).ifPresent(event -> into.take(event, false)));
        }

        private <E, R> Optional<R> event(
                RecordCodec<E> codec, ConsumerRecord<byte[], byte[]> record, Maker<E, R> maker) {
            var place = place(record);
            return read(codec, record, place)
                    .map(event -> maker.make(event, Instant.ofEpochMilli(record.timestamp()), place));
        }

        private <T> Optional<T> read(RecordCodec<T> codec, ConsumerRecord<byte[], byte[]> record, Place place) {
            return switch (codec.decode(record.value())) {
                case Decoding.Decoded<T> decoded -> Optional.of(decoded.value());
                case Decoding.Undecodable<T> bad -> {
                    unreadable.add(place + " is no record of Halley's: " + bad.reason() + ", " + bad.explanation());
                    yield Optional.empty();
                }
            };
        }

        /** An entry of the journal. What it decides is a word, and somebody may have written one that says nothing. */
        private Optional<JournalEntry> readEntry(ConsumerRecord<byte[], byte[]> record) {
            var place = place(record);
            var entry = read(codecs.journal(), record, place);
            if (entry.isPresent() && !VERDICTS.contains(entry.get().verdict())) {
                unreadable.add(place + " is no decision of Halley's: its verdict is none of the known ones");
                return Optional.empty();
            }
            return entry;
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
            records.forEach(record -> catalogue.add(new Listed(record, null)));
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
                    List.copyOf(unreadable),
                    List.of(),
                    work.build(),
                    places.build(),
                    leftOut);
        }
    }
}
