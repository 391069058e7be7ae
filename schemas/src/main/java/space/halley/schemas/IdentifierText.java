package space.halley.schemas;

import org.jspecify.annotations.Nullable;

/**
 * The two parts of {@code <lid>::<vid>} as they stand in a record's fields. They are not checked again: the text was made
 * of checked values a moment ago, and checking takes longer than everything else that is done with it.
 */
record IdentifierText(@Nullable String lid, @Nullable String vid) {
    private static final String SEPARATOR = "::";
    private static final IdentifierText NONE = new IdentifierText(null, null);

    /** The parts of a text; none if there is no text. */
    static IdentifierText of(@Nullable String lidvid) {
        if (lidvid == null) {
            return NONE;
        }
        var at = lidvid.lastIndexOf(SEPARATOR);
        if (at < 0) {
            throw new IllegalArgumentException("no version in " + lidvid);
        }
        return new IdentifierText(lidvid.substring(0, at), lidvid.substring(at + SEPARATOR.length()));
    }
}
