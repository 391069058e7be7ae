package space.halley.schemas;

import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.ContentHash;
import space.halley.domain.InvalidValueException;
import space.halley.domain.RefusalReason;
import space.halley.schemas.avro.AcceptedReceipt;
import space.halley.schemas.avro.DeadLetterEnvelope;
import space.halley.schemas.avro.ReceiptEnvelope;
import space.halley.schemas.avro.RefusedReceipt;

/** The envelopes of what an agency hears back: receipts and dead letters. */
final class AnswerFields {
    private AnswerFields() {}

    static ReceiptEnvelope toFields(Receipt receipt) {
        var id = IdentifierText.of(receipt.lidvid());
        var envelope = new ReceiptEnvelope();
        envelope.setAgency(receipt.agency().value());
        envelope.setCommandPartition(receipt.commandPartition());
        envelope.setCommandOffset(receipt.commandOffset());
        envelope.setCommandId(receipt.commandId());
        envelope.setLid(id.lid());
        envelope.setVid(id.vid());
        envelope.setAccepted(
                receipt.answer() instanceof Receipt.Accepted accepted
                        ? new AcceptedReceipt(
                                accepted.receiptId(),
                                accepted.repeated(),
                                accepted.status(),
                                accepted.releaseAt(),
                                accepted.explanation())
                        : null);
        envelope.setRefused(
                receipt.answer() instanceof Receipt.Refused refused
                        ? new RefusedReceipt(refused.reason().name(), refused.explanation())
                        : null);
        return envelope;
    }

    static Receipt toDomain(ReceiptEnvelope envelope) {
        var accepted = envelope.getAccepted();
        var refused = envelope.getRefused();
        Receipt.Answer answer;
        if (accepted != null) {
            answer = new Receipt.Accepted(
                    accepted.getReceiptId(),
                    accepted.getRepeated(),
                    accepted.getStatus(),
                    accepted.getReleaseAt(),
                    accepted.getExplanation());
        } else if (refused != null) {
            answer = new Receipt.Refused(reason(refused.getReason()), refused.getExplanation());
        } else {
            throw new InvalidValueException("receipt", "is neither accepted nor refused");
        }
        return new Receipt(
                new AgencyId(envelope.getAgency()),
                envelope.getCommandPartition(),
                envelope.getCommandOffset(),
                envelope.getCommandId(),
                lidvid(envelope.getLid(), envelope.getVid()),
                answer);
    }

    static DeadLetterEnvelope toFields(DeadLetter letter) {
        var envelope = new DeadLetterEnvelope();
        envelope.setAgency(letter.agency().value());
        envelope.setTopic(letter.topic());
        envelope.setPartition(letter.partition());
        envelope.setOffset(letter.offset());
        envelope.setAppendTime(letter.appendTime());
        envelope.setReason(letter.reason().name());
        envelope.setExplanation(letter.explanation());
        envelope.setPayloadSha256(letter.payloadHash().sha256());
        envelope.setPayloadSize(letter.payloadSize());
        envelope.setCommandId(letter.commandId());
        envelope.setLid(letter.lid());
        return envelope;
    }

    static DeadLetter toDomain(DeadLetterEnvelope envelope) {
        return new DeadLetter(
                new AgencyId(envelope.getAgency()),
                envelope.getTopic(),
                envelope.getPartition(),
                envelope.getOffset(),
                envelope.getAppendTime(),
                reason(envelope.getReason()),
                envelope.getExplanation(),
                new ContentHash(envelope.getPayloadSha256()),
                envelope.getPayloadSize(),
                envelope.getCommandId(),
                envelope.getLid());
    }

    static @Nullable String lidvid(@Nullable String lid, @Nullable String vid) {
        return lid == null || vid == null ? null : ValueFields.lidvid(lid, vid).toString();
    }

    private static RefusalReason reason(String name) {
        try {
            return RefusalReason.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("reason", "is not known to this version");
        }
    }
}
