package space.halley.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import space.halley.domain.RefusalReason;
import space.halley.schemas.avro.AtOnceTerms;
import space.halley.schemas.avro.CommandEnvelope;
import space.halley.schemas.avro.FenceCommand;
import space.halley.schemas.avro.RescheduleCommand;
import space.halley.schemas.avro.TermsFields;
import space.halley.schemas.avro.WithdrawCommand;

class RoundTripTest {
    private final AvroCodec<CommandEnvelope> avro =
            new AvroCodec<>(CommandEnvelope.getClassSchema(), new OneSchema(CommandEnvelope.getClassSchema()));
    private final RecordCodec<Object> commands = Envelope.COMMAND.codec();

    @Property(tries = 2_000)
    void everyValueComesBackAsItWas(@ForAll Envelope envelope, @ForAll long seed) {
        var codec = envelope.codec();
        var value = envelope.value(seed);

        assertThat(codec.decode(codec.encode(value))).isEqualTo(new Decoding.Decoded<>(value));
        assertThat(codec.decodeOwn(codec.encode(value))).isEqualTo(value);
        assertThat(codec.encode(value)).isEqualTo(codec.encode(envelope.value(seed)));
    }

    @Test
    void bytesBeginAsConfluentsWireFormatDoes() {
        var bytes = Envelope.RECEIPT.codec().encode(Envelope.RECEIPT.value(1L));

        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(OneSchema.ID);
    }

    @Test
    void aCommandForALaterReaderIsNeverGuessedAt() {
        var bytes = avro.encode(command().setMinReader(Input.READER + 1).build());

        assertThat(commands.decode(bytes))
                .isEqualTo(new Decoding.Decoded<>(new Input.ForLaterReader(Instant.EPOCH, Input.READER + 1)));
    }

    @Test
    void anEnvelopeHasExactlyOneKind() {
        refused(
                command().setWithdraw(null).build(),
                "exactly one of announce, reschedule, waive, fact, withdraw, policy and fence");
        refused(command().setFence(new FenceCommand("x", 1L)).build(), "exactly one of");
    }

    @Test
    void termsAreOfExactlyOneKind() {
        var none = new TermsFields(null, null, null, null);
        var two = new TermsFields(
                new AtOnceTerms(), new space.halley.schemas.avro.FixedDateTerms(Instant.EPOCH), null, null);

        for (var terms : new TermsFields[] {none, two}) {
            refused(
                    command()
                            .setWithdraw(null)
                            .setReschedule(new RescheduleCommand("1.0", terms))
                            .build(),
                    "terms: exactly one of");
        }
    }

    @Test
    void valuesThatBreakARuleAreNamed() {
        refused(command().setLid("nothing").build(), "logical_identifier: ");
        refused(command().setWithdraw(new WithdrawCommand("1")).build(), "version_id: ");
        refused(command().setCommandId("").build(), "command_id: ");
    }

    @Test
    void unknownIdsAreRefusedAndSilenceIsNot() {
        var unknown = avro.encode(command().build());
        unknown[4] = 9;

        assertThat(commands.decode(unknown))
                .isInstanceOfSatisfying(Decoding.Undecodable.class, bad -> assertThat(bad.reason())
                        .isEqualTo(RefusalReason.UNKNOWN_SCHEMA));
        var silent = Codecs.over(new Schemas() {
                    @Override
                    public int idOf(org.apache.avro.Schema schema) {
                        throw new RegistryUnavailableException("silent");
                    }

                    @Override
                    public org.apache.avro.Schema byId(int id) {
                        throw new RegistryUnavailableException("silent");
                    }
                })
                .commands();
        assertThatThrownBy(() -> silent.decode(unknown)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> silent.encode(new Input.Fence(Instant.EPOCH, "x", 1)))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void ourOwnBytesThatCannotBeReadAreDamage() {
        assertThatThrownBy(() -> commands.decodeOwn(new byte[] {1}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("UNDECODABLE");
    }

    private void refused(CommandEnvelope envelope, String explanation) {
        assertThat(commands.decode(avro.encode(envelope))).isInstanceOfSatisfying(Decoding.Undecodable.class, bad -> {
            assertThat(bad.reason()).isEqualTo(RefusalReason.INVALID_FIELD);
            assertThat(bad.explanation()).contains(explanation);
        });
    }

    private static CommandEnvelope.Builder command() {
        return CommandEnvelope.newBuilder()
                .setCommandId("c")
                .setIssuedAt(Instant.EPOCH)
                .setLid("urn:nasa:pds:x")
                .setAuthor("pipeline")
                .setWithdraw(new WithdrawCommand("1.0"));
    }
}
