package space.halley.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import space.halley.domain.RefusalReason;

/**
 * One kind of Avro record in Confluent's wire format: a zero byte, the schema's id in four bytes big-endian, Avro binary.
 * Safe for use by several threads.
 */
public final class AvroCodec<R extends SpecificRecord> {
    private static final byte MAGIC = 0;
    private static final int HEADER = 5;

    static {
        // Avro refuses to load classes of packages that are not listed; ours are all it needs.
        System.setProperty("org.apache.avro.SERIALIZABLE_PACKAGES", "space.halley.schemas.avro");
    }

    private final Schema schema;
    private final Schemas schemas;
    private final DatumWriter<R> writer;
    private final ConcurrentMap<Integer, DatumReader<R>> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);
    private volatile int ownId = -1;

    /** What a thread uses again for every record. */
    private static final class Buffers {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        private @Nullable BinaryEncoder encoder;
        private @Nullable BinaryDecoder decoder;
    }

    public AvroCodec(Schema schema, Schemas schemas) {
        this.schema = schema;
        this.schemas = schemas;
        this.writer = new SpecificDatumWriter<>(schema);
    }

    /**
     * The record's bytes.
     *
     * @throws RegistryUnavailableException if the schema's own id is not known yet and cannot be asked for
     */
    public byte[] encode(R message) {
        if (ownId < 0) {
            ownId = schemas.idOf(schema);
        }
        var mine = buffers.get();
        mine.bytes.reset();
        mine.bytes.write(MAGIC);
        mine.bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(ownId).array());
        mine.encoder = EncoderFactory.get().directBinaryEncoder(mine.bytes, mine.encoder);
        try {
            writer.write(message, mine.encoder);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return mine.bytes.toByteArray();
    }

    /**
     * The record that the bytes are.
     *
     * @throws RegistryUnavailableException if the bytes name a schema that cannot be asked for now
     */
    public Decoding<R> decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return undecodable("the record has no value");
        }
        if (bytes.length < HEADER || bytes[0] != MAGIC) {
            return undecodable("the value does not begin with a zero byte and a schema id (Confluent's wire format)");
        }
        var id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        var mine = buffers.get();
        try {
            var reader = readers.get(id);
            if (reader == null) {
                reader = new SpecificDatumReader<>(schemas.byId(id), schema);
                readers.put(id, reader);
            }
            mine.decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, mine.decoder);
            var message = reader.read(null, mine.decoder);
            if (!mine.decoder.isEnd()) {
                return undecodable("the value goes on after the end of the record of schema " + id);
            }
            return new Decoding.Decoded<>(message);
        } catch (UnknownSchemaException e) {
            return new Decoding.Undecodable<>(
                    RefusalReason.UNKNOWN_SCHEMA,
                    "the registry has no schema " + id + "; register the schema before using it");
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            // The exception's text may show parts of the value, so its class must do.
            return undecodable("the value is not a record of schema " + id + " that can be read as " + schema.getName()
                    + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static <R> Decoding<R> undecodable(String explanation) {
        return new Decoding.Undecodable<>(RefusalReason.UNDECODABLE, explanation);
    }
}
