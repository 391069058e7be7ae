package space.halley.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.Cause;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.Effect;
import space.halley.domain.Grounds;
import space.halley.domain.Lidvid;
import space.halley.domain.RefusalReason;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.Codecs;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;

/** Turns what follows from an input into the records to write. Encodes everything before anything is written. */
final class Outputs {
    private static final byte[] NOTHING = new byte[0];

    private final AgencyId agency;
    private final Codecs codecs;
    private final Set<AgencyId> partners;

    /** @param partners those that have a topic here */
    Outputs(AgencyId agency, Codecs codecs, Set<AgencyId> partners) {
        this.agency = agency;
        this.codecs = codecs;
        this.partners = Set.copyOf(partners);
    }

    /** The topics that a lane writes, by the names of the topology's sinks. */
    enum Sink {
        RECEIPTS("receipts"),
        DEAD_LETTERS("dead-letters"),
        PUBLIC("public"),
        JOURNAL("journal"),
        CATALOG("catalog");

        private final String sinkName;

        Sink(String sinkName) {
            this.sinkName = sinkName;
        }

        String sinkName() {
            return sinkName;
        }
    }

    /** The name of the sink of what is shared with a partner. */
    static String sinkTo(AgencyId recipient) {
        return "partner-" + recipient;
    }

    /**
     * A record to write; never compared with another.
     *
     * @param sink the name of a sink of the topology
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Output(String sink, byte @Nullable [] key, byte[] value) {
        Output(Sink sink, byte @Nullable [] key, byte[] value) {
            this(sink.sinkName(), key, value);
        }
    }

    /** The records of effects. {@code payload} is the input's value; it is hashed, never passed on. */
    List<Output> of(List<Effect> effects, Cause cause, @Nullable String commandId, byte @Nullable [] payload) {
        var outputs = new ArrayList<Output>(effects.size() + 1);
        for (var effect : effects) {
            switch (effect) {
                case Effect.Journal journal ->
                    outputs.add(new Output(
                            Sink.JOURNAL,
                            key(journal.id()),
                            codecs.journal().encode(JournalEntry.of(agency, journal))));
                case Effect.Accept accept -> outputs.add(receipt(accept, cause, commandId));
                case Effect.Refuse refuse -> {
                    outputs.add(receipt(
                            refuse.id(), cause, commandId, new Receipt.Refused(refuse.reason(), refuse.explanation())));
                    outputs.add(
                            deadLetter(refuse.id(), refuse.reason(), refuse.explanation(), cause, commandId, payload));
                }
                case Effect.Publish publish ->
                    outputs.add(new Output(
                            Sink.PUBLIC,
                            key(publish.event().id()),
                            codecs.publicEvents().encode(publish.event())));
                case Effect.Share share ->
                    outputs.add(new Output(
                            sinkTo(known(share.event().recipient())),
                            key(share.event().id()),
                            codecs.partnerEvents().encode(share.event())));
                case Effect.Catalogue catalogue -> outputs.add(catalogue(catalogue));
            }
        }
        return outputs;
    }

    /**
     * What is held may be older than the installation's list of agencies, which is looked at when the lanes start. The
     * product is not named: health shows this text to everyone.
     */
    private AgencyId known(AgencyId recipient) {
        if (!partners.contains(recipient)) {
            throw new LaneStoppedException(
                    "a product is to be shared with " + recipient
                            + ", or taken back from it, which is no agency of this installation any more; put its profile back and start again");
        }
        return recipient;
    }

    /** The records of an input that was not admitted. It may stand in a wrong partition, so nothing has its key. */
    List<Output> ofRefused(Admission.Refused refused, Cause cause, byte @Nullable [] payload) {
        var said = refused.said();
        return refusal(
                said == null ? null : said.id(),
                said == null ? null : said.statement(),
                refused.reason(),
                refused.explanation(),
                cause,
                payload);
    }

    /** The records of a policy version that was refused. */
    List<Output> ofRefusedPolicy(
            Command.Statement statement,
            RefusalReason reason,
            String explanation,
            Cause cause,
            byte @Nullable [] payload) {
        return refusal(null, statement, reason, explanation, cause, payload);
    }

