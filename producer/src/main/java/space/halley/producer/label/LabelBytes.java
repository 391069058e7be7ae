package space.halley.producer.label;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What can be told of a file from its first bytes, before any parser sees it. */
final class LabelBytes {
    private static final int HEAD = 4_096;
    private static final Pattern PDS3 = Pattern.compile("^\\s*(CCSD3ZF|NJPL1I00PDS)|(PDS|ODL)_VERSION_ID\\s*=");

    private LabelBytes() {}

    /**
     * Whether this is a PDS3 label, attached to its data or not. Such a label says so near its beginning, sometimes
     * after the mark of a standard formatted data unit.
     */
    static boolean isPds3(byte[] bytes) {
        if (bytes[0] == '<' || bytes[start(bytes)] == '<') {
            return false;
        }
        return PDS3.matcher(new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1))
                .find();
    }

    /**
     * Where the document begins: after blanks and empty lines. Strictly an XML declaration must be the first thing in
     * its file, but a line too many above it changes nothing of what the label says.
     */
    static int start(byte[] bytes) {
        var at = 0;
        while (at < bytes.length && isBlank(bytes[at])) {
            at++;
        }
        return at < bytes.length && bytes[at] == '<' ? at : 0;
    }

    /** The number of line ends before that place. */
    static int lines(byte[] bytes, int end) {
        var lines = 0;
        for (var at = 0; at < end; at++) {
            if (bytes[at] == '\n' || (bytes[at] == '\r' && (at + 1 == bytes.length || bytes[at + 1] != '\n'))) {
                lines++;
            }
        }
        return lines;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
