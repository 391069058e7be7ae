package space.halley.producer.label;

import java.util.List;
import java.util.regex.Pattern;

/** Marks of templates that were not filled in, in the notations of the tools that archives make labels with. */
final class Placeholders {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\w+");
    private static final List<String> MARKS = List.of("${", "{{", "{%", "<%");

    private Placeholders() {}

    /** Whether an identifier contains a placeholder; a dollar sign has no other use there. */
    static boolean inIdentifier(String text) {
        return text.indexOf('$') >= 0 || hasMark(text);
    }

    /** Whether a text is one placeholder or has one in it that cannot be anything else. */
    static boolean inText(String text) {
        return (text.startsWith("$") && VARIABLE.matcher(text).matches()) || hasMark(text);
    }

    private static boolean hasMark(String text) {
        if (text.indexOf('{') < 0 && text.indexOf('%') < 0) {
            return false;
        }
        for (var mark : MARKS) {
            if (text.contains(mark)) {
                return true;
            }
        }
        return false;
    }
}
