package space.halley.api.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContextReference;
import space.halley.domain.ProductDescription;
import space.halley.domain.PublicEvent;

/** How a public event changes what is public of a product. A pure function: the same log gives the same catalogue. */
public final class CatalogueFold {
    private CatalogueFold() {}

    /** An event and what it leaves of the product; empty if nothing is public of it any more. */
    public record Step(CatalogueEvent event, Optional<ProductDetail> before, Optional<ProductDetail> after) {
        /** The product that the event is about, by whose fields subscribers choose. */
        public Optional<ProductDetail> subject() {
            return after.or(() -> before);
        }
    }

    /** What this record does, given what was public of the same version before. */
    public static Step apply(Optional<ProductDetail> before, LogRecord logged) {
        var event = logged.event();
        return switch (event.news()) {
            case PublicEvent.Announced news -> step(logged, before, Optional.of(announced(logged, news)), null);
            case PublicEvent.Released news -> step(logged, before, Optional.of(released(logged, news)), null);
            case PublicEvent.Cancelled news -> step(logged, before, Optional.empty(), null);
            case PublicEvent.Retracted news ->
                step(logged, before, Optional.of(retracted(before, logged, news)), news.reason());
        };
    }

    private static Step step(
            LogRecord logged, Optional<ProductDetail> before, Optional<ProductDetail> after, @Nullable String reason) {
        var event = logged.event();
        var summary = after.or(() -> before).map(ProductDetail::summary).orElse(null);
        return new Step(
                new CatalogueEvent(
                        EventKind.of(event.news()),
                        event.agency().value(),
                        event.id().toString(),
                        event.revision(),
                        logged.appendedAt(),
                        reason,
                        summary),
                before,
                after);
    }

    private static ProductDetail announced(LogRecord logged, PublicEvent.Announced news) {
        var event = logged.event();
        return new ProductDetail(
                event.id().toString(),
                event.id().lid().value(),
                event.id().vid().toString(),
                event.agency().value(),
                ReleaseState.ANNOUNCED,
                event.revision(),
                news.productClass(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                news.plannedReleaseAt(),
                logged.appendedAt(),
                null,
                null,
                null,
                null,
                references(news.context()),
                List.of(),
                null,
                List.of(),
                null);
    }

    /**
     * Public since the record was appended. The instant that it names is that of the command or fence that it follows from: a lane
     * that was behind wrote it long after that, and the clock of the broker that took it may be behind the other's.
     */
    private static ProductDetail released(LogRecord logged, PublicEvent.Released news) {
        var event = logged.event();
        var product = news.product();
        var archived = news.archiveReleaseDate().orElse(null);
        var releasedAt = later(logged.appendedAt(), news.releasedAt());
        return new ProductDetail(
                event.id().toString(),
                event.id().lid().value(),
                event.id().vid().toString(),
                event.agency().value(),
                ReleaseState.RELEASED,
                event.revision(),
                product.productClass(),
                product.title(),
                product.description(),
                product.processingLevel(),
                product.startTime(),
                product.stopTime(),
                earlier(archived, releasedAt),
                releasedAt,
                news.releaseAt(),
                archived,
                news.explanation(),
                news.late(),
                null,
                null,
                null,
                null,
                product.doi(),
                product.modelVersion(),
                references(product.context()),
                product.keywords(),
                new LabelFile(
                        product.label().fileName(),
                        product.label().size(),
                        product.label().hash().sha256()),
                files(product),
                null);
    }

    /** The tombstone: what it was called and belonged to, when and why it was taken back; no description, no files. */
    private static ProductDetail retracted(
            Optional<ProductDetail> before, LogRecord logged, PublicEvent.Retracted news) {
        var event = logged.event();
        var known = before.filter(product -> product.state() != ReleaseState.ANNOUNCED);
        return new ProductDetail(
                event.id().toString(),
                event.id().lid().value(),
                event.id().vid().toString(),
                event.agency().value(),
                ReleaseState.RETRACTED,
                event.revision(),
                known.map(ProductDetail::productClass).orElse(null),
                known.map(ProductDetail::title).orElse(null),
                null,
                known.map(ProductDetail::processingLevel).orElse(null),
                known.map(ProductDetail::startTime).orElse(null),
                known.map(ProductDetail::stopTime).orElse(null),
                known.map(ProductDetail::releaseDate).orElse(null),
                known.map(ProductDetail::releasedAt).orElse(null),
                known.map(ProductDetail::releaseAt).orElse(null),
                known.map(ProductDetail::archiveReleaseDate).orElse(null),
                null,
                known.map(ProductDetail::late).orElse(null),
                null,
                null,
                logged.appendedAt(),
                news.reason(),
                known.map(ProductDetail::doi).orElse(null),
                null,
                known.map(ProductDetail::references).orElse(List.of()),
                List.of(),
                null,
                List.of(),
                null);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(@Nullable Instant archived, Instant released) {
        return archived != null && archived.isBefore(released) ? archived : released;
    }

    private static List<Reference> references(List<ContextReference> context) {
        return context.stream().map(Reference::of).toList();
    }

    private static List<ProductFile> files(ProductDescription product) {
        return product.files().stream()
                .map(file -> new ProductFile(file.name(), file.size(), file.md5()))
                .toList();
    }
}
