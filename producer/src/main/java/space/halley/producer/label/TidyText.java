package space.halley.producer.label;

import java.util.Arrays;

/**
 * The text of one element while it is being read: without white space at its ends, and with every run of white space
 * inside as one blank, because line breaks in a label are layout. What is longer than a limit is cut off there, so that
 * no label fills the memory. Serves one element after another, on one thread.
 */
final class TidyText {
    private static final int INITIAL_SIZE = 512;

    private final int maxLength;
    private char[] kept = new char[INITIAL_SIZE];
    private int length;

    /** @param maxLength in characters, at least one */
    TidyText(int maxLength) {
        this.maxLength = maxLength;
    }

    void clear() {
        length = 0;
    }

    /** Adds a piece of the text: {@code count} characters from {@code start} on. */
    void add(char[] characters, int start, int count) {
        makeRoom(count);
        // This loop sees every character that is kept of a label: local variables and no method call keep it fast.
        var into = kept;
        var at = length;
        var end = start + Math.min(count, maxLength - length);
        for (var from = start; from < end; from++) {
            var c = characters[from];
            if (c > ' ') {
                into[at++] = c;
            } else if (at > 0 && into[at - 1] != ' ') {
                into[at++] = ' ';
            }
        }
        length = at;
    }

    private void makeRoom(int count) {
        if (kept.length - length < count) {
            kept = Arrays.copyOf(kept, Math.max(2 * kept.length, length + count));
        }
    }

    @Override
    public String toString() {
        var endsInBlank = length > 0 && kept[length - 1] == ' ';
        return new String(kept, 0, endsInBlank ? length - 1 : length);
    }
}
