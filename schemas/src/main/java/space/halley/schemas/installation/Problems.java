package space.halley.schemas.installation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with a document, each problem with its line. A document full of mistakes does not make an endless list. */
final class Problems {
    private static final int MOST = 50;

    /** @param line from 1 */
    private record Problem(int line, String text) {}

    private final List<Problem> found = new ArrayList<>();
    private int more;

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    void add(Node node, String text) {
        add(line(node), text);
    }

    void add(int line, String text) {
        if (found.size() < MOST) {
            found.add(new Problem(line, text));
        } else {
            more++;
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    int count() {
        return found.size() + more;
    }

    /** One text for each, in the document's order. */
    List<String> texts() {
        var texts = new ArrayList<String>();
        found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .forEach(problem -> texts.add("line " + problem.line() + ": " + problem.text()));
        if (more > 0) {
            texts.add("and " + more + " more");
        }
        return texts;
    }

    /** The text as a message may show it: cut, and with control characters replaced. */
    static String shown(String text) {
        var cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
    }
}