    /**
     * The records of a policy version that is in force in this partition, or was.
     *
     * @param firstOffset where it was said first
     * @param inForce the number of the one that is in force
     */
    List<Output> ofPolicy(
            Command.Statement statement, int number, ContentHash hash, long firstOffset, int inForce, Cause cause) {
        var repeated = firstOffset != cause.offset();
        var text = "policy version " + number
                + (!repeated
                        ? " is in force here from this place in the log on"
                        : number == inForce
                                ? " was in force here before; nothing changed"
                                : " was in force here until version " + (number + 1) + " came; version " + inForce
                                        + " stays in force, nothing changed");
        var grounds = new Grounds(
                text,
                Optional.empty(),
                Optional.empty(),
                number,
                Optional.of(hash),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        var verdict = repeated ? Effect.Verdict.REPEATED : Effect.Verdict.POLICY;
        var entry = JournalEntry.of(agency, verdict, null, cause, statement, grounds, null);
        return List.of(
                new Output(Sink.JOURNAL, null, codecs.journal().encode(entry)),
                receipt(
                        null,
                        cause,
                        statement.commandId(),
                        new Receipt.Accepted(
                                receiptId(cause, firstOffset),
                                repeated,
                                number == inForce ? Receipt.IN_FORCE : Receipt.REPLACED,
                                null,
                                text)));
    }

    private List<Output> refusal(
            @Nullable Lidvid id,
            Command.@Nullable Statement statement,
            RefusalReason reason,
            String explanation,
            Cause cause,
            byte @Nullable [] payload) {
        var commandId = statement == null ? null : statement.commandId();
        var entry = JournalEntry.of(
                agency,
                Effect.Verdict.REFUSED,
                id == null ? null : id.toString(),
                cause,
                statement,
                Grounds.of(explanation),
                reason);
        return List.of(
                new Output(Sink.JOURNAL, null, codecs.journal().encode(entry)),
                receipt(id, cause, commandId, new Receipt.Refused(reason, explanation)),
                deadLetter(id, reason, explanation, cause, commandId, payload));
    }

    private Output receipt(Effect.Accept accept, Cause cause, @Nullable String commandId) {
        return receipt(
                accept.id(),
                cause,
                commandId,
                new Receipt.Accepted(
                        receiptId(cause, accept.firstOffset()),
                        accept.repeated(),
                        accept.status().name(),
                        accept.releaseAt(),
                        accept.explanation()));
    }

    private String receiptId(Cause cause, long firstOffset) {
        return agency + "-" + cause.partition() + "-" + firstOffset;
    }

    private Output receipt(@Nullable Lidvid id, Cause cause, @Nullable String commandId, Receipt.Answer answer) {
        var receipt = new Receipt(
                agency, cause.partition(), cause.offset(), commandId, id == null ? null : id.toString(), answer);
        return new Output(
                Sink.RECEIPTS, id == null ? null : key(id), codecs.receipts().encode(receipt));
    }

    private Output deadLetter(
            @Nullable Lidvid id,
            RefusalReason reason,
            String explanation,
            Cause cause,
            @Nullable String commandId,
            byte @Nullable [] payload) {
        var bytes = payload == null ? NOTHING : payload;
        var letter = new DeadLetter(
                agency,
                Topics.commands(agency),
                cause.partition(),
                cause.offset(),
                cause.appendTime(),
                reason,
                explanation,
                ContentHash.of(bytes),
                bytes.length,
                commandId,
                id == null ? null : id.lid().value());
        return new Output(
                Sink.DEAD_LETTERS,
                id == null ? null : key(id),
                codecs.deadLetters().encode(letter));
    }

    private Output catalogue(Effect.Catalogue catalogue) {
        var entry = new CatalogueRecord(
                agency,
                catalogue.id(),
                catalogue.status().name(),
                catalogue.releaseAt().orElse(null),
                catalogue.explanation(),
                catalogue.publicRevision(),
                catalogue.decidedAt(),
                catalogue.product());
        return new Output(
                Sink.CATALOG,
                catalogue.id().toString().getBytes(StandardCharsets.UTF_8),
                codecs.catalogue().encode(entry));
    }

    private static byte[] key(Lidvid id) {
        return id.lid().value().getBytes(StandardCharsets.UTF_8);
    }
}
