package space.halley.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import space.halley.domain.RefusalReason;

/** Whatever bytes an agency sends, reading them ends in a value, quickly and in bounded memory. */
class HostileBytesTest {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int HEADER = 5;
    private static final long SMALL = 4 << 20;

    private static final long[] LENGTHS = {
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 8L,
        Integer.MIN_VALUE,
        1L << 31,
        1 << 28,
        -(1 << 28),
        -1
    };

    @ParameterizedTest
    @EnumSource
    void isUndecodableWhereverItIsCut(Envelope envelope) {
        var codec = envelope.codec();
        for (int seed = 0; seed < 8; seed++) {
            var bytes = codec.encode(envelope.value(seed));
            for (int length = 0; length < bytes.length; length++) {
                assertThat(codec.decode(Arrays.copyOf(bytes, length)))
                        .as("seed %s cut at %s of %s", seed, length, bytes.length)
                        .isInstanceOf(Decoding.Undecodable.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isUndecodableWithAnythingBehindIt(Envelope envelope) {
        var codec = envelope.codec();
        var bytes = codec.encode(envelope.value(1));

        assertThat(codec.decode(Arrays.copyOf(bytes, bytes.length + 1))).isInstanceOf(Decoding.Undecodable.class);
    }

    @ParameterizedTest
    @EnumSource
    void aHugeLengthAnywhereTakesNoMemory(Envelope envelope) {
        var codec = envelope.codec();
        codec.decode(codec.encode(envelope.value(0)));
        for (int seed = 0; seed < 3; seed++) {
            var bytes = codec.encode(envelope.value(seed));
            for (int at = HEADER; at < bytes.length; at++) {
                for (var length : LENGTHS) {
                    var hostile = spliced(bytes, at, varint(length));
                    var before = THREAD.getCurrentThreadAllocatedBytes();
                    decodes(codec, hostile);
                    assertThat(THREAD.getCurrentThreadAllocatedBytes() - before)
                            .as("bytes allocated for length %s at %s of seed %s", length, at, seed)
                            .isLessThan(SMALL);
                }
            }
        }
    }

    @Test
    void aMegabyteOfNothingButCountsTakesNoMoreThanAFewOfItsOwnSize() {
        for (var envelope : Envelope.values()) {
            var codec = envelope.codec();
            var valid = codec.encode(envelope.value(3));
            for (int at = HEADER; at < valid.length; at++) {
                var hostile = Arrays.copyOf(valid, Topics.MAX_COMMAND_BYTES);
                // Zeros are empty strings, nulls and the ends of lists: the most elements per byte.
                var count = varint(Topics.MAX_COMMAND_BYTES / 3);
                System.arraycopy(count, 0, hostile, at, Math.min(count.length, hostile.length - at));
                Arrays.fill(hostile, Math.min(at + count.length, hostile.length), hostile.length, (byte) 0);
                var before = THREAD.getCurrentThreadAllocatedBytes();
                decodes(codec, hostile);
                assertThat(THREAD.getCurrentThreadAllocatedBytes() - before)
                        .as("bytes allocated for %s with a count at %s", envelope, at)
                        .isLessThan(128L * Topics.MAX_COMMAND_BYTES);
            }
        }
    }

    @Property(tries = 20_000)
    void randomBytesAreAValue(@ForAll Envelope envelope, @ForAll long seed) {
        var random = new Random(seed);
        var bytes = new byte[HEADER + random.nextInt(300)];
        random.nextBytes(bytes);
        if (random.nextInt(10) > 0) {
            System.arraycopy(new byte[] {0, 0, 0, 0, OneSchema.ID}, 0, bytes, 0, HEADER);
        }
        decodes(envelope.codec(), bytes);
    }

    @Property(tries = 30_000)
    void damagedBytesAreAValueAndTheNextOnesAreReadAsEver(@ForAll Envelope envelope, @ForAll long seed) {
        var random = new Random(seed);
        var codec = envelope.codec();
        var value = envelope.value(seed);
        var bytes = codec.encode(value);
        var damaged = bytes.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            damaged[HEADER + random.nextInt(damaged.length - HEADER)] = (byte) random.nextInt();
        }

        decodes(codec, damaged);

        assertThat(codec.decode(bytes)).isEqualTo(new Decoding.Decoded<>(value));
    }

    @ParameterizedTest
    @EnumSource
    void bytesOfAnotherKindAreUndecodable(Envelope envelope) {
        for (var other : Envelope.values()) {
            if (other != envelope) {
                var bytes = other.codec().encode(other.value(1));
                assertThat(envelope.codec(other.schema()).decode(bytes))
                        .as("%s read as %s", other, envelope)
                        .isInstanceOf(Decoding.Undecodable.class);
            }
        }
    }

    @Test
    void nothingAndOtherFormatsAreUndecodable() {
        var codec = Envelope.COMMAND.codec();

        for (var bytes : new byte[][] {
            {}, {0}, {0, 0, 0, 0}, {1, 0, 0, 0, 1, 0}, "{\"lid\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)
        }) {
            assertThat(codec.decode(bytes))
                    .isInstanceOfSatisfying(Decoding.Undecodable.class, bad -> assertThat(bad.reason())
                            .isEqualTo(RefusalReason.UNDECODABLE));
        }
        assertThat(codec.decode(null)).isInstanceOf(Decoding.Undecodable.class);
    }

    private static void decodes(RecordCodec<Object> codec, byte[] bytes) {
        var decoding = codec.decode(bytes);
        assertThat(decoding).isInstanceOfAny(Decoding.Decoded.class, Decoding.Undecodable.class);
        if (decoding instanceof Decoding.Decoded<Object> decoded) {
            readsDescriptions(decoded.value());
        }
    }

    /** Those in the store are read when somebody asks. */
    private static void readsDescriptions(Object value) {
        try {
            var unused = value.hashCode();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageStartingWith("a description in the store is damaged");
        }
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] inserted) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(inserted);
        out.write(bytes, at + 1, bytes.length - at - 1);
        return out.toByteArray();
    }

    /** As Avro writes whole numbers: zigzag, seven bits per byte, the lowest first. */
    private static byte[] varint(long number) {
        var out = new ByteArrayOutputStream();
        var rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }
}
