package space.halley.domain;

import java.util.regex.Pattern;

/** The short name of an agency, as in its topics and principals: {@code nasa}, {@code esa}. */
public record AgencyId(String value) implements Comparable<AgencyId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{1,30}");

    public AgencyId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "agency", "'" + Texts.shown(value) + "' is not 2 to 31 lower-case letters, digits or dashes");
        }
    }

    @Override
    public int compareTo(AgencyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
