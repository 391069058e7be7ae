package space.halley.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
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
    /** A thread does not keep the memory of one record that was larger than this. */
    private static final int KEPT_BUFFER = 64 << 10;

    static {
        GeneratedClasses.trust();
    }

    private final Schema schema;
    private final Schemas schemas;
    private final RecordWriter writer;
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
        this.writer = new RecordWriter(schema);
    }

    /**
     * Learns the schema's own id, so that from here on records of today's schema need no registry.
     *
     * @throws RegistryUnavailableException if it cannot be asked for now
     */
    public void prime() {
        if (ownId < 0) {
            var id = schemas.idOf(schema);
            readers.putIfAbsent(id, new SpecificDatumReader<R>(schema, schema));
            ownId = id;
        }
    }

    /**
     * The record's bytes.
     *
     * @throws RegistryUnavailableException if the schema's own id is not known yet and cannot be asked for
     */
    public byte[] encode(R message) {
        prime();
        var mine = buffers.get();
        // Before the bytes are reset, because it gives them what a failed record left behind.
        mine.encoder = EncoderFactory.get().binaryEncoder(mine.bytes, mine.encoder);
        mine.bytes.reset();
        mine.bytes.write(MAGIC);
        for (var shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            mine.bytes.write(ownId >>> shift);
        }
        try {
            writer.write(message, mine.encoder);
            mine.encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        var encoded = mine.bytes.toByteArray();
        if (encoded.length > KEPT_BUFFER) {
            buffers.remove();
        }
        return encoded;
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
        if (id <= 0) {
            return undecodable("the value names the schema id " + id + "; registries count from 1");
        }
        DatumReader<R> reader;
        try {
            reader = reader(id);
        } catch (UnknownSchemaException e) {
            return new Decoding.Undecodable<>(
                    RefusalReason.UNKNOWN_SCHEMA,
                    "the registry has no schema " + id + "; register the schema before using it");
        }
        return reader == null
                ? undecodable("schema " + id + " is not one of " + schema.getName())
                : read(reader, id, bytes);
    }

    /** The reader of records that were written with that schema; null if it is the schema of something else. */
    private @Nullable DatumReader<R> reader(int id) throws UnknownSchemaException {
        var known = readers.get(id);
        if (known != null) {
            return known;
        }
        var written = schemas.byId(id);
        // Avro itself would read any record that happens to have the fields.
        if (!written.getFullName().equals(schema.getFullName())) {
            return null;
        }
        var reader = new SpecificDatumReader<R>(written, schema);
        readers.put(id, reader);
        return reader;
    }

    private Decoding<R> read(DatumReader<R> reader, int id, byte[] bytes) {
        var mine = buffers.get();
        try {
            mine.decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, mine.decoder);
            var message = reader.read(null, mine.decoder);
            if (!mine.decoder.isEnd()) {
                return undecodable("the value goes on after the end of the record of schema " + id);
            }
            return new Decoding.Decoded<>(message);
        } catch (IOException | RuntimeException e) {
            // Avro answers wrong bytes with exceptions of many kinds, and one that got through would stop the lane for
            // ever. The exception's text may show parts of the value, so its class must do.
            return undecodable("the value is not a record of schema " + id + " that can be read as " + schema.getName()
                    + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static <R> Decoding<R> undecodable(String explanation) {
        return new Decoding.Undecodable<>(RefusalReason.UNDECODABLE, explanation);
    }
}
