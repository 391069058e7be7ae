package space.halley.bench;

/** Tells whoever waits what is being done. */
@FunctionalInterface
interface Progress {
    void now(String step);
}
