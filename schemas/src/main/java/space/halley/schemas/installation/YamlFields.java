package space.halley.schemas.installation;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import space.halley.domain.InvalidValueException;

/**
 * A mapping in a YAML document. What is wrong with it is noted with its line, and what can be read is read, so that a
 * document's author sees everything at once.
 *
 * <p>Only the text of a scalar counts, never the type that YAML guesses. Anchors and tags of one's own are refused: they
 * could make a small document a huge one, and a rule should stand where it is read.
 */
final class YamlFields {
    private final Node node;
    private final Map<String, Node> values;
    private final Problems problems;

    private YamlFields(Node node, Map<String, Node> values, Problems problems) {
        this.node = node;
        this.values = values;
        this.problems = problems;
    }

    /** The mapping with any keys; empty, and noted, if the node is none. */
    static Optional<YamlFields> any(String what, Node node, Problems problems) {
        if (!isPlain(node, problems)) {
            return Optional.empty();
        }
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, what + " must be a mapping");
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, Node>();
        for (var entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.add(entry.getKeyNode(), what + " has a key that is no text");
            } else if (isPlain(key, problems)) {
                var before = values.putIfAbsent(key.getValue(), entry.getValueNode());
                if (before != null) {
                    problems.add(
                            key,
                            what + " has the key " + Problems.shown(key.getValue()) + " twice, first on line "
                                    + Problems.line(before));
                }
            }
        }
        return Optional.of(new YamlFields(node, values, problems));
    }

    /** The mapping, whose keys must be among these. */
    static Optional<YamlFields> of(String what, Node node, Set<String> keys, Problems problems) {
        var fields = any(what, node, problems);
        fields.ifPresent(known -> known.values.forEach((key, value) -> {
            if (!keys.contains(key)) {
                problems.add(
                        value,
                        what + " has the unknown key '" + Problems.shown(key) + "'; known are "
                                + String.join(", ", keys.stream().sorted().toList()));
            }
        }));
        return fields;
    }

    Node node() {
        return node;
    }

    Map<String, Node> values() {
        return values;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<Node> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value of a key that must be there; noted if it is not. */
    Optional<Node> need(String key) {
        if (!values.containsKey(key)) {
            problems.add(node, key + " is missing");
        }
        return find(key);
    }

    /** What a scalar's text stands for; empty if the key is missing or, then noted, if the text is wrong. */
    <T> Optional<T> find(String key, Function<String, T> meaning) {
        return find(key).flatMap(value -> scalar(key, value, meaning));
    }

    /** The same of a key that must be there. */
    <T> Optional<T> need(String key, Function<String, T> meaning) {
        return need(key).flatMap(value -> scalar(key, value, meaning));
    }

    /** What the texts of a list, or of one scalar, stand for; empty if none can be read. */
    <T> List<T> list(String key, int most, Function<String, T> meaning) {
        var value = values.get(key);
        if (value == null || !isPlain(value, problems)) {
            return List.of();
        }
        var items = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
        if (items.isEmpty()) {
            problems.add(value, key + " names nothing; leave it out instead");
        }
        if (items.size() > most) {
            problems.add(value, key + " has " + items.size() + " values; at most " + most + " are allowed");
            return List.of();
        }
        var read = new ArrayList<T>();
        for (var item : items) {
            scalar(key, item, meaning).ifPresent(one -> {
                if (read.contains(one)) {
                    problems.add(item, key + " names " + Problems.shown(String.valueOf(one)) + " twice");
                }
                read.add(one);
            });
        }
        return read;
    }

    /** The items of a list; empty, and noted, if it is none or too long. */
    List<Node> items(String key, int most) {
        var value = values.get(key);
        if (value == null || !isPlain(value, problems)) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            problems.add(value, key + " must be a list");
            return List.of();
        }
        if (sequence.getValue().size() > most) {
            problems.add(
                    value, key + " has " + sequence.getValue().size() + " entries; at most " + most + " are allowed");
            return List.of();
        }
        return sequence.getValue();
    }

    /** What a scalar node stands for. */
    <T> Optional<T> scalar(String key, Node value, Function<String, T> meaning) {
        if (!isPlain(value, problems)) {
            return Optional.empty();
        }
        if (!(value instanceof ScalarNode scalar)) {
            problems.add(value, key + " must be a single value");
            return Optional.empty();
        }
        if (value.getTag().equals(Tag.NULL) || scalar.getValue().isBlank()) {
            problems.add(value, key + " is empty");
            return Optional.empty();
        }
        return checked(value, key, () -> meaning.apply(scalar.getValue().strip()));
    }

    /** The value, unless the domain refuses it; then that is noted. */
    <T> Optional<T> checked(Node place, String key, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (InvalidValueException e) {
            problems.add(place, String.valueOf(e.getMessage()));
        } catch (DateTimeException e) {
            problems.add(place, key + ": " + Problems.shown(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static boolean isPlain(Node node, Problems problems) {
        if (node.getAnchor() != null) {
            problems.add(node, "anchors and aliases are not allowed; write the value out");
            return false;
        }
        if (!Tag.standardTags.contains(node.getTag())) {
            problems.add(node, "the tag " + Problems.shown(node.getTag().getValue()) + " is not allowed");
            return false;
        }
        return true;
    }
}
