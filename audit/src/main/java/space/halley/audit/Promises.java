package space.halley.audit;

import java.util.ArrayList;
import java.util.List;
import space.halley.domain.Agencies;

/** All promises that a recording alone can prove or break. */
public final class Promises {
    private static final int SHOWN = 20;

    private Promises() {}

    /**
     * @param agencies those of the installation
     * @param partitions of the command topics
     */
    public static List<Promise> all(Agencies agencies, int partitions) {
        return List.of(
                new NeverEarly(),
                new Conservation(),
                new ExactlyOnce(),
                new RevisionOrder(),
                new NoOvertaking(),
                new NoLeak(),
                new DeadLettersComplete(),
                new DecisionsAreFacts(agencies, partitions),
                new IdempotentPublishing());
    }

    /** Every violation of any of them, with the promise's name. */
    public static List<String> violations(List<Promise> promises, Recording recording) {
        var all = new ArrayList<String>();
        for (var promise : promises) {
            for (var violation : promise.violations(recording)) {
                all.add(promise.name() + ": " + violation);
            }
        }
        return all;
    }

    /**
     * Returns if the recording keeps them all.
     *
     * @throws AssertionError naming the first violations
     */
    public static void check(List<Promise> promises, Recording recording) {
        var violations = violations(promises, recording);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.size() + " violations:\n  "
                    + String.join("\n  ", violations.subList(0, Math.min(SHOWN, violations.size()))));
        }
    }
}
