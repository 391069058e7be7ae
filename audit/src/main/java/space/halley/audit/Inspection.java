package space.halley.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import space.halley.domain.Agencies;

/**
 * Looks at a recording of lanes that may be at work: what they have not decided yet is left out, and so is what a drain or a
 * scan has not reached yet. Without patience nothing is left out.
 */
public final class Inspection {
    private final Agencies agencies;
    private final int partitions;
    private final Duration patience;

    /**
     * @param patience how long a lane may be seen at work before something that a drain or scan did not reach is missing;
     *     with zero everything must have been decided and reached
     */
    public Inspection(Agencies agencies, int partitions, Duration patience) {
        this.agencies = agencies;
        this.partitions = partitions;
        this.patience = patience;
    }

    /** What is found. */
    public Auditor.Report of(Recording all) {
        var decided = all.decided();
        // Whoever has no patience says that the lanes are at rest; then what they have not come to is lost.
        var atRest = patience.isZero();
        var recording = atRest ? all : decided;
        var violations = new LinkedHashMap<String, List<String>>();
        violations.put("Readable", recording.unreadable());
        for (var promise : Promises.all(agencies, partitions)) {
            violations.put(promise.name(), new ArrayList<>(promise.violations(recording)));
        }
        var unfinished = Unfinished.NOTHING;
        // Everything is decided once more only if there is reason to; usually a log is finished.
        var strict = new DecisionsAreFacts(agencies, partitions);
        if (!atRest && !violations.getOrDefault(strict.name(), List.of()).isEmpty()) {
            unfinished = Unfinished.of(
                    recording, new ReferenceLanes(agencies, partitions).decide(recording.inputs()), patience);
        }
        if (!unfinished.isNothing()) {
            violations.put(
                    strict.name(), new DecisionsAreFacts(agencies, partitions, unfinished).violations(recording));
        }
        return new Auditor.Report(
                all.inputs().size(),
                decided.undecided().size(),
                unfinished.products(),
                recording.journal().size(),
                recording.published().size(),
                recording.physical().size()
                        - recording.published().size()
                        + recording.physicallyTold().size()
                        - recording.told().size(),
                oldestCommands(decided.undecided()),
                unfinished.oldest(),
                leftOut(all),
                violations);
    }

    /** The first command of each lane that it has not come to. */
    private static List<Waiting> oldestCommands(List<Appended> undecided) {
        var first = new LinkedHashMap<LanePartition, Appended>();
        for (var input : undecided) {
            if (!input.isFence()) {
                first.putIfAbsent(input.at().lane(), input);
            }
        }
        return Waiting.oldest(first.values().stream().map(Waiting::of));
    }

    private static Map<String, Integer> leftOut(Recording recording) {
        var byName = new TreeMap<String, Integer>();
        recording.leftOut().forEach((agency, records) -> byName.put(agency.value(), records));
        return byName;
    }
}
