package space.halley.schemas;

import java.util.Optional;
import space.halley.domain.AgencyId;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lidvid;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.avro.AnnouncedNews;
import space.halley.schemas.avro.CancelledNews;
import space.halley.schemas.avro.CatalogueEnvelope;
import space.halley.schemas.avro.ExistenceKind;
import space.halley.schemas.avro.JournalEnvelope;
import space.halley.schemas.avro.PartnerEnvelope;
import space.halley.schemas.avro.PublicEnvelope;
import space.halley.schemas.avro.ReleasedNews;
import space.halley.schemas.avro.RetractedNews;
import space.halley.schemas.avro.SharedNews;
import space.halley.schemas.avro.TakenBackNews;

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
                                .setLate(released.late())
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
                    released.getLate(),
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

    static PartnerEnvelope toFields(PartnerEvent event) {
        var envelope = PartnerEnvelope.newBuilder()
                .setAgency(event.agency().value())
                .setRecipient(event.recipient().value())
                .setLid(event.id().lid().value())
                .setVid(event.id().vid().toString())
                .setNumber(event.number());
        return switch (event.news()) {
            case PartnerEvent.Shared shared ->
                envelope.setShared(SharedNews.newBuilder()
                                .setSharedAt(shared.sharedAt())
                                .setOpensAt(shared.opensAt())
                                .setAgreement(shared.agreement())
                                .setPublicAt(shared.publicAt().orElse(null))
                                .setProduct(ValueFields.product(shared.product()))
                                .build())
                        .build();
            case PartnerEvent.TakenBack back ->
                envelope.setTakenBack(new TakenBackNews(back.reason())).build();
        };
    }

    static PartnerEvent toDomain(PartnerEnvelope envelope) {
        var id = ValueFields.lidvid(envelope.getLid(), envelope.getVid());
        return new PartnerEvent(
                new AgencyId(envelope.getAgency()),
                new AgencyId(envelope.getRecipient()),
                id,
                envelope.getNumber(),
                news(id, envelope));
    }

    private static PartnerEvent.News news(Lidvid id, PartnerEnvelope envelope) {
        var shared = envelope.getShared();
        if (shared != null) {
            return new PartnerEvent.Shared(
                    shared.getSharedAt(),
                    shared.getOpensAt(),
                    shared.getAgreement(),
                    Optional.ofNullable(shared.getPublicAt()),
                    ValueFields.product(id, shared.getProduct()));
        }
        var back = envelope.getTakenBack();
        if (back != null) {
            return new PartnerEvent.TakenBack(back.getReason());
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
                .setExplanation(entry.grounds().explanation())
                .setGrounds(ValueFields.grounds(entry.grounds()))
                .setTerms(entry.terms() == null ? null : ValueFields.terms(entry.terms()))
                .setStages(ValueFields.stages(entry.stages()))
                .setRecipient(
                        entry.recipient() == null ? null : entry.recipient().value())
                .setFirstOffset(entry.firstOffset())
                .setExistence(
                        entry.existence() == null ? ExistenceKind.UNKNOWN : ValueFields.existence(entry.existence()))
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
                ValueFields.grounds(envelope.getExplanation(), envelope.getGrounds()),
                envelope.getTerms() == null ? null : ValueFields.terms(envelope.getTerms()),
                envelope.getReleaseAt(),
                ValueFields.planStages(envelope.getStages()),
                envelope.getSchedule(),
                envelope.getRecipient() == null ? null : new AgencyId(envelope.getRecipient()),
                envelope.getPublicRevision(),
                envelope.getContentSha256(),
                envelope.getFirstOffset(),
                envelope.getExistence() == ExistenceKind.UNKNOWN
                        ? null
                        : ValueFields.existence(envelope.getExistence()),
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
