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
        INVESTIGATION,
        /** {@code Observing_System_Component} of type Host, Spacecraft, Lander, Rover. */
        HOST,
        /** {@code Observing_System_Component} of type Instrument. */
        INSTRUMENT,
        /** {@code Target_Identification}. */
        TARGET,
        /** Any other part of the observing system: a telescope, an observatory, a laboratory. */
        OTHER
    }

    public ContextReference {
        Texts.required(role.name().toLowerCase(java.util.Locale.ROOT) + " name", name, 500);
    }
}
