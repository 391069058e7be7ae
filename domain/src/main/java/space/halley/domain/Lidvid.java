package space.halley.domain;

/** One version of one product: {@code <lid>::<vid>}. */
public record Lidvid(Lid lid, Vid vid) implements Comparable<Lidvid> {
    private static final String SEPARATOR = "::";

    /**
     * Reads the text form.
     *
     * @throws InvalidValueException if a part is missing or wrong
     */
    public static Lidvid parse(String text) {
        var at = text.lastIndexOf(SEPARATOR);
        if (at < 0) {
            throw new InvalidValueException(
                    "lidvid", "'" + Texts.shown(text) + "' has no version; write <logical_identifier>::<version_id>");
        }
        return new Lidvid(new Lid(text.substring(0, at)), Vid.parse(text.substring(at + SEPARATOR.length())));
    }

    @Override
    public int compareTo(Lidvid other) {
        var byLid = lid.compareTo(other.lid);
        return byLid != 0 ? byLid : vid.compareTo(other.vid);
    }

    @Override
    public String toString() {
        return lid + SEPARATOR + vid;
    }
}
