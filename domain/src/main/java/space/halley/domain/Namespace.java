package space.halley.domain;

import java.util.regex.Pattern;

/** A prefix of logical identifiers that one agency owns, with its closing colon: {@code urn:nasa:pds:}. */
public record Namespace(String prefix) {
    private static final Pattern FORM = Pattern.compile("urn(:[a-z0-9._-]+){1,5}:");

    public Namespace {
        if (!FORM.matcher(prefix).matches()) {
            throw new InvalidValueException(
                    "namespace", "'" + Texts.shown(prefix) + "' is not of the form urn:<authority>:[<archive>:]");
        }
    }

    /** Whether the identifier lies in this namespace. */
    public boolean contains(Lid lid) {
        return lid.value().startsWith(prefix);
    }

    /** Whether some identifier could lie in both. */
    public boolean overlaps(Namespace other) {
        return prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix);
    }

    @Override
    public String toString() {
        return prefix;
    }
}
