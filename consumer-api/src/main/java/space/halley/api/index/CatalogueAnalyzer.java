package space.halley.api.index;

import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;

/**
 * How texts are cut into words: at everything that is neither letter nor digit, so that {@code insight_cameras:data}
 * and {@code OSIRIS-REx} are found by their parts; then without case and accents, and the plural as the singular.
 */
final class CatalogueAnalyzer extends Analyzer {
    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** Longer runs of letters and digits are data, not words. */
    private static final int MAX_WORD = 255;

    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
        var words = new PatternTokenizer(SEPARATOR, -1);
        var bounded = new LengthFilter(words, 1, MAX_WORD);
        var folded = new ASCIIFoldingFilter(new LowerCaseFilter(bounded));
        return new TokenStreamComponents(words, new EnglishMinimalStemFilter(folded));
    }
}
