package space.halley.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import space.halley.domain.Agencies;

/**
 * Looks at a recording of lanes that may be at work: what they have not decided yet is left out, and so is what a drain or a
 * scan has not reached yet.
 */
public final class Inspection {
    private final Agencies agencies;
    private final int partitions;
    private final Duration patience;

    /**
     * @param patience how long a lane may be seen at work before something that a drain or scan did not reach is missing;
     *     with zero everything must have been reached
     */
    public Inspection(Agencies agencies, int partitions, Duration patience) {
        this.agencies = agencies;
        this.partitions = partitions;
        this.patience = patience;
    }

    /** What is found. */
    public Auditor.Report of(Recording all) {
        var recording = all.decided();
        var violations = new LinkedHashMap<String, List<String>>();
        violations.put("Readable", recording.unreadable());
        for (var promise : Promises.all(agencies, partitions)) {
            violations.put(promise.name(), new ArrayList<>(promise.violations(recording)));
        }
        var unfinished = Unfinished.NOTHING;
        // Everything is decided once more only if there is reason to; usually a log is finished.
        var strict = new DecisionsAreFacts(agencies, partitions);
        if (!violations.getOrDefault(strict.name(), List.of()).isEmpty()) {
            unfinished = Unfinished.of(
                    recording, new ReferenceLanes(agencies, partitions).decide(recording.inputs()), patience);
        }
        if (!unfinished.isNothing()) {
            violations.put(
                    strict.name(), new DecisionsAreFacts(agencies, partitions, unfinished).violations(recording));
        }
        return new Auditor.Report(
                all.inputs().size(),
                recording.undecided().size(),
                unfinished.products(),
                recording.journal().size(),
                recording.published().size(),
                recording.physical().size()
                        - recording.published().size()
                        + recording.physicallyTold().size()
                        - recording.told().size(),
                violations);
    }
}
