package space.halley.bench;

/**
 * The sizes of what a lane writes, in bytes of the values, as measured of a lane. The shape baseline writes as much.
 *
 * @param heldState the product's state in the store while it is held
 * @param openState after its release
 */
record Shape(
        int journalOfHeld,
        int receipt,
        int catalogueOfHeld,
        int heldState,
        int publicRecord,
        int journalOfRelease,
        int catalogueOfRelease,
        int openState) {}
