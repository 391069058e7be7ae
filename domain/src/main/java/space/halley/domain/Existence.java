package space.halley.domain;

/** Whether the public may know that a held product exists and when it will be released. */
public enum Existence {
    /** Its identifier, missions, targets and planned release are announced publicly; its content is not. */
    PUBLIC,
    /** Nothing about it is public before its release: asking for it gives the same answer as for a product that never was. */
    HIDDEN
}
