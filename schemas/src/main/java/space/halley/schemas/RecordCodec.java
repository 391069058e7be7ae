package space.halley.schemas;

import java.time.DateTimeException;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import space.halley.domain.InvalidValueException;
import space.halley.domain.RefusalReason;

/** The codec between the bytes of one topic and the domain's value. Safe for use by several threads. */
public final class RecordCodec<T> {
    private final Runnable primer;
    private final Function<T, byte[]> encoder;
    private final Function<byte @Nullable [], Decoding<T>> decoder;

    private RecordCodec(
            Runnable primer, Function<T, byte[]> encoder, Function<byte @Nullable [], Decoding<T>> decoder) {
        this.primer = primer;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    static <R extends SpecificRecord, T> RecordCodec<T> of(
            AvroCodec<R> avro, Function<T, R> toFields, Function<R, T> toDomain) {
        return new RecordCodec<>(
                avro::prime, value -> avro.encode(toFields.apply(value)), bytes -> switch (avro.decode(bytes)) {
                    case Decoding.Decoded<R> decoded -> checked(decoded.value(), toDomain);
                    case Decoding.Undecodable<R> bad -> new Decoding.Undecodable<>(bad.reason(), bad.explanation());
                });
    }

    private static <R, T> Decoding<T> checked(R fields, Function<R, T> toDomain) {
        try {
            return new Decoding.Decoded<>(toDomain.apply(fields));
        } catch (InvalidValueException e) {
            return new Decoding.Undecodable<>(RefusalReason.INVALID_FIELD, String.valueOf(e.getMessage()));
        } catch (DateTimeException e) {
            return new Decoding.Undecodable<>(RefusalReason.INVALID_FIELD, "a time or period cannot be represented");
        }
    }

    /**
     * Learns the schema's own id, so that from here on records of today's schema need no registry.
     *
     * @throws RegistryUnavailableException if it cannot be asked for now
     */
    public void prime() {
        primer.run();
    }

    /** The value's bytes. */
    public byte[] encode(T value) {
        return encoder.apply(value);
    }

    /** What the bytes are. */
    public Decoding<T> decode(byte @Nullable [] bytes) {
        return decoder.apply(bytes);
    }

    /**
     * The value of bytes that Halley itself wrote.
     *
     * @throws IllegalStateException if they cannot be read, which means that they were damaged
     */
    public T decodeOwn(byte[] bytes) {
        return switch (decode(bytes)) {
            case Decoding.Decoded<T> decoded -> decoded.value();
            // Not the explanation: it may quote what was read, and what stops a lane is shown to everyone, in health.
            case Decoding.Undecodable<T> bad ->
                throw new IllegalStateException(
                        "a record of ours is damaged and cannot be read (" + bad.reason() + ")");
        };
    }
}
