package space.halley.api.index;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;
import space.halley.api.catalogue.ReleaseState;

/**
 * A question for products.
 *
 * @param text words that must be found; null for none
 * @param from with {@code to}, the time that the observation must overlap; null for open
 * @param releasedFrom with {@code releasedTo}, when public access must have begun, both inclusive; null for open
 * @param limit how many to give at once
 * @param cursor from the page before; null for the first page
 */
public record ProductQuestion(
        FacetFilter filter,
        ReleaseState state,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant releasedFrom,
        @Nullable Instant releasedTo,
        ProductSort sort,
        int limit,
        @Nullable String cursor) {
    /** The longest text, in characters. */
    public static final int MAX_TEXT = 500;

    private static final int FINGERPRINT_BYTES = 9;

    /** All products of a state in an order. */
    public static ProductQuestion all(ReleaseState state, ProductSort sort, int limit, @Nullable String cursor) {
        return new ProductQuestion(FacetFilter.ALL, state, null, null, null, null, null, sort, limit, cursor);
    }

    Query query(TextQuestion texts) {
        var query = new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.DOCUMENT, Fields.PRODUCT)), Occur.FILTER)
                .add(new TermQuery(new Term(Fields.STATE, state.word())), Occur.FILTER);
        filter.addTo(query);
        if (from != null) {
            query.add(LongField.newRangeQuery(Fields.STOP, from.toEpochMilli(), Long.MAX_VALUE), Occur.FILTER);
        }
        if (to != null) {
            query.add(LongField.newRangeQuery(Fields.START, Long.MIN_VALUE, to.toEpochMilli()), Occur.FILTER);
        }
        if (releasedFrom != null || releasedTo != null) {
            query.add(
                    LongField.newRangeQuery(
                            Fields.RELEASE_DATE,
                            releasedFrom == null ? Long.MIN_VALUE : releasedFrom.toEpochMilli(),
                            releasedTo == null ? Long.MAX_VALUE : releasedTo.toEpochMilli()),
                    Occur.FILTER);
        }
        if (text != null) {
            query.add(texts.parse(text), Occur.MUST);
        }
        return query.build();
    }

    /** What the question asks, whatever the page: binds a cursor to it. */
    String fingerprint() {
        var asked = String.join(
                "\n",
                filter.wanted().toString(),
                state.word(),
                String.valueOf(text),
                String.valueOf(from),
                String.valueOf(to),
                String.valueOf(releasedFrom),
                String.valueOf(releasedTo),
                sort.parameter());
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, FINGERPRINT_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
