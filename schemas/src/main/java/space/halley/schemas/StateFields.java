package space.halley.schemas;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import space.halley.domain.AgencyId;
import space.halley.domain.ContentHash;
import space.halley.domain.Delivery;
import space.halley.domain.Facts;
import space.halley.domain.Grounds;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.Product;
import space.halley.domain.ReleasePlan;
import space.halley.domain.VersionState;
import space.halley.domain.Vid;
import space.halley.schemas.avro.ExistenceKind;
import space.halley.schemas.avro.HeldFields;
import space.halley.schemas.avro.MarkFields;
import space.halley.schemas.avro.ProductStateEnvelope;
import space.halley.schemas.avro.PublicFields;
import space.halley.schemas.avro.SupersededFields;
import space.halley.schemas.avro.VersionFields;

/** The envelope of the lane's store. */
final class StateFields {
    private StateFields() {}

    /** Stands for an instant that is not known. */
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59.999Z");

    static ProductStateEnvelope toFields(Product product) {
        return new ProductStateEnvelope(
                product.lid().value(),
                product.publicRevision(),
                ValueFields.each(product.versions(), StateFields::toFields));
    }

    static Product toDomain(ProductStateEnvelope envelope) {
        var lid = new Lid(envelope.getLid());
        return new Product(
                lid,
                envelope.getPublicRevision(),
                ValueFields.each(envelope.getVersions(), fields -> toDomain(lid, fields)));
    }

    private static VersionFields toFields(Product.Version version) {
        var announced = version.announced();
        var fields = new VersionFields();
        fields.setVid(version.vid().toString());
        fields.setContentSha256(announced.content().sha256());
        fields.setAnnouncedTerms(ValueFields.terms(announced.terms()));
        fields.setAnnouncedExistence(ValueFields.existence(announced.existence()));
        fields.setAnnouncedReception(announced.reception());
        fields.setPlanetaryDefence(announced.planetaryDefence());
        fields.setFirstOffset(announced.firstOffset());
        switch (version.state()) {
            case VersionState.Held held -> fields.setHeld(held(announced, held));
            case VersionState.Public open -> fields.setOpen(new PublicFields(open.releasedAt()));
            case VersionState.Superseded superseded ->
                fields.setSuperseded(new SupersededFields(superseded.by().toString()));
            case VersionState.Withdrawn withdrawn -> fields.setWithdrawn(new MarkFields());
            case VersionState.Retracted retracted -> fields.setRetracted(new MarkFields());
        }
        return fields;
    }

    private static HeldFields held(Product.Announced announced, VersionState.Held held) {
        var plan = held.plan();
        var fields = new HeldFields();
        fields.setProduct(ValueFields.product(held.product()));
        fields.setExistence(ValueFields.existence(announced.existence()));
        fields.setDeliveredAt(held.deliveredAt());
        fields.setReleaseAt(plan.releaseAt().orElse(NEVER));
        fields.setSchedule(plan.schedule());
        fields.setArmedAt(plan.armedAt());
        fields.setExplanation(plan.grounds().explanation());
        fields.setArchiveReleaseDate(held.archiveReleaseDate().orElse(null));
        fields.setTerms(held.terms().equals(announced.terms()) ? null : ValueFields.terms(held.terms()));
        fields.setAcquisitionStop(held.facts().acquisitionStop().orElse(null));
        fields.setReception(held.facts().reception().orElse(null));
        fields.setReview(held.facts().review().orElse(null));
        fields.setGrounds(ValueFields.grounds(plan.grounds()));
        fields.setStages(ValueFields.stages(plan.stages()));
        fields.setLeftToPolicy(held.leftToPolicy());
        var delivery = held.delivery();
        fields.setJudged(delivery.late().isPresent());
        fields.setFirstDeliveredAt(delivery.at());
        fields.setFirstDeliveredUnder(
                delivery.under().equals(announced.terms()) ? null : ValueFields.terms(delivery.under()));
        fields.setMissed(ValueFields.each(delivery.missed(), ValueFields::terms));
        fields.setWaiting(ValueFields.waiting(plan.waiting()));
        fields.setOpened(ValueFields.each(new TreeSet<>(held.opened()), AgencyId::value));
        return fields;
    }

    private static Product.Version toDomain(Lid lid, VersionFields fields) {
        var vid = Vid.parse(fields.getVid());
        var held = fields.getHeld();
        // Records of the first version have it with what is held alone; of what is settled it no longer matters.
        var existence = fields.getAnnouncedExistence() != ExistenceKind.UNKNOWN
                ? fields.getAnnouncedExistence()
                : held != null ? held.getExistence() : ExistenceKind.HIDDEN;
        var announced = new Product.Announced(
                new ContentHash(fields.getContentSha256()),
                ValueFields.terms(fields.getAnnouncedTerms()),
                ValueFields.existence(existence),
                fields.getPlanetaryDefence(),
                fields.getAnnouncedReception(),
                fields.getFirstOffset());
        return new Product.Version(vid, announced, state(new Lidvid(lid, vid), announced, fields));
    }

    private static VersionState state(Lidvid id, Product.Announced announced, VersionFields fields) {
        var held = fields.getHeld();
        if (held != null) {
            return held(id, announced, held);
        }
        var open = fields.getOpen();
        if (open != null) {
            return new VersionState.Public(open.getReleasedAt());
        }
        var superseded = fields.getSuperseded();
        if (superseded != null) {
            return new VersionState.Superseded(Vid.parse(superseded.getBy()));
        }
        if (fields.getWithdrawn() != null) {
            return new VersionState.Withdrawn();
        }
        if (fields.getRetracted() != null) {
            return new VersionState.Retracted();
        }
        throw new InvalidValueException("state", "of a stored version is of a kind that this version does not know");
    }

    private static VersionState.Held held(Lidvid id, Product.Announced announced, HeldFields held) {
        var grounds = ValueFields.grounds(held.getExplanation(), held.getGrounds());
        var plan = new ReleasePlan(
                grounds.missing().isPresent() ? Optional.empty() : Optional.of(held.getReleaseAt()),
                ValueFields.planStages(held.getStages()),
                ValueFields.planWaiting(held.getWaiting()),
                held.getSchedule(),
                held.getArmedAt(),
                grounds);
        return new VersionState.Held(
                ValueFields.product(id, held.getProduct()),
                held.getDeliveredAt(),
                delivery(announced, held, grounds),
                held.getTerms() == null ? announced.terms() : ValueFields.terms(held.getTerms()),
                held.getLeftToPolicy(),
                new Facts(
                        Optional.ofNullable(held.getAcquisitionStop()),
                        Optional.ofNullable(held.getReception()),
                        Optional.ofNullable(held.getReview())),
                plan,
                Set.copyOf(ValueFields.each(held.getOpened(), AgencyId::new)),
                Optional.ofNullable(held.getArchiveReleaseDate()));
    }

    private static Delivery delivery(Product.Announced announced, HeldFields held, Grounds grounds) {
        var at = held.getFirstDeliveredAt();
        var under = held.getFirstDeliveredUnder();
        // What earlier builds left open, by the later clock and this version, accuses nobody.
        var judged = held.getJudged() || at == null;
        return new Delivery(
                at == null ? held.getDeliveredAt() : at,
                under == null ? announced.terms() : ValueFields.terms(under),
                judged ? Optional.of(grounds.late()) : Optional.empty(),
                ValueFields.each(held.getMissed(), ValueFields::terms));
    }
}
