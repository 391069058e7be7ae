package space.halley.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.Cause;
import space.halley.domain.ContentHash;
import space.halley.domain.Effect;
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

    Outputs(AgencyId agency, Codecs codecs) {
        this.agency = agency;
        this.codecs = codecs;
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

    /** A record to write; never compared with another. */
    @SuppressWarnings("ArrayRecordComponent")
    record Output(Sink sink, byte @Nullable [] key, byte[] value) {}

    /** The records of effects. {@code payload} is the input's value; it is hashed, never passed on. */
    List<Output> of(List<Effect> effects, Cause cause, @Nullable String commandId, byte @Nullable [] payload) {
        var outputs = new ArrayList<Output>(effects.size() + 1);
        for (var effect : effects) {
            switch (effect) {
                case Effect.Journal journal -> outputs.add(journal(journal));
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
                case Effect.Catalogue catalogue -> outputs.add(catalogue(catalogue));
            }
        }
        return outputs;
    }

    /** The records of an input that was not admitted. It may stand in a wrong partition, so nothing has its key. */
    List<Output> ofRefused(Admission.Refused refused, Cause cause, byte @Nullable [] payload) {
        var said = refused.said();
        var id = said == null ? null : said.id();
        var statement = said == null ? null : said.statement();
        var commandId = statement == null ? null : statement.commandId();
        var journal = new JournalEntry(
                agency,
                Effect.Verdict.REFUSED.name(),
                id == null ? null : id.toString(),
                cause.partition(),
                cause.offset(),
                cause.appendTime(),
                cause.watermark(),
                agency.value(),
                commandId,
                statement == null ? "" : statement.author(),
                statement == null ? "" : statement.reason(),
                refused.explanation(),
                null,
                0,
                0,
                null,
                refused.reason().name());
        return List.of(
                new Output(Sink.JOURNAL, null, codecs.journal().encode(journal)),
                receipt(id, cause, commandId, new Receipt.Refused(refused.reason(), refused.explanation())),
                deadLetter(id, refused.reason(), refused.explanation(), cause, commandId, payload));
    }

    private Output journal(Effect.Journal journal) {
        var statement = journal.statement();
        var content = journal.content();
        var refusal = journal.refusal();
        var entry = new JournalEntry(
                agency,
                journal.verdict().name(),
                journal.id().toString(),
                journal.cause().partition(),
                journal.cause().offset(),
                journal.cause().appendTime(),
                journal.cause().watermark(),
                statement == null ? Topics.Principal.STREAMS.userName() : agency.value(),
                statement == null ? null : statement.commandId(),
                statement == null ? "" : statement.author(),
                statement == null ? "" : statement.reason(),
                journal.explanation(),
                journal.releaseAt(),
                journal.schedule(),
                journal.publicRevision(),
                content == null ? null : content.sha256(),
                refusal == null ? null : refusal.name());
        return new Output(Sink.JOURNAL, key(journal.id()), codecs.journal().encode(entry));
    }

    private Output receipt(Effect.Accept accept, Cause cause, @Nullable String commandId) {
        var receiptId = agency + "-" + cause.partition() + "-" + accept.firstOffset();
        return receipt(
                accept.id(),
                cause,
                commandId,
                new Receipt.Accepted(
                        receiptId,
                        accept.repeated(),
                        accept.status().name(),
                        accept.releaseAt(),
                        accept.explanation()));
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
                catalogue.releaseAt(),
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
