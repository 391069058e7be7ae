package space.halley.api.index;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What products and events can be chosen by. The names are those of the API's parameters. */
public enum Facet {
    /** The agency's short name. */
    AGENCY("agency", Fields.AGENCY),
    /** A mission's or campaign's name or reference. */
    MISSION("mission", Fields.MISSION),
    /** A spacecraft's, lander's or rover's name or reference. */
    HOST("host", Fields.HOST),
    INSTRUMENT("instrument", Fields.INSTRUMENT),
    TARGET("target", Fields.TARGET),
    /** The PDS4 class, with or without its {@code Product_}. */
    CLASS("class", Fields.PRODUCT_CLASS),
    /** The processing level. */
    LEVEL("level", Fields.LEVEL),
    /** The logical identifier, exactly. */
    LID("lid", Fields.LID);

    private final String parameter;
    private final String field;

    Facet(String parameter, String field) {
        this.parameter = parameter;
        this.field = field;
    }

    /** The name of the parameter. */
    public String parameter() {
        return parameter;
    }

    /** The facet with that parameter. */
    public static Optional<Facet> of(String parameter) {
        return Stream.of(values())
                .filter(facet -> facet.parameter.equals(parameter))
                .findFirst();
    }

    String field() {
        return field;
    }

    /** The form in which the index has a value that was asked for. */
    String asked(String value) {
        return switch (this) {
            case AGENCY -> value.strip().toLowerCase(Locale.ROOT);
            case LID -> value.strip();
            case CLASS, LEVEL -> Names.compact(value);
            case MISSION, HOST, INSTRUMENT, TARGET -> Names.asked(value);
        };
    }
}
