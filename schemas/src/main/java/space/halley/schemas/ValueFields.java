package space.halley.schemas;

import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.ClockAnchor;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.DataFile;
import space.halley.domain.Existence;
import space.halley.domain.Grounds;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.ReleasePlan;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.Vid;
import space.halley.schemas.avro.AnchorKind;
import space.halley.schemas.avro.AtOnceTerms;
import space.halley.schemas.avro.ByPolicyTerms;
import space.halley.schemas.avro.ContextFields;
import space.halley.schemas.avro.ContextRole;
import space.halley.schemas.avro.ExclusivePeriodTerms;
import space.halley.schemas.avro.ExistenceKind;
import space.halley.schemas.avro.FileFields;
import space.halley.schemas.avro.FixedDateTerms;
import space.halley.schemas.avro.GroundsFields;
import space.halley.schemas.avro.ProductFields;
import space.halley.schemas.avro.StageFields;
import space.halley.schemas.avro.TermsFields;
import space.halley.schemas.avro.WaitingFields;

/** Avro fields and domain values that several envelopes share. */
final class ValueFields {
    private ValueFields() {}

    static Lidvid lidvid(String lid, String vid) {
        return new Lidvid(new Lid(lid), Vid.parse(vid));
    }

    static ProductFields product(ProductDescription product) {
        return LastDescription.fields(product, ValueFields::productFields);
    }

    private static ProductFields productFields(ProductDescription product) {
        var fields = new ProductFields();
        fields.setProductClass(product.productClass());
        fields.setTitle(product.title());
        fields.setModelVersion(product.modelVersion());
        fields.setDescription(product.description());
        fields.setProcessingLevel(product.processingLevel());
        fields.setStartTime(product.startTime());
        fields.setStopTime(product.stopTime());
        fields.setContext(context(product.context()));
        fields.setKeywords(product.keywords());
        fields.setDoi(product.doi());
        fields.setLabelFileName(product.label().fileName());
        fields.setLabelSize(product.label().size());
        fields.setLabelSha256(product.label().hash().sha256());
        fields.setFiles(each(product.files(), file -> new FileFields(file.name(), file.size(), file.md5())));
        return fields;
    }

    static ProductDescription product(Lidvid id, ProductFields fields) {
        if (fields instanceof UnreadProduct unread) {
            var description = ProductDescription.unread(id, () -> readLater(id, unread));
            LastDescription.unread(unread, description);
            return description;
        }
        return readProduct(id, fields);
    }

