package space.halley.producer.label;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContextReference.Role;
import space.halley.domain.Lid;

/**
 * What the identifiers of context products tell of them. They look like {@code
 * urn:nasa:pds:context:investigation:mission.apollo_12}: after {@code context} the kind of thing, then its type, then its
 * own part.
 */
final class ContextNames {
    private static final String CONTEXT = ":context:";
    private static final Pattern WORD_START = Pattern.compile("(?<![^\\s-])[a-z]");

    private ContextNames() {}

    /** The role in which products refer to this context product; null if the identifier is not that of one. */
    static @Nullable Role role(Lid lid) {
        var at = lid.value().indexOf(CONTEXT);
        if (at < 0) {
            return null;
        }
        var kind = lid.value().substring(at + CONTEXT.length());
        var end = kind.indexOf(':');
        if (end < 0) {
            return null;
        }
        return switch (kind.substring(0, end)) {
            case "investigation" -> Role.INVESTIGATION;
            case "instrument_host" -> Role.HOST;
            case "instrument" -> Role.INSTRUMENT;
            case "target" -> Role.TARGET;
            default -> Role.OTHER;
        };
    }

    /**
     * A name to read, made from the identifier's last part, for where a label refers to something without naming it:
     * {@code mission.apollo_12} is Apollo 12. Spacecraft and instruments have short codes there, which stay codes:
     * {@code spacecraft.vg1} is VG1.
     */
    static String readable(Role role, Lid lid) {
        var last = lid.value().substring(lid.value().lastIndexOf(':') + 1);
        var words = ownPart(role, last).replace('_', ' ').replace('.', ' ').strip();
        if (words.isEmpty()) {
            return last;
        }
        return role == Role.HOST || role == Role.INSTRUMENT ? words.toUpperCase(Locale.ROOT) : capitalised(words);
    }

    /** Without the type, and for a moon without its planet; an instrument has no type, but its host's code. */
    private static String ownPart(Role role, String last) {
        if (role == Role.INSTRUMENT) {
            return last;
        }
        return last.startsWith("satellite.")
                ? last.substring(last.lastIndexOf('.') + 1)
                : last.substring(last.indexOf('.') + 1);
    }

    private static String capitalised(String words) {
        return WORD_START.matcher(words).replaceAll(match -> match.group().toUpperCase(Locale.ROOT));
    }
}
