package space.halley.launcher.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters of a request, each name as often as it has values. */
final class Question {
    private final List<String> pairs = new ArrayList<>();

    Question with(String name, @Nullable String value) {
        if (value != null) {
            pairs.add(encoded(name) + "=" + encoded(value));
        }
        return this;
    }

    Question with(String name, List<String> values) {
        values.forEach(value -> with(name, value));
        return this;
    }

    /** A question with all of this one's parameters, to add others to. */
    Question copy() {
        var copy = new Question();
        copy.pairs.addAll(pairs);
        return copy;
    }

    /** With its question mark; empty if there are no parameters. */
    String text() {
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    /** The text as a part of a path or of a question: everything but letters, digits and {@code -._~} is escaped. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
