package space.halley.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import space.halley.domain.VersionState.Status;

/** When faults have stopped, nothing stays held for long after its release instant. Holds at one instant only. */
public final class Liveness implements Promise {
    private static final Set<String> HELD = Set.of(Status.HELD.name(), Status.PARTNERS.name());

    private final Instant now;
    private final Duration bound;

    /** @param bound how long after its instant a version may still be held */
    public Liveness(Instant now, Duration bound) {
        this.now = now;
        this.bound = bound;
    }

    @Override
    public List<String> violations(Recording recording) {
        var last = new HashMap<String, Listed>();
        recording.catalogue().forEach(listed -> last.put(listed.record().id().toString(), listed));
        var violations = new ArrayList<String>();
        for (var listed : last.values()) {
            var record = listed.record();
            var releaseAt = record.releaseAt();
            if (HELD.contains(record.status())
                    && releaseAt != null
                    && releaseAt.plus(bound).isBefore(now)) {
                violations.add(record.id() + listed.shownPlace() + " was to be released at " + releaseAt
                        + " and is held at " + now);
            }
        }
        return violations;
    }
}
