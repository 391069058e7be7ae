package space.halley.producer.label;

import org.jspecify.annotations.Nullable;
import space.halley.domain.ContentHash;
import space.halley.domain.ProductDescription;

/** What came of reading one label: a description, or the reason why there is none. Reading a label never throws. */
public sealed interface LabelReading {

    /** Where the label was: a path, a file name. */
    String source();

    /** The label has everything that a release needs. */
    record Read(String source, ProductDescription product) implements LabelReading {}

    /**
     * The label is refused.
     *
     * @param explanation what is wrong and what to do, in one or two sentences
     * @param line where in the source, from 1; null if the whole of it is meant
     * @param hash of the source's bytes; null if they could not be read, or not all of them
     */
    record Refused(
            String source,
            LabelRefusal reason,
            String explanation,
            @Nullable Integer line,
            @Nullable ContentHash hash) implements LabelReading {

        /** One line for a person: {@code <source>[:<line>]: <REASON>: <explanation>}. */
        public String inOneLine() {
            return source + (line == null ? "" : ":" + line) + ": " + reason + ": " + explanation;
        }
    }
}
