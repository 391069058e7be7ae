package space.halley.producer.label;

/**
 * A text that a label states, with the line on which it does.
 *
 * @param text without white space at its ends, and with every run of white space inside as one blank: in a label, line
 *     breaks are layout
 */
record Stated(String text, int line) {
    private static final int SHOWN = 80;

    static Stated of(CharSequence raw, int line) {
        return new Stated(isTidy(raw) ? raw.toString() : tidied(raw), line);
    }

    private static boolean isTidy(CharSequence raw) {
        var blank = true;
        for (var at = 0; at < raw.length(); at++) {
            var c = raw.charAt(at);
            if (c <= ' ' && (blank || c != ' ')) {
                return false;
            }
            blank = c == ' ';
        }
        return !blank;
    }

    private static String tidied(CharSequence raw) {
        var text = new StringBuilder(raw.length());
        var blank = false;
        for (var at = 0; at < raw.length(); at++) {
            var c = raw.charAt(at);
            if (c > ' ') {
                text.append(blank && !text.isEmpty() ? " " : "").append(c);
            }
            blank = c <= ' ';
        }
        return text.toString();
    }

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
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
