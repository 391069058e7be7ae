package space.halley.api.index;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermQuery;

/**
 * A digest of all that an index says, whatever the order in which it was built: two indexes of the same log have the
 * same. Each document's SHA-256 is taken as a number; the digest is that of their sum, so neither a missing document
 * nor one that is there twice goes unnoticed.
 *
 * @param sha256 in lower-case hexadecimal
 */
public record IndexDigest(long products, long events, String sha256) {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    /** Reads every document of the snapshot; takes seconds for a million. */
    public static IndexDigest of(IndexSnapshot snapshot) throws IOException {
        var products = new Sum();
        forEach(
                snapshot,
                Fields.PRODUCT,
                Set.of(Fields.DETAIL_JSON),
                stored -> products.add("", Stored.bytes(stored, Fields.DETAIL_JSON)));
        var events = new Sum();
        forEach(
                snapshot,
                Fields.EVENT,
                Set.of(Fields.PARTITION, Fields.OFFSET, Fields.EVENT_JSON),
                stored -> events.add(
                        Stored.text(stored, Fields.PARTITION) + ":" + Stored.text(stored, Fields.OFFSET) + " ",
                        Stored.bytes(stored, Fields.EVENT_JSON)));
        var text = products.count + " " + products.total + " " + events.count + " " + events.total;
        return new IndexDigest(
                products.count,
                events.count,
                HexFormat.of().formatHex(newSha256().digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    private interface Visitor {
        void visit(Document stored);
    }

    private static void forEach(IndexSnapshot snapshot, String kind, Set<String> fields, Visitor visitor)
            throws IOException {
        var searcher = snapshot.searcher();
        Query query = searcher.rewrite(new TermQuery(new Term(Fields.DOCUMENT, kind)));
        var weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
        for (var leaf : searcher.getIndexReader().leaves()) {
            var scorer = weight.scorer(leaf);
            if (scorer == null) {
                continue;
            }
            var live = leaf.reader().getLiveDocs();
            var storedFields = leaf.reader().storedFields();
            var documents = scorer.iterator();
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if (live == null || live.get(doc)) {
                    visitor.visit(storedFields.document(doc, fields));
                }
            }
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static final class Sum {
        private final MessageDigest digest = newSha256();
        private BigInteger total = BigInteger.ZERO;
        private long count;

        void add(String place, byte[] content) {
            digest.update(place.getBytes(StandardCharsets.UTF_8));
            digest.update(content);
            total = total.add(new BigInteger(1, digest.digest())).mod(MODULUS);
            count++;
        }
    }
}
