package space.halley.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import space.halley.schemas.avro.CatalogueEnvelope;
import space.halley.schemas.avro.CommandEnvelope;
import space.halley.schemas.avro.DeadLetterEnvelope;
import space.halley.schemas.avro.JournalEnvelope;
import space.halley.schemas.avro.PartnerEnvelope;
import space.halley.schemas.avro.ProductStateEnvelope;
import space.halley.schemas.avro.PublicEnvelope;
import space.halley.schemas.avro.ReceiptEnvelope;

final class RecordWriterTest {
    private static final int RECORDS = 200;
    private static final long SEED = 1986;

    static Schema[] schemas() {
        return new Schema[] {
            CommandEnvelope.getClassSchema(),
            ReceiptEnvelope.getClassSchema(),
            DeadLetterEnvelope.getClassSchema(),
            JournalEnvelope.getClassSchema(),
            PublicEnvelope.getClassSchema(),
            PartnerEnvelope.getClassSchema(),
            CatalogueEnvelope.getClassSchema(),
            ProductStateEnvelope.getClassSchema()
        };
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void writesTheBytesOfAvrosOwnWriter(Schema schema) throws IOException {
        var writer = new RecordWriter(schema);
        var avro = new SpecificDatumWriter<SpecificRecord>(schema);

        for (var random : new RandomData(schema, RECORDS, SEED)) {
            var message = generated(schema, random);

            var out = new BinaryOutput();
            writer.write(message, out);

            assertThat(out.since(0)).isEqualTo(bytes(avro, message));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mars",
                "Lumière",
                "Sœur",
                "œ",
                "Tschurjumow-Gerasimenko Ё",
                "\uD83D\uDE80 up",
                "half \uD83D of one"
            })
    void writesTextsOfEveryAlphabet(String text) throws IOException {
        for (var repeated = 1; repeated <= 10_000; repeated *= 100) {
            var written = text.repeat(repeated);
            var avro = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().directBinaryEncoder(avro, null);
            encoder.writeString(written);
            encoder.flush();

            var out = new BinaryOutput();
            out.writeByte(1);
            out.writeString(written);

            assertThat(out.since(1)).isEqualTo(avro.toByteArray());
        }
    }

    @Test
    void refusesASchemaThatItCannotWrite() {
        var map = SchemaBuilder.record("Other")
                .fields()
                .name("numbers")
                .type()
                .map()
                .values()
                .intType()
                .noDefault()
                .endRecord();
        var union = SchemaBuilder.record("Other")
                .fields()
                .name("either")
                .type()
                .unionOf()
                .intType()
                .and()
                .stringType()
                .endUnion()
                .noDefault()
                .endRecord();

        assertThatThrownBy(() -> new RecordWriter(map)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecordWriter(union)).isInstanceOf(IllegalArgumentException.class);
    }

    static byte[] bytes(DatumWriter<SpecificRecord> writer, SpecificRecord value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** A record of the generated class with these values, which are of Avro's generic classes. */
    static SpecificRecord generated(Schema schema, Object random) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        DatumWriter<Object> generic = new GenericDatumWriter<>(schema);
        generic.write(random, encoder);
        encoder.flush();
        return new SpecificDatumReader<SpecificRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }
}
