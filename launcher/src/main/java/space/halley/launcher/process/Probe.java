package space.halley.launcher.process;

import java.util.Optional;

/** Asks a program whether it can do its work. */
@FunctionalInterface
public interface Probe {
    /** What keeps it from being ready, in a few words; empty if it is ready. */
    Optional<String> obstacle() throws InterruptedException;

    /** Ready when this one and then the other one is. */
    default Probe then(Probe other) {
        return () -> {
            var first = obstacle();
            return first.isPresent() ? first : other.obstacle();
        };
    }
}
