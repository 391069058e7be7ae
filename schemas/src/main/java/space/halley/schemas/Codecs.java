package space.halley.schemas;

import java.util.stream.Stream;
import space.halley.domain.PartnerEvent;
import space.halley.domain.Product;
import space.halley.domain.PublicEvent;
import space.halley.schemas.avro.CatalogueEnvelope;
import space.halley.schemas.avro.CommandEnvelope;
import space.halley.schemas.avro.DeadLetterEnvelope;
import space.halley.schemas.avro.JournalEnvelope;
import space.halley.schemas.avro.PartnerEnvelope;
import space.halley.schemas.avro.ProductStateEnvelope;
import space.halley.schemas.avro.PublicEnvelope;
import space.halley.schemas.avro.ReceiptEnvelope;

/** The codecs of all topics over one source of schema ids. */
public record Codecs(
        RecordCodec<Input> commands,
        RecordCodec<Receipt> receipts,
        RecordCodec<DeadLetter> deadLetters,
        RecordCodec<JournalEntry> journal,
        RecordCodec<PublicEvent> publicEvents,
        RecordCodec<PartnerEvent> partnerEvents,
        RecordCodec<CatalogueRecord> catalogue,
        RecordCodec<Product> products) {

    /**
     * Learns the ids of all schemas, so that from here on only records of other schemas need the registry.
     *
     * @throws RegistryUnavailableException if they cannot be asked for now
     */
    public void prime() {
        Stream.of(commands, receipts, deadLetters, journal, publicEvents, partnerEvents, catalogue, products)
                .forEach(RecordCodec::prime);
    }

    /** The codecs over these schemas. */
    public static Codecs over(Schemas schemas) {
        return new Codecs(
                RecordCodec.of(
                        new AvroCodec<CommandEnvelope>(CommandEnvelope.getClassSchema(), schemas),
                        CommandFields::toFields,
                        CommandFields::toDomain),
                RecordCodec.of(
                        new AvroCodec<ReceiptEnvelope>(ReceiptEnvelope.getClassSchema(), schemas),
                        AnswerFields::toFields,
                        AnswerFields::toDomain),
                RecordCodec.of(
                        new AvroCodec<DeadLetterEnvelope>(DeadLetterEnvelope.getClassSchema(), schemas),
                        AnswerFields::toFields,
                        AnswerFields::toDomain),
                RecordCodec.of(
                        new AvroCodec<JournalEnvelope>(JournalEnvelope.getClassSchema(), schemas),
                        RecordFields::toFields,
                        RecordFields::toDomain),
                RecordCodec.of(
                        new AvroCodec<PublicEnvelope>(PublicEnvelope.getClassSchema(), schemas),
                        RecordFields::toFields,
                        RecordFields::toDomain),
                RecordCodec.of(
                        new AvroCodec<PartnerEnvelope>(PartnerEnvelope.getClassSchema(), schemas),
                        RecordFields::toFields,
                        RecordFields::toDomain),
                RecordCodec.of(
                        new AvroCodec<CatalogueEnvelope>(CatalogueEnvelope.getClassSchema(), schemas),
                        RecordFields::toFields,
                        RecordFields::toDomain),
                RecordCodec.of(
                        AvroCodec.<ProductStateEnvelope>ofStore(ProductStateEnvelope.getClassSchema(), schemas),
                        StateFields::toFields,
                        StateFields::toDomain));
    }
}
