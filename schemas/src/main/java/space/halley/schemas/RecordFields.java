package space.halley.schemas;

import java.util.Optional;
import space.halley.domain.AgencyId;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lidvid;
import space.halley.domain.PublicEvent;
import space.halley.schemas.avro.AnnouncedNews;
import space.halley.schemas.avro.CancelledNews;
import space.halley.schemas.avro.CatalogueEnvelope;
import space.halley.schemas.avro.JournalEnvelope;
import space.halley.schemas.avro.PublicEnvelope;
import space.halley.schemas.avro.ReleasedNews;
import space.halley.schemas.avro.RetractedNews;

/** The envelopes of what is recorded: the journal, the public log and the catalogue. */
final class RecordFields {
    private RecordFields() {}

    static PublicEnvelope toFields(PublicEvent event) {
        var envelope = PublicEnvelope.newBuilder()
                .setAgency(event.agency().value())
                .setLid(event.id().lid().value())
                .setVid(event.id().vid().toString())
                .setRevision(event.revision());
        return switch (event.news()) {
            case PublicEvent.Announced announced ->
                envelope.setAnnounced(new AnnouncedNews(
                                announced.plannedReleaseAt(),
                                announced.productClass(),
                                ValueFields.context(announced.context())))
                        .build();
            case PublicEvent.Cancelled cancelled ->
                envelope.setCancelled(new CancelledNews()).build();
            case PublicEvent.Released released ->
                envelope.setReleased(ReleasedNews.newBuilder()
                                .setReleasedAt(released.releasedAt())
                                .setReleaseAt(released.releaseAt())
                                .setExplanation(released.explanation())
                                .setArchiveReleaseDate(
                                        released.archiveReleaseDate().orElse(null))
                                .setProduct(ValueFields.product(released.product()))
                                .build())
                        .build();
            case PublicEvent.Retracted retracted ->
                envelope.setRetracted(new RetractedNews(retracted.reason())).build();
        };
    }

    static PublicEvent toDomain(PublicEnvelope envelope) {
        var id = ValueFields.lidvid(envelope.getLid(), envelope.getVid());
        return new PublicEvent(new AgencyId(envelope.getAgency()), id, envelope.getRevision(), news(id, envelope));
    }

    private static PublicEvent.News news(Lidvid id, PublicEnvelope envelope) {
        var announced = envelope.getAnnounced();
        if (announced != null) {
            return new PublicEvent.Announced(
                    announced.getPlannedReleaseAt(),
                    announced.getProductClass(),
                    ValueFields.contextReferences(announced.getContext()));
        }
        var released = envelope.getReleased();
        if (released != null) {
            return new PublicEvent.Released(
                    released.getReleasedAt(),
                    released.getReleaseAt(),
                    released.getExplanation(),
                    Optional.ofNullable(released.getArchiveReleaseDate()),
                    ValueFields.product(id, released.getProduct()));
        }
        var retracted = envelope.getRetracted();
        if (retracted != null) {
            return new PublicEvent.Retracted(retracted.getReason());
        }
        if (envelope.getCancelled() != null) {
            return new PublicEvent.Cancelled();
        }
        throw new InvalidValueException("news", "is of a kind that this version does not know");
    }

    static JournalEnvelope toFields(JournalEntry entry) {
        var id = IdentifierText.of(entry.lidvid());
        return JournalEnvelope.newBuilder()
                .setAgency(entry.agency().value())
                .setVerdict(entry.verdict())
                .setLid(id.lid())
                .setVid(id.vid())
                .setCausePartition(entry.causePartition())
                .setCauseOffset(entry.causeOffset())
                .setCauseAppendTime(entry.causeAppendTime())
                .setWatermark(entry.watermark())
                .setPrincipal(entry.principal())
                .setCommandId(entry.commandId())
                .setAuthor(entry.author())
                .setReason(entry.reason())
                .setExplanation(entry.explanation())
                .setReleaseAt(entry.releaseAt())
                .setSchedule(entry.schedule())
                .setPublicRevision(entry.publicRevision())
                .setContentSha256(entry.contentSha256())
                .setRefusal(entry.refusal())
                .build();
    }

    static JournalEntry toDomain(JournalEnvelope envelope) {
        return new JournalEntry(
                new AgencyId(envelope.getAgency()),
                envelope.getVerdict(),
                AnswerFields.lidvid(envelope.getLid(), envelope.getVid()),
                envelope.getCausePartition(),
                envelope.getCauseOffset(),
                envelope.getCauseAppendTime(),
                envelope.getWatermark(),
                envelope.getPrincipal(),
                envelope.getCommandId(),
                envelope.getAuthor(),
                envelope.getReason(),
                envelope.getExplanation(),
                envelope.getReleaseAt(),
                envelope.getSchedule(),
                envelope.getPublicRevision(),
                envelope.getContentSha256(),
                envelope.getRefusal());
    }

    static CatalogueEnvelope toFields(CatalogueRecord entry) {
        return CatalogueEnvelope.newBuilder()
                .setAgency(entry.agency().value())
                .setLid(entry.id().lid().value())
                .setVid(entry.id().vid().toString())
                .setStatus(entry.status())
                .setReleaseAt(entry.releaseAt())
                .setExplanation(entry.explanation())
                .setPublicRevision(entry.publicRevision())
                .setDecidedAt(entry.decidedAt())
                .setProduct(entry.product() == null ? null : ValueFields.product(entry.product()))
                .build();
    }

    static CatalogueRecord toDomain(CatalogueEnvelope envelope) {
        var id = ValueFields.lidvid(envelope.getLid(), envelope.getVid());
        return new CatalogueRecord(
                new AgencyId(envelope.getAgency()),
                id,
                envelope.getStatus(),
                envelope.getReleaseAt(),
                envelope.getExplanation(),
                envelope.getPublicRevision(),
                envelope.getDecidedAt(),
                envelope.getProduct() == null ? null : ValueFields.product(id, envelope.getProduct()));
    }
}
