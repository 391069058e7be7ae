package space.halley.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Command;
import space.halley.domain.RefusalReason;
import space.halley.schemas.Decoding;
import space.halley.schemas.Input;
import space.halley.schemas.RecordCodec;
import space.halley.schemas.Topics;

/** Takes a record of a command topic for what it is, or refuses it. A pure function of the record and the schemas. */
final class Admission {
    private final RecordCodec<Input> codec;
    private final int partitions;

    Admission(RecordCodec<Input> codec, int partitions) {
        this.codec = codec;
        this.partitions = partitions;
    }

    /** What a record turned out to be. */
    sealed interface Admitted {}

    /** A command of the agency. */
    record Said(Command command, Instant carriedClock) implements Admitted {}

    /** A version of the agency's policy. */
    record Policy(Command.Statement statement, int number, String document, Instant carriedClock) implements Admitted {}

    /** A fence. */
    record Fence(Instant carriedClock, String proposer, long number) implements Admitted {}

    /**
     * Nothing that can be decided.
     *
     * @param said what it says nevertheless; null if it could not be read
     */
    record Refused(
            RefusalReason reason,
            String explanation,
            @Nullable Command said) implements Admitted {}

    /**
     * @throws space.halley.schemas.RegistryUnavailableException if the record's schema cannot be asked for now
     * @throws LaneStoppedException if only a later version of the lane understands the record
     */
    Admitted admit(byte @Nullable [] key, byte @Nullable [] value, int partition, long offset) {
        if (value != null && value.length > Topics.MAX_COMMAND_BYTES) {
            return new Refused(
                    RefusalReason.TOO_LARGE,
                    "the command has " + value.length + " bytes; at most " + Topics.MAX_COMMAND_BYTES
                            + " are allowed; split the product or shorten its label",
                    null);
        }
        return switch (codec.decode(value)) {
            case Decoding.Undecodable<Input> bad -> new Refused(bad.reason(), bad.explanation(), null);
            case Decoding.Decoded<Input> decoded ->
                switch (decoded.value()) {
                    case Input.PolicyVersion policy ->
                        new Policy(policy.statement(), policy.number(), policy.document(), policy.carriedClock());
                    case Input.Fence fence -> new Fence(fence.carriedClock(), fence.proposer(), fence.number());
                    case Input.ForLaterReader later ->
                        throw new LaneStoppedException("the command at partition " + partition + ", offset " + offset
                                + " needs version " + later.minReader() + " of the lane, this is version "
                                + Input.READER + "; start a newer one");
                    case Input.Said said -> routed(key, said, partition);
                };
        };
    }

    private Admitted routed(byte @Nullable [] key, Input.Said said, int partition) {
        var lid = said.lid().value().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(key, lid)) {
            return new Refused(
                    RefusalReason.MISROUTED,
                    "the record's key is not the product's logical identifier in UTF-8",
                    said.command());
        }
        var right = Topics.partition(lid, partitions);
        if (right != partition) {
            return new Refused(
                    RefusalReason.MISROUTED,
                    "the record is in partition " + partition + ", its key belongs to " + right
                            + "; use the murmur2 partitioner (librdkafka: partitioner=murmur2_random)",
                    said.command());
        }
        return new Said(said.command(), said.carriedClock());
    }
}