    private static ProductDescription readLater(Lidvid id, UnreadProduct unread) {
        try {
            return readProduct(id, unread.read());
        } catch (RuntimeException e) {
            // Damaged bytes end in exceptions of many kinds. Their texts may show parts of them to everyone, in health,
            // where the text of the innermost cause stands.
            throw new IllegalStateException("a description in the store is damaged and cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static ProductDescription readProduct(Lidvid id, ProductFields fields) {
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
                each(fields.getFiles(), file -> new DataFile(file.getName(), file.getSize(), file.getMd5())));
    }

    static List<ContextFields> context(List<ContextReference> context) {
        return each(
                context,
                reference -> new ContextFields(
                        switch (reference.role()) {
                            case INVESTIGATION -> ContextRole.INVESTIGATION;
                            case HOST -> ContextRole.HOST;
                            case INSTRUMENT -> ContextRole.INSTRUMENT;
                            case TARGET -> ContextRole.TARGET;
                            case OTHER -> ContextRole.OTHER;
                        },
                        reference.name(),
                        reference.lid() == null ? null : reference.lid().value()));
    }

    static List<ContextReference> contextReferences(List<ContextFields> context) {
        return LastContext.references(context, ValueFields::references);
    }

    private static List<ContextReference> references(List<ContextFields> context) {
        return each(
                context,
                fields -> new ContextReference(
                        switch (fields.getRole()) {
                            case INVESTIGATION -> ContextReference.Role.INVESTIGATION;
                            case HOST -> ContextReference.Role.HOST;
                            case INSTRUMENT -> ContextReference.Role.INSTRUMENT;
                            case TARGET -> ContextReference.Role.TARGET;
                            // A role that a later writer knows is, to this reader, none of the above.
                            case OTHER, UNKNOWN -> ContextReference.Role.OTHER;
                        },
                        fields.getName(),
                        fields.getLid() == null ? null : new Lid(fields.getLid())));
    }

    static TermsFields terms(ReleaseTerms terms) {
        var fields = new TermsFields();
        switch (terms) {
            case ReleaseTerms.ByPolicy policy -> fields.setByPolicy(new ByPolicyTerms());
            case ReleaseTerms.AtOnce once -> fields.setAtOnce(new AtOnceTerms());
            case ReleaseTerms.FixedDate date -> fields.setFixedDate(new FixedDateTerms(date.releaseAt()));
            case ReleaseTerms.ExclusivePeriod exclusive -> fields.setExclusivePeriod(period(exclusive));
        }
        return fields;
    }

    private static ExclusivePeriodTerms period(ReleaseTerms.ExclusivePeriod exclusive) {
        var fields =
                ExclusivePeriodTerms.newBuilder().setPeriod(exclusive.period().toString());
        return switch (exclusive.anchor()) {
            case ClockAnchor.AcquisitionStop anchor ->
                fields.setAnchor(AnchorKind.ACQUISITION_STOP).build();
            case ClockAnchor.Delivery anchor ->
                fields.setAnchor(AnchorKind.DELIVERY).build();
            case ClockAnchor.Reception anchor ->
                fields.setAnchor(AnchorKind.RECEPTION).build();
            case ClockAnchor.WindowEnd window ->
                fields.setAnchor(AnchorKind.WINDOW_END)
                        .setWindowSince(window.since().toString())
                        .setWindowMonths(window.months())
                        .build();
            case ClockAnchor.MissionEvent event ->
                fields.setAnchor(AnchorKind.MISSION_EVENT)
                        .setEvent(event.name())
                        .build();
        };
    }

    static ReleaseTerms terms(TermsFields fields) {
        var once = fields.getAtOnce();
        var date = fields.getFixedDate();
        var exclusive = fields.getExclusivePeriod();
        var policy = fields.getByPolicy();
        if (count(once, date, exclusive, policy) != 1) {
            throw new InvalidValueException(
                    "terms", "exactly one of atOnce, fixedDate, exclusivePeriod and byPolicy must be set");
        }
        if (once != null) {
            return new ReleaseTerms.AtOnce();
        }
        if (policy != null) {
            return new ReleaseTerms.ByPolicy();
        }
        if (date != null) {
            return new ReleaseTerms.FixedDate(date.getReleaseAt());
        }
        return new ReleaseTerms.ExclusivePeriod(period(exclusive.getPeriod()), anchor(exclusive));
    }

    private static ClockAnchor anchor(ExclusivePeriodTerms fields) {
        return switch (fields.getAnchor()) {
            case ACQUISITION_STOP -> ClockAnchor.ACQUISITION_STOP;
            case DELIVERY -> ClockAnchor.DELIVERY;
            case RECEPTION -> ClockAnchor.RECEPTION;
            case WINDOW_END -> {
                var since = fields.getWindowSince();
                if (since == null) {
                    throw new InvalidValueException("terms", "the acquisition windows have no first day");
                }
                yield new ClockAnchor.WindowEnd(LocalDate.parse(since), fields.getWindowMonths());
            }
            case MISSION_EVENT -> {
                var event = fields.getEvent();
                if (event == null) {
                    throw new InvalidValueException("terms", "the mission event has no name");
                }
                yield new ClockAnchor.MissionEvent(event);
            }
            case UNKNOWN -> throw new InvalidValueException("terms", "the anchor is not known to this version");
        };
    }

    /** Whether only lanes from the second version on understand the terms. */
    static boolean areOfSecondReader(ReleaseTerms terms) {
        return switch (terms) {
            case ReleaseTerms.ByPolicy policy -> true;
            case ReleaseTerms.AtOnce once -> false;
            case ReleaseTerms.FixedDate date -> false;
            case ReleaseTerms.ExclusivePeriod exclusive ->
                !(exclusive.anchor() instanceof ClockAnchor.AcquisitionStop)
                        && !(exclusive.anchor() instanceof ClockAnchor.Delivery);
        };
    }

    static GroundsFields grounds(Grounds grounds) {
        var fields = new GroundsFields();
        fields.setRule(grounds.rule().orElse(null));
        fields.setOwner(grounds.owner().orElse(null));
        fields.setPolicy(grounds.policy());
        fields.setPolicySha256(grounds.policyHash().map(ContentHash::sha256).orElse(null));
        fields.setClockStart(grounds.clockStart().orElse(null));
        fields.setEmbargoEnd(grounds.embargoEnd().orElse(null));
        fields.setMissing(grounds.missing().orElse(null));
        fields.setLate(grounds.late());
        return fields;
    }

    /** @param fields null in records of the first version */
    static Grounds grounds(String explanation, @Nullable GroundsFields fields) {
        return fields == null
                ? Grounds.of(explanation)
                : new Grounds(
                        explanation,
                        Optional.ofNullable(fields.getRule()),
                        Optional.ofNullable(fields.getOwner()),
                        fields.getPolicy(),
                        Optional.ofNullable(fields.getPolicySha256()).map(ContentHash::new),
                        Optional.ofNullable(fields.getClockStart()),
                        Optional.ofNullable(fields.getEmbargoEnd()),
                        Optional.ofNullable(fields.getMissing()),
                        fields.getLate());
    }

    static List<StageFields> stages(List<ReleasePlan.Stage> stages) {
        return each(stages, stage -> new StageFields(stage.recipient().value(), stage.opensAt(), stage.agreement()));
    }

    static List<ReleasePlan.Stage> planStages(List<StageFields> stages) {
        return each(
                stages,
                stage -> new ReleasePlan.Stage(
                        new AgencyId(stage.getRecipient()), stage.getOpensAt(), stage.getAgreement()));
    }

    static List<WaitingFields> waiting(List<ReleasePlan.Waiting> waiting) {
        return each(waiting, turn -> new WaitingFields(turn.recipient().value(), turn.agreement(), turn.missing()));
    }

    static List<ReleasePlan.Waiting> planWaiting(List<WaitingFields> waiting) {
        return each(
                waiting,
                turn -> new ReleasePlan.Waiting(
                        new AgencyId(turn.getRecipient()), turn.getAgreement(), turn.getMissing()));
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

    /** Every item changed. Lists in records are short, so a stream would cost many times what the change does. */
    static <A, B> List<B> each(Collection<A> items, Function<A, B> change) {
        if (items.isEmpty()) {
            return List.of();
        }
        var changed = new ArrayList<B>(items.size());
        for (var item : items) {
            changed.add(change.apply(item));
        }
        return changed;
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
