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
        var envelope = new PublicEnvelope();
        envelope.setAgency(event.agency().value());
        envelope.setLid(event.id().lid().value());
        envelope.setVid(event.id().vid().toString());
        envelope.setRevision(event.revision());
        switch (event.news()) {
            case PublicEvent.Announced announced ->
                envelope.setAnnounced(new AnnouncedNews(
                        announced.plannedReleaseAt(),
                        announced.productClass(),
                        ValueFields.context(announced.context())));
            case PublicEvent.Cancelled cancelled -> envelope.setCancelled(new CancelledNews());
            case PublicEvent.Released released -> envelope.setReleased(toFields(released));
            case PublicEvent.Retracted retracted -> envelope.setRetracted(new RetractedNews(retracted.reason()));
        }
        return envelope;
    }

    private static ReleasedNews toFields(PublicEvent.Released released) {
        var fields = new ReleasedNews();
        fields.setReleasedAt(released.releasedAt());
        fields.setReleaseAt(released.releaseAt());
        fields.setExplanation(released.explanation());
        fields.setLate(released.late());
        fields.setArchiveReleaseDate(released.archiveReleaseDate().orElse(null));
        fields.setProduct(ValueFields.product(released.product()));
        return fields;
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
        var envelope = new PartnerEnvelope();
        envelope.setAgency(event.agency().value());
        envelope.setRecipient(event.recipient().value());
        envelope.setLid(event.id().lid().value());
        envelope.setVid(event.id().vid().toString());
        envelope.setNumber(event.number());
        switch (event.news()) {
            case PartnerEvent.Shared shared -> envelope.setShared(toFields(shared));
            case PartnerEvent.TakenBack back -> envelope.setTakenBack(new TakenBackNews(back.reason()));
        }
        return envelope;
    }

    private static SharedNews toFields(PartnerEvent.Shared shared) {
        var fields = new SharedNews();
        fields.setSharedAt(shared.sharedAt());
        fields.setOpensAt(shared.opensAt());
        fields.setAgreement(shared.agreement());
        fields.setPublicAt(shared.publicAt().orElse(null));
        fields.setProduct(ValueFields.product(shared.product()));
        return fields;
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
        var envelope = new JournalEnvelope();
        envelope.setAgency(entry.agency().value());
        envelope.setVerdict(entry.verdict());
        envelope.setLid(id.lid());
        envelope.setVid(id.vid());
        envelope.setCausePartition(entry.causePartition());
        envelope.setCauseOffset(entry.causeOffset());
        envelope.setCauseAppendTime(entry.causeAppendTime());
        envelope.setWatermark(entry.watermark());
        envelope.setPrincipal(entry.principal());
        envelope.setCommandId(entry.commandId());
        envelope.setAuthor(entry.author());
        envelope.setReason(entry.reason());
        envelope.setExplanation(entry.grounds().explanation());
        envelope.setGrounds(ValueFields.grounds(entry.grounds()));
        envelope.setTerms(entry.terms() == null ? null : ValueFields.terms(entry.terms()));
        envelope.setStages(ValueFields.stages(entry.stages()));
        envelope.setWaiting(entry.waiting() == null ? null : ValueFields.waiting(entry.waiting()));
        envelope.setRecipient(
                entry.recipient() == null ? null : entry.recipient().value());
        envelope.setFirstOffset(entry.firstOffset());
        envelope.setExistence(
                entry.existence() == null ? ExistenceKind.UNKNOWN : ValueFields.existence(entry.existence()));
        envelope.setReleaseAt(entry.releaseAt());
        envelope.setSchedule(entry.schedule());
        envelope.setPublicRevision(entry.publicRevision());
        envelope.setContentSha256(entry.contentSha256());
        envelope.setRefusal(entry.refusal());
        return envelope;
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
                envelope.getWaiting() == null ? null : ValueFields.planWaiting(envelope.getWaiting()),
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
        var envelope = new CatalogueEnvelope();
        envelope.setAgency(entry.agency().value());
        envelope.setLid(entry.id().lid().value());
        envelope.setVid(entry.id().vid().toString());
        envelope.setStatus(entry.status());
        envelope.setReleaseAt(entry.releaseAt());
        envelope.setExplanation(entry.explanation());
        envelope.setPublicRevision(entry.publicRevision());
        envelope.setDecidedAt(entry.decidedAt());
        envelope.setProduct(entry.product() == null ? null : ValueFields.product(entry.product()));
        return envelope;
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
