package space.halley.api.index;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.jspecify.annotations.Nullable;

/** The orders of a list of products. Products that are equal in it, or lack its field, are ordered by identifier. */
@SuppressWarnings("ImmutableEnumChecker") // Lucene's Sort has no way to change it
public enum ProductSort {
    /** The best match first; only where there is a text. */
    RELEVANCE("relevance", SortField.FIELD_SCORE),
    /** The latest public access first. */
    NEWEST_RELEASE("-release_date", instant(Fields.RELEASE_DATE, true)),
    OLDEST_RELEASE("release_date", instant(Fields.RELEASE_DATE, false)),
    /** The latest observation first. */
    LATEST_OBSERVATION("-start_time", instant(Fields.START, true)),
    EARLIEST_OBSERVATION("start_time", instant(Fields.START, false)),
    TITLE("title", new SortField(Fields.TITLE_ORDER, SortField.Type.STRING)),
    TITLE_REVERSED("-title", new SortField(Fields.TITLE_ORDER, SortField.Type.STRING, true)),
    IDENTIFIER("lid", null),
    /** What Halley released last, first: the order of the list of releases. */
    JUST_RELEASED("-released_at", instant(Fields.RELEASED_AT, true)),
    /** What is planned next, first: the order of the list of upcoming releases. */
    NEXT_PLANNED("planned_release_at", instant(Fields.PLANNED, false));

    private final String parameter;
    private final Sort sort;

    ProductSort(String parameter, @Nullable SortField field) {
        this.parameter = parameter;
        var identifier = new SortField(Fields.LIDVID, SortField.Type.STRING);
        this.sort = field == null ? new Sort(identifier) : new Sort(field, identifier);
    }

    /** The value of the parameter {@code sort}; a leading minus means descending. */
    public String parameter() {
        return parameter;
    }

    /** The order with that name. */
    public static Optional<ProductSort> of(String parameter) {
        return Stream.of(values())
                .filter(sort -> sort.parameter.equals(parameter))
                .findFirst();
    }

    Sort sort() {
        return sort;
    }

    private static SortField instant(String field, boolean descending) {
        var missingLast = descending ? Long.MIN_VALUE : Long.MAX_VALUE;
        return LongField.newSortField(field, descending, SortedNumericSelector.Type.MIN, missingLast);
    }
}
