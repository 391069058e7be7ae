package space.halley.api.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * What somebody typed into the search box, as a query. Every word must be found, in whichever field; words in double
 * quotes must stand side by side. There is no further syntax, so no text is an error.
 */
final class TextQuestion {
    /** More words than this are cut off by the caller with an error. */
    static final int MAX_WORDS = 32;

    private static final Pattern CHUNK = Pattern.compile("\"([^\"]*)\"|([^\\s\"]+)");
    private static final float COMPACT_NAME_BOOST = 3;
    private static final Map<String, Float> BOOSTS = new TreeMap<>(Map.of(
            Fields.TITLE, 4f,
            Fields.KEYWORDS, 3f,
            Fields.NAMES, 3f,
            Fields.IDENTIFIER_PARTS, 2f,
            Fields.DESCRIPTION, 1f));

    private final Analyzer analyzer;

    TextQuestion(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /** The query for this text. A text without any word finds nothing. */
    Query parse(String text) {
        var query = new BooleanQuery.Builder();
        var words = 0;
        var matcher = CHUNK.matcher(text);
        while (matcher.find() && words < MAX_WORDS) {
            var quoted = matcher.group(1);
            var chunk = quoted == null ? matcher.group(2) : quoted;
            var tokens = tokens(chunk);
            if (!tokens.isEmpty()) {
                query.add(quoted == null ? word(chunk, tokens) : phrase(tokens), Occur.MUST);
                words += tokens.size();
            }
        }
        var built = query.build();
        return built.clauses().isEmpty() ? new MatchNoDocsQuery("the text has no word") : built;
    }

    /** {@code osiris-rex} is found where both parts are, and where a name without its punctuation is the same. */
    private static Query word(String chunk, List<String> tokens) {
        var parts = new BooleanQuery.Builder();
        tokens.forEach(token -> parts.add(anyField(token), Occur.MUST));
        return new BooleanQuery.Builder()
                .add(parts.build(), Occur.SHOULD)
                .add(
                        new BoostQuery(
                                new TermQuery(new Term(Fields.COMPACT_NAMES, Names.compact(chunk))),
                                COMPACT_NAME_BOOST),
                        Occur.SHOULD)
                .build();
    }

    private static Query anyField(String token) {
        var any = new BooleanQuery.Builder();
        BOOSTS.forEach(
                (field, boost) -> any.add(new BoostQuery(new TermQuery(new Term(field, token)), boost), Occur.SHOULD));
        return any.build();
    }

    private static Query phrase(List<String> tokens) {
        var any = new BooleanQuery.Builder();
        BOOSTS.forEach((field, boost) ->
                any.add(new BoostQuery(new PhraseQuery(field, tokens.toArray(String[]::new)), boost), Occur.SHOULD));
        return any.build();
    }

    private List<String> tokens(String chunk) {
        var tokens = new ArrayList<String>();
        try (var stream = analyzer.tokenStream(Fields.TITLE, chunk)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be read", e);
        }
        return tokens.size() > MAX_WORDS ? tokens.subList(0, MAX_WORDS) : tokens;
    }
}
