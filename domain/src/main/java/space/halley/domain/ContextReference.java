package space.halley.domain;

import org.jspecify.annotations.Nullable;

/**
 * What a product belongs to: a mission, a spacecraft, an instrument, a target. Names drift between labels ("InSight",
 * "INSIGHT"), references do not, so whoever compares uses the reference where there is one.
 *
 * @param name as the label has it
 * @param lid the context product's identifier, without version; null if the label has none
 */
public record ContextReference(
        Role role, String name, @Nullable Lid lid) {

    /** What the reference is to; the words of PDS4. */
    public enum Role {
        /** {@code Investigation_Area}: a mission, an observing campaign. */
        INVESTIGATION("investigation name"),
        /** {@code Observing_System_Component} of type Host, Spacecraft, Lander, Rover. */
        HOST("host name"),
        /** {@code Observing_System_Component} of type Instrument. */
        INSTRUMENT("instrument name"),
        /** {@code Target_Identification}. */
        TARGET("target name"),
        /** Any other part of the observing system: a telescope, an observatory, a laboratory. */
        OTHER("other name");

        /** What messages call a reference's name. */
        private final String field;

        Role(String field) {
            this.field = field;
        }
    }

    public ContextReference {
        Texts.required(role.field, name, 500);
    }
}
