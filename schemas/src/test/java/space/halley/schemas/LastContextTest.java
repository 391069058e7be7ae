package space.halley.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import space.halley.domain.ContextReference;
import space.halley.domain.Lid;
import space.halley.schemas.avro.ContextFields;
import space.halley.schemas.avro.ContextRole;

/** References that a thread read before are the same again if, and only if, their bytes are. */
class LastContextTest {
    private static final List<ContextReference> JUICE =
            List.of(reference("JUICE", "urn:esa:psa:context:investigation:mission.juice"));

    private final RecordCodec<Object> store = Envelope.PRODUCT_STATE.codec();

    @Property(tries = 1_000)
    void whatIsReadAfterAnythingIsWhatWasWritten(@ForAll long seed, @ForAll long other) {
        var said = Envelope.PRODUCT_STATE.value(seed);
        var bytes = store.encode(said);
        // Descriptions in the store are read only by who asks for them.
        assertThat(store.decodeOwn(store.encode(Envelope.PRODUCT_STATE.value(other))))
                .isEqualTo(Envelope.PRODUCT_STATE.value(other));

        assertThat(store.decodeOwn(bytes)).isEqualTo(said);
        assertThat(store.decodeOwn(bytes)).as("and once more").isEqualTo(said);
    }

    @Test
    void theSameBytesAreTheSameReferences() {
        var first = read(bytes(JUICE));

        assertThat(read(bytes(JUICE))).isSameAs(first);
        assertThat(first).isEqualTo(JUICE);
    }

    @Test
    void otherBytesAreReadAnew() {
        read(bytes(JUICE));
        var longer = List.of(JUICE.getFirst(), reference("Ganymede", "urn:nasa:pds:context:target:satellite.ganymede"));
        var renamed = List.of(reference("JUICF", "urn:esa:psa:context:investigation:mission.juice"));

        assertThat(read(bytes(longer))).isEqualTo(longer);
        assertThat(read(bytes(renamed))).isEqualTo(renamed);
        assertThat(read(bytes(List.of()))).isEmpty();
        assertThat(read(bytes(JUICE))).isEqualTo(JUICE);
    }

    private static ContextReference reference(String name, String lid) {
        return new ContextReference(ContextReference.Role.INVESTIGATION, name, new Lid(lid));
    }

    private static List<ContextReference> read(byte[] bytes) {
        var in = new BinaryInput(bytes, 0);
        var fields = LastContext.read(in, LastContextTest::list);
        assertThat(in.isEnd()).isTrue();
        return ValueFields.contextReferences(fields);
    }

    private static List<ContextFields> list(BinaryInput in) {
        var fields = new ArrayList<ContextFields>();
        for (var left = in.readInt(); left > 0; left--) {
            fields.add(new ContextFields(ContextRole.INVESTIGATION, in.readString(), in.readString()));
        }
        return fields;
    }

    private static byte[] bytes(List<ContextReference> references) {
        var out = new BinaryOutput();
        out.writeNumber(references.size());
        for (var reference : references) {
            out.writeString(reference.name());
            out.writeString(Objects.requireNonNull(reference.lid()).value());
        }
        return out.since(0);
    }
}
