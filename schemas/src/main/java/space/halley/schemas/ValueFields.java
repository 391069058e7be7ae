package space.halley.schemas;

import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ClockAnchor;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.DataFile;
import space.halley.domain.Existence;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.Vid;
import space.halley.schemas.avro.AnchorKind;
import space.halley.schemas.avro.AtOnceTerms;
import space.halley.schemas.avro.ContextFields;
import space.halley.schemas.avro.ContextRole;
import space.halley.schemas.avro.ExclusivePeriodTerms;
import space.halley.schemas.avro.ExistenceKind;
import space.halley.schemas.avro.FileFields;
import space.halley.schemas.avro.FixedDateTerms;
import space.halley.schemas.avro.ProductFields;
import space.halley.schemas.avro.TermsFields;

/** Avro fields and domain values that several envelopes share. */
final class ValueFields {
    private ValueFields() {}

    static Lidvid lidvid(String lid, String vid) {
        return new Lidvid(new Lid(lid), Vid.parse(vid));
    }

    static ProductFields product(ProductDescription product) {
        return ProductFields.newBuilder()
                .setProductClass(product.productClass())
                .setTitle(product.title())
                .setModelVersion(product.modelVersion())
                .setDescription(product.description())
                .setProcessingLevel(product.processingLevel())
                .setStartTime(product.startTime())
                .setStopTime(product.stopTime())
                .setContext(context(product.context()))
                .setKeywords(product.keywords())
                .setDoi(product.doi())
                .setLabelFileName(product.label().fileName())
                .setLabelSize(product.label().size())
                .setLabelSha256(product.label().hash().sha256())
                .setFiles(product.files().stream()
                        .map(file -> new FileFields(file.name(), file.size(), file.md5()))
                        .toList())
                .build();
    }

    static ProductDescription product(Lidvid id, ProductFields fields) {
        return new ProductDescription(
                id,
                fields.getProductClass(),
                fields.getTitle(),
                fields.getModelVersion(),
                fields.getDescription(),
                fields.getProcessingLevel(),
                fields.getStartTime(),
                fields.getStopTime(),
                contextReferences(fields.getContext()),
                fields.getKeywords(),
                fields.getDoi(),
                new ProductDescription.Label(
                        fields.getLabelFileName(), fields.getLabelSize(), new ContentHash(fields.getLabelSha256())),
                fields.getFiles().stream()
                        .map(file -> new DataFile(file.getName(), file.getSize(), file.getMd5()))
                        .toList());
    }

    static List<ContextFields> context(List<ContextReference> context) {
        return context.stream()
                .map(reference -> new ContextFields(
                        switch (reference.role()) {
                            case INVESTIGATION -> ContextRole.INVESTIGATION;
                            case HOST -> ContextRole.HOST;
                            case INSTRUMENT -> ContextRole.INSTRUMENT;
                            case TARGET -> ContextRole.TARGET;
                            case OTHER -> ContextRole.OTHER;
                        },
                        reference.name(),
                        reference.lid() == null ? null : reference.lid().value()))
                .toList();
    }

    static List<ContextReference> contextReferences(List<ContextFields> context) {
        return context.stream()
                .map(fields -> new ContextReference(
                        switch (fields.getRole()) {
                            case INVESTIGATION -> ContextReference.Role.INVESTIGATION;
                            case HOST -> ContextReference.Role.HOST;
                            case INSTRUMENT -> ContextReference.Role.INSTRUMENT;
                            case TARGET -> ContextReference.Role.TARGET;
                            // A role that a later writer knows is, to this reader, none of the above.
                            case OTHER, UNKNOWN -> ContextReference.Role.OTHER;
                        },
                        fields.getName(),
                        fields.getLid() == null ? null : new Lid(fields.getLid())))
                .toList();
    }

    static TermsFields terms(ReleaseTerms terms) {
        return switch (terms) {
            case ReleaseTerms.AtOnce once -> new TermsFields(new AtOnceTerms(), null, null);
            case ReleaseTerms.FixedDate date -> new TermsFields(null, new FixedDateTerms(date.releaseAt()), null);
            case ReleaseTerms.ExclusivePeriod exclusive ->
                new TermsFields(
                        null,
                        null,
                        new ExclusivePeriodTerms(
                                exclusive.period().toString(),
                                switch (exclusive.anchor()) {
                                    case ACQUISITION_STOP -> AnchorKind.ACQUISITION_STOP;
                                    case DELIVERY -> AnchorKind.DELIVERY;
                                }));
        };
    }

    static ReleaseTerms terms(TermsFields fields) {
        var once = fields.getAtOnce();
        var date = fields.getFixedDate();
        var exclusive = fields.getExclusivePeriod();
        if (count(once, date, exclusive) != 1) {
            throw new InvalidValueException(
                    "terms", "exactly one of atOnce, fixedDate and exclusivePeriod must be set");
        }
        if (once != null) {
            return new ReleaseTerms.AtOnce();
        }
        if (date != null) {
            return new ReleaseTerms.FixedDate(date.getReleaseAt());
        }
        return new ReleaseTerms.ExclusivePeriod(
                period(exclusive.getPeriod()),
                switch (exclusive.getAnchor()) {
                    case ACQUISITION_STOP -> ClockAnchor.ACQUISITION_STOP;
                    case DELIVERY -> ClockAnchor.DELIVERY;
                    case UNKNOWN -> throw new InvalidValueException("terms", "the anchor is not known to this version");
                });
    }

    static ExistenceKind existence(Existence existence) {
        return switch (existence) {
            case PUBLIC -> ExistenceKind.PUBLIC;
            case HIDDEN -> ExistenceKind.HIDDEN;
        };
    }

    static Existence existence(ExistenceKind kind) {
        return switch (kind) {
            case PUBLIC -> Existence.PUBLIC;
            case HIDDEN -> Existence.HIDDEN;
            case UNKNOWN -> throw new InvalidValueException("existence", "is neither PUBLIC nor HIDDEN");
        };
    }

    static int count(@Nullable Object... kinds) {
        var set = 0;
        for (var kind : kinds) {
            set += kind == null ? 0 : 1;
        }
        return set;
    }

    private static Period period(String text) {
        try {
            return Period.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidValueException("exclusive_period", "is not an ISO-8601 period such as P6M");
        }
    }
}
