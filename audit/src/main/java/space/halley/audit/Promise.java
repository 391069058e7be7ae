package space.halley.audit;

import java.util.List;

/** Something that must be true of every recording. */
public interface Promise {

    /** Every way in which the recording breaks the promise, one sentence each; empty if it is kept. */
    List<String> violations(Recording recording);

    /** The promise's name in the documentation. */
    default String name() {
        return getClass().getSimpleName();
    }
}
