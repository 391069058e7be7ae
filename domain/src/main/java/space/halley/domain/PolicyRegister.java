package space.halley.domain;

import java.util.Map;
import java.util.TreeMap;

/**
 * The policy versions that one partition has applied. A version is written to every partition of an agency's command topic;
 * each applies it at its own place in the log, whatever becomes of the others, so that a broadcast that was interrupted can
 * simply be said again.
 *
 * @param applied the hash of every version, by number, from 1 without gaps
 */
public record PolicyRegister(Map<Integer, ContentHash> applied) {
    /** No version has been applied. */
    public static final PolicyRegister EMPTY = new PolicyRegister(Map.of());

    public PolicyRegister {
        applied = Map.copyOf(applied);
    }

    /** What becomes of a version that is said. */
    public sealed interface Answer {}

    /** It is in force from here on. */
    public record Applied(PolicyRegister after) implements Answer {}

    /** It was applied before; nothing changes. */
    public record Repeated() implements Answer {}

    /** It is not applied. */
    public record Refused(RefusalReason reason, String explanation) implements Answer {}

    /** The number of the version in force; 0 if there is none. */
    public int number() {
        return applied.size();
    }

    /** What becomes of this version. */
    public Answer say(int number, ContentHash hash) {
        var known = applied.get(number);
        if (known != null) {
            return known.equals(hash)
                    ? new Repeated()
                    : new Refused(
                            RefusalReason.POLICY_CONFLICT,
                            "version " + number + " was published before with the hash " + known + ", this one has "
                                    + hash + "; give the changed policy the number " + (number() + 1));
        }
        if (number != number() + 1) {
            return new Refused(
                    RefusalReason.POLICY_GAP,
                    "version " + number + " cannot follow version " + number() + "; publish version " + (number() + 1)
                            + " first, or give this document that number");
        }
        var after = new TreeMap<>(applied);
        after.put(number, hash);
        return new Applied(new PolicyRegister(after));
    }
}
