package space.halley.schemas;

import java.util.Optional;
import space.halley.domain.ContentHash;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.Product;
import space.halley.domain.ReleasePlan;
import space.halley.domain.VersionState;
import space.halley.domain.Vid;
import space.halley.schemas.avro.HeldFields;
import space.halley.schemas.avro.MarkFields;
import space.halley.schemas.avro.ProductStateEnvelope;
import space.halley.schemas.avro.PublicFields;
import space.halley.schemas.avro.SupersededFields;
import space.halley.schemas.avro.VersionFields;

/** The envelope of the lane's store. */
final class StateFields {
    private StateFields() {}

    static ProductStateEnvelope toFields(Product product) {
        return new ProductStateEnvelope(
                product.lid().value(),
                product.publicRevision(),
                product.versions().stream().map(StateFields::toFields).toList());
    }

    static Product toDomain(ProductStateEnvelope envelope) {
        var lid = new Lid(envelope.getLid());
        return new Product(
                lid,
                envelope.getPublicRevision(),
                envelope.getVersions().stream()
                        .map(fields -> toDomain(lid, fields))
                        .toList());
    }

    private static VersionFields toFields(Product.Version version) {
        var fields = VersionFields.newBuilder()
                .setVid(version.vid().toString())
                .setContentSha256(version.content().sha256())
                .setAnnouncedTerms(ValueFields.terms(version.announcedTerms()))
                .setFirstOffset(version.firstOffset());
        return switch (version.state()) {
            case VersionState.Held held ->
                fields.setHeld(HeldFields.newBuilder()
                                .setProduct(ValueFields.product(held.product()))
                                .setExistence(ValueFields.existence(held.existence()))
                                .setDeliveredAt(held.deliveredAt())
                                .setReleaseAt(held.plan().releaseAt())
                                .setSchedule(held.plan().schedule())
                                .setArmedAt(held.plan().armedAt())
                                .setExplanation(held.plan().explanation())
                                .setArchiveReleaseDate(held.archiveReleaseDate().orElse(null))
                                .build())
                        .build();
            case VersionState.Public open ->
                fields.setOpen(new PublicFields(open.releasedAt())).build();
            case VersionState.Superseded superseded ->
                fields.setSuperseded(new SupersededFields(superseded.by().toString()))
                        .build();
            case VersionState.Withdrawn withdrawn ->
                fields.setWithdrawn(new MarkFields()).build();
            case VersionState.Retracted retracted ->
                fields.setRetracted(new MarkFields()).build();
        };
    }

    private static Product.Version toDomain(Lid lid, VersionFields fields) {
        var vid = Vid.parse(fields.getVid());
        return new Product.Version(
                vid,
                new ContentHash(fields.getContentSha256()),
                ValueFields.terms(fields.getAnnouncedTerms()),
                fields.getFirstOffset(),
                state(new Lidvid(lid, vid), fields));
    }

    private static VersionState state(Lidvid id, VersionFields fields) {
        var held = fields.getHeld();
        if (held != null) {
            return new VersionState.Held(
                    ValueFields.product(id, held.getProduct()),
                    ValueFields.existence(held.getExistence()),
                    held.getDeliveredAt(),
                    new ReleasePlan(held.getReleaseAt(), held.getSchedule(), held.getArmedAt(), held.getExplanation()),
                    Optional.ofNullable(held.getArchiveReleaseDate()));
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
}
