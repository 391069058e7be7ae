package space.halley.producer.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContextReference;
import space.halley.domain.ContextReference.Role;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;

/**
 * A reference to a mission, instrument or target while its element is being read. What is wrong with it never refuses
 * the label: a reference that cannot be read is left out, its name is kept.
 */
final class ContextDraft {
    private static final int MAX_NAME = 500;

    private final Role role;
    private final List<String> references = new ArrayList<>();
    private String name = "";
    private String type = "";
    private String relation = "";

    ContextDraft(Role role) {
        this.role = role;
    }

    void name(Stated value) {
        if (name.isEmpty()) {
            name = value.text();
        }
    }

    void type(Stated value) {
        if (type.isEmpty()) {
            type = value.text();
        }
    }

    void reference(Stated value) {
        references.add(value.text());
    }

    void relation(Stated value) {
        relation = value.text();
    }

    /** Whether the element says that it refers upwards: from a host to its missions and targets, and so on. */
    boolean belongsTo() {
        return relation.endsWith("_to_investigation")
                || relation.endsWith("_to_target")
                || relation.equals("instrument_to_instrument_host");
    }

    /** Adds the references that were stated: usually one, none if neither a name nor an identifier can be read. */
    void addTo(Set<ContextReference> all) {
        var identified = false;
        for (var text : references) {
            var lid = lid(text);
            if (lid != null) {
                all.add(reference(lid));
                identified = true;
            }
        }
        if (!identified && !name.isEmpty()) {
            all.add(new ContextReference(role(null), cut(name), null));
        }
    }

    private ContextReference reference(Lid lid) {
        var actual = role(lid);
        return new ContextReference(actual, cut(name.isEmpty() ? ContextNames.readable(actual, lid) : name), lid);
    }

    /** The part of an observing system is told by its type; where that is none of PDS4's, by the identifier. */
    private Role role(@Nullable Lid lid) {
        if (role != Role.OTHER) {
            return role;
        }
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "host", "spacecraft", "lander", "rover" -> Role.HOST;
            case "instrument" -> Role.INSTRUMENT;
            default -> {
                var told = lid == null ? null : ContextNames.role(lid);
                yield told == null ? Role.OTHER : told;
            }
        };
    }

    /** The identifier in a {@code lid_reference} or {@code lidvid_reference}; null if it is none. */
    private static @Nullable Lid lid(String text) {
        try {
            return text.contains("::") ? Lidvid.parse(text).lid() : new Lid(text);
        } catch (InvalidValueException unreadable) {
            return null;
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
    }
}
