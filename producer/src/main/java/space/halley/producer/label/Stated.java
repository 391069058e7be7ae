package space.halley.producer.label;

/**
 * A text that a label states, with the line on which it does.
 *
 * @param text in the form of {@link TidyText}
 */
record Stated(String text, int line) {
    private static final int SHOWN = 80;

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** As an error message may show it. */
    String shown() {
        return shown(text);
    }

    /** The text, cut, and without characters that could disturb a terminal. */
    static String shown(String text) {
        var cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
