package space.halley.api.index;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import space.halley.api.catalogue.CatalogueEvent;
import space.halley.api.catalogue.CatalogueFold;
import space.halley.api.catalogue.Json;
import space.halley.api.catalogue.LogRecord;
import space.halley.api.catalogue.ProductDetail;
import space.halley.api.catalogue.Reference;
import space.halley.domain.ContextReference.Role;

/** The index's two kinds of documents. */
final class CatalogueDocuments {
    /** Lucene's limit for one term is 32 766 bytes; a title that is longer than this sorts by its beginning. */
    private static final int MAX_TITLE_ORDER = 500;

    private CatalogueDocuments() {}

    /** What can be found of a version of a product. */
    static Document ofProduct(ProductDetail product, Map<Role, Set<String>> names) {
        var document = new Document();
        document.add(new StringField(Fields.DOCUMENT, Fields.PRODUCT, Store.NO));
        document.add(new StringField(Fields.KEY, product.lidvid(), Store.NO));
        document.add(new SortedDocValuesField(Fields.LIDVID, new BytesRef(product.lidvid())));
        document.add(new StringField(Fields.STATE, product.state().word(), Store.NO));
        addFilters(document, product, names);
        addTimes(document, product);
        addTexts(document, product, names);
        document.add(new StoredField(Fields.DETAIL_JSON, Json.write(product)));
        document.add(new StoredField(Fields.SUMMARY_JSON, Json.write(product.summary())));
        return document;
    }

    /** An event with its place in the log and the fields by which subscribers choose. */
    static Document ofEvent(LogRecord logged, CatalogueFold.Step step, Map<Role, Set<String>> names, long sequence) {
        var document = new Document();
        CatalogueEvent event = step.event();
        document.add(new StringField(Fields.DOCUMENT, Fields.EVENT, Store.NO));
        document.add(new StringField(Fields.KIND, event.kind().word(), Store.YES));
        document.add(new StringField(Fields.PARTITION, Integer.toString(logged.partition()), Store.YES));
        document.add(new LongField(Fields.OFFSET, logged.offset(), Store.YES));
        document.add(new LongField(Fields.SEQUENCE, sequence, Store.NO));
        Optional<ProductDetail> subject = step.subject();
        if (subject.isPresent()) {
            addFilters(document, subject.get(), names);
        } else {
            document.add(new StringField(Fields.AGENCY, event.agency(), Store.NO));
            document.add(new StringField(Fields.LID, logged.event().id().lid().value(), Store.NO));
        }
        document.add(new StoredField(Fields.EVENT_JSON, Json.write(event)));
        return document;
    }

    /** The forms of a class or a level by which it can be asked for: {@code Product_Bundle} also as {@code bundle}. */
    static Stream<String> words(@Nullable String value) {
        if (value == null) {
            return Stream.empty();
        }
        var compact = Names.compact(value);
        var prefix = Fields.PRODUCT;
        return compact.startsWith(prefix) && compact.length() > prefix.length()
                ? Stream.of(compact, compact.substring(prefix.length()))
                : Stream.of(compact);
    }

    private static void addFilters(Document document, ProductDetail product, Map<Role, Set<String>> names) {
        document.add(new StringField(Fields.AGENCY, product.agency(), Store.NO));
        document.add(new StringField(Fields.LID, product.lid(), Store.NO));
        addAll(document, Fields.PRODUCT_CLASS, words(product.productClass()));
        addAll(document, Fields.LEVEL, words(product.processingLevel()));
        addAll(document, Fields.MISSION, names.getOrDefault(Role.INVESTIGATION, Set.of()).stream());
        addAll(document, Fields.HOST, names.getOrDefault(Role.HOST, Set.of()).stream());
        addAll(document, Fields.INSTRUMENT, names.getOrDefault(Role.INSTRUMENT, Set.of()).stream());
        addAll(document, Fields.TARGET, names.getOrDefault(Role.TARGET, Set.of()).stream());
    }

    private static void addTimes(Document document, ProductDetail product) {
        var start = Optional.ofNullable(product.startTime()).or(() -> Optional.ofNullable(product.stopTime()));
        var stop = Optional.ofNullable(product.stopTime()).or(() -> start);
        if (start.isPresent() && stop.isPresent()) {
            // Some labels have them in the wrong order.
            var one = start.get().toEpochMilli();
            var other = stop.get().toEpochMilli();
            document.add(new LongField(Fields.START, Math.min(one, other), Store.NO));
            document.add(new LongField(Fields.STOP, Math.max(one, other), Store.NO));
        }
        var releaseDate = product.releaseDate() == null ? product.plannedReleaseAt() : product.releaseDate();
        addInstant(document, Fields.RELEASE_DATE, releaseDate);
        addInstant(document, Fields.RELEASED_AT, product.releasedAt());
        addInstant(document, Fields.PLANNED, product.plannedReleaseAt());
    }

    private static void addInstant(Document document, String field, @Nullable Instant instant) {
        if (instant != null) {
            document.add(new LongField(field, instant.toEpochMilli(), Store.NO));
        }
    }

    private static void addTexts(Document document, ProductDetail product, Map<Role, Set<String>> names) {
        var title = product.title();
        var order = title == null ? product.lid() : title.strip().toLowerCase(Locale.ROOT);
        document.add(new SortedDocValuesField(
                Fields.TITLE_ORDER,
                new BytesRef(order.substring(
                        0,
                        order.offsetByCodePoints(
                                0, Math.min(order.codePointCount(0, order.length()), MAX_TITLE_ORDER))))));
        addText(document, Fields.TITLE, title);
        addText(document, Fields.DESCRIPTION, product.description());
        addText(document, Fields.IDENTIFIER_PARTS, product.lid());
        addText(document, Fields.IDENTIFIER_PARTS, product.doi());
        product.keywords().forEach(keyword -> addText(document, Fields.KEYWORDS, keyword));
        for (Reference reference : product.references()) {
            addText(document, Fields.NAMES, reference.name());
        }
        addAll(document, Fields.COMPACT_NAMES, names.values().stream().flatMap(Set::stream));
    }

    private static void addText(Document document, String field, @Nullable String text) {
        if (text != null) {
            document.add(new TextField(field, text, Store.NO));
        }
    }

    private static void addAll(Document document, String field, Stream<String> values) {
        values.distinct().forEach(value -> document.add(new StringField(field, value, Store.NO)));
    }
}
