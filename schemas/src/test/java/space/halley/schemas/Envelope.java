package space.halley.schemas;

import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import space.halley.schemas.avro.CatalogueEnvelope;
import space.halley.schemas.avro.CommandEnvelope;
import space.halley.schemas.avro.DeadLetterEnvelope;
import space.halley.schemas.avro.JournalEnvelope;
import space.halley.schemas.avro.PartnerEnvelope;
import space.halley.schemas.avro.ProductStateEnvelope;
import space.halley.schemas.avro.PublicEnvelope;
import space.halley.schemas.avro.ReceiptEnvelope;

/** The kinds of record that have a codec, for tests that hold for all of them. */
@SuppressWarnings("ImmutableEnumChecker") // schemas and these functions do not change, though their types could
enum Envelope {
    COMMAND(CommandEnvelope.getClassSchema(), Codecs::commands, RandomValues::input),
    RECEIPT(ReceiptEnvelope.getClassSchema(), Codecs::receipts, RandomValues::receipt),
    DEAD_LETTER(DeadLetterEnvelope.getClassSchema(), Codecs::deadLetters, RandomValues::deadLetter),
    JOURNAL(JournalEnvelope.getClassSchema(), Codecs::journal, RandomValues::journalEntry),
    PUBLIC(PublicEnvelope.getClassSchema(), Codecs::publicEvents, RandomValues::publicEvent),
    PARTNER(PartnerEnvelope.getClassSchema(), Codecs::partnerEvents, RandomValues::partnerEvent),
    CATALOGUE(CatalogueEnvelope.getClassSchema(), Codecs::catalogue, RandomValues::catalogueRecord),
    PRODUCT_STATE(ProductStateEnvelope.getClassSchema(), Codecs::products, RandomValues::state);

    private final Schema schema;
    private final Function<Codecs, RecordCodec<?>> codec;
    private final Function<RandomValues, Object> value;
    private volatile @Nullable RecordCodec<Object> today;

    Envelope(Schema schema, Function<Codecs, RecordCodec<?>> codec, Function<RandomValues, Object> value) {
        this.schema = schema;
        this.codec = codec;
        this.value = value;
    }

    /** Today's schema. */
    Schema schema() {
        return schema;
    }

    /** The codec of today's code, for bytes that were written with {@code writer}. */
    @SuppressWarnings("unchecked") // a constant's codec and values are of the same type
    RecordCodec<Object> codec(Schema writer) {
        return (RecordCodec<Object>) Objects.requireNonNull(codec.apply(Codecs.over(new OneSchema(writer))));
    }

    /** The codec of today's code and schema; made once, because making one takes as long as many records. */
    RecordCodec<Object> codec() {
        var known = today;
        if (known == null) {
            known = codec(schema);
            today = known;
        }
        return known;
    }

    /** A valid value. */
    Object value(long seed) {
        return Objects.requireNonNull(value.apply(new RandomValues(seed)));
    }
}
