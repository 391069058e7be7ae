package space.halley.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
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
    private final Reader<R> ownReader;
    private final ConcurrentMap<Integer, Reader<R>> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<BinaryOutput> outputs = ThreadLocal.withInitial(BinaryOutput::new);
    private volatile int ownId = -1;

    /** How records of one schema are read. */
    @FunctionalInterface
    private interface Reader<R extends SpecificRecord> {
        /** The record behind the header; null if the bytes go on behind it. */
        @Nullable
        R read(byte[] bytes) throws IOException;
    }

    /** The codec of records that anybody may have written. */
    public AvroCodec(Schema schema, Schemas schemas) {
        this(schema, schemas, false);
    }

    private AvroCodec(Schema schema, Schemas schemas, boolean own) {
        this.schema = schema;
        this.schemas = schemas;
        this.writer = new RecordWriter(schema);
        this.ownReader = ownReader(schema, own);
    }

    /** The codec of records in a store that this codec alone writes. */
    static <R extends SpecificRecord> AvroCodec<R> ofStore(Schema schema, Schemas schemas) {
        return new AvroCodec<>(schema, schemas, true);
    }

    /**
     * Learns the schema's own id, so that from here on records of today's schema need no registry.
     *
     * @throws RegistryUnavailableException if it cannot be asked for now
     */
    public void prime() {
        if (ownId < 0) {
            var id = schemas.idOf(schema);
            readers.putIfAbsent(id, ownReader);
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
        var out = outputs.get();
        out.reset();
        out.writeByte(MAGIC);
        for (var shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.writeByte(ownId >>> shift);
        }
        writer.write(message, out);
        if (out.position() > KEPT_BUFFER) {
            outputs.remove();
        }
        return out.since(0);
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
        Reader<R> reader;
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
    private @Nullable Reader<R> reader(int id) throws UnknownSchemaException {
        var known = readers.get(id);
        if (known != null) {
            return known;
        }
        var written = schemas.byId(id);
        // Avro itself would read any record that happens to have the fields.
        if (!written.getFullName().equals(schema.getFullName())) {
            return null;
        }
        var reader = written.equals(schema) ? ownReader : AvroCodec.<R>resolvingReader(written, schema);
        readers.put(id, reader);
        return reader;
    }

    private static <R extends SpecificRecord> Reader<R> ownReader(Schema schema, boolean own) {
        var reader = new RecordReader(schema, own);
        return bytes -> {
            var in = new BinaryInput(bytes, HEADER);
            @SuppressWarnings("unchecked") // R is the class that was generated of the schema
            var message = (R) reader.read(in);
            return in.isEnd() ? message : null;
        };
    }

    private static <R extends SpecificRecord> Reader<R> resolvingReader(Schema written, Schema schema) {
        var reader = new SpecificDatumReader<R>(written, schema);
        return bytes -> {
            var in = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
            var message = reader.read(null, in);
            return in.isEnd() ? message : null;
        };
    }

    private Decoding<R> read(Reader<R> reader, int id, byte[] bytes) {
        try {
            var message = reader.read(bytes);
            return message == null
                    ? undecodable("the value goes on after the end of the record of schema " + id)
                    : new Decoding.Decoded<>(message);
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
