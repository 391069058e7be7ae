package space.halley.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Avro's own reader says what is right, of good bytes and of bad ones. */
final class RecordReaderTest {
    private static final String SCHEMAS = "space.halley.schemas.RecordWriterTest#schemas";
    private static final int RECORDS = 100;
    private static final int DAMAGES = 100;
    private static final long SEED = 1986;

    @ParameterizedTest
    @MethodSource(SCHEMAS)
    void readsWhatAvrosOwnReaderReads(Schema schema) throws IOException {
        var writer = new SpecificDatumWriter<SpecificRecord>(schema);
        var avro = new SpecificDatumReader<SpecificRecord>(schema);
        var reader = new RecordReader(schema, false);

        for (var random : new RandomData(schema, RECORDS, SEED)) {
            var bytes = RecordWriterTest.bytes(writer, RecordWriterTest.generated(schema, random));

            assertThat(ours(reader, bytes)).isPresent().isEqualTo(avros(avro, bytes));
        }
    }

    @ParameterizedTest
    @MethodSource(SCHEMAS)
    void ofDamagedBytesItReadsWhatAvrosOwnReaderReads(Schema schema) throws IOException {
        var writer = new SpecificDatumWriter<SpecificRecord>(schema);
        var avro = new SpecificDatumReader<SpecificRecord>(schema);
        var reader = new RecordReader(schema, false);
        var random = new Random(SEED);
        var readable = 0;

        for (var record : new RandomData(schema, RECORDS, SEED)) {
            var bytes = RecordWriterTest.bytes(writer, RecordWriterTest.generated(schema, record));
            for (var damage = 0; damage < DAMAGES; damage++) {
                var damaged = bytes.clone();
                for (var flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                var expected = avros(avro, damaged);
                assertThat(ours(reader, damaged)).as("seed %s", SEED).isEqualTo(expected);
                readable += expected.isPresent() ? 1 : 0;
            }
        }
        assertThat(readable).isBetween(1, RECORDS * DAMAGES - 1);
    }

    @ParameterizedTest
    @MethodSource(SCHEMAS)
    void passingOverARecordEndsWhereReadingItEnds(Schema schema) throws IOException {
        var writer = new SpecificDatumWriter<SpecificRecord>(schema);
        var reader = new RecordReader(schema, false);
        var skipper = new RecordSkipper(schema);
        var random = new Random(SEED);

        var readable = 0;
        for (var record : new RandomData(schema, RECORDS, SEED)) {
            var bytes = RecordWriterTest.bytes(writer, RecordWriterTest.generated(schema, record));
            assertThat(end(bytes, skipper::skip)).hasValue(bytes.length);
            for (var damage = 0; damage < DAMAGES; damage++) {
                var damaged = bytes.clone();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                var read = end(damaged, reader::read);
                if (read.isPresent()) {
                    assertThat(end(damaged, skipper::skip)).as("seed %s", SEED).isEqualTo(read);
                    readable++;
                }
            }
        }
        assertThat(readable).isPositive();
    }

    @Test
    void refusesASchemaThatItCannotRead() {
        var map = SchemaBuilder.record("Other")
                .fields()
                .name("numbers")
                .type()
                .map()
                .values()
                .intType()
                .noDefault()
                .endRecord();

        assertThatThrownBy(() -> new RecordReader(map, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecordSkipper(map)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Where it ends; nothing if it does not get there. */
    private static Optional<Integer> end(byte[] bytes, Consumer<BinaryInput> step) {
        try {
            var in = new BinaryInput(bytes, 0);
            step.accept(in);
            return Optional.of(in.position());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<SpecificRecord> ours(RecordReader reader, byte[] bytes) {
        try {
            var in = new BinaryInput(bytes, 0);
            var record = reader.read(in);
            return in.isEnd() ? Optional.of(record) : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<SpecificRecord> avros(DatumReader<SpecificRecord> reader, byte[] bytes) {
        try {
            var in = DecoderFactory.get().binaryDecoder(bytes, null);
            var record = reader.read(null, in);
            return in.isEnd() ? Optional.of(record) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
