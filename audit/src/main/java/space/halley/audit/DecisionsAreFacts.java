package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.domain.VersionState.Status;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.JournalEntry;

/**
 * The catalogue is a fold of the journal, and with the same code, deciding the commands again reproduces the journal of
 * every product. (Newer code may decide otherwise and must not be asked.)
 */
public final class DecisionsAreFacts implements Promise {
    private final Agencies agencies;
    private final int partitions;

    public DecisionsAreFacts(Agencies agencies, int partitions) {
        this.agencies = agencies;
        this.partitions = partitions;
    }

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        violations.addAll(catalogue(recording));
        var again = new ReferenceLanes(agencies, partitions).decide(recording.inputs());
        violations.addAll(differences("journal", byProduct(again.journal()), byProduct(recording.journal())));
        violations.addAll(differences("public log", published(again), published(recording)));
        violations.addAll(differences("partners' records", told(again), told(recording)));
        violations.addAll(aborted(recording, again));
        return violations;
    }

    private static Map<String, List<PublicEvent>> published(Recording recording) {
        return Evidence.group(
                recording.published().stream().map(Published::event).toList(),
                event -> event.id().lid().toString());
    }

    private static Map<String, List<PartnerEvent>> told(Recording recording) {
        return Evidence.group(
                recording.told().stream().map(Told::event).toList(),
                event -> event.id().lid().toString());
    }

    /**
     * What was written and aborted is in the log too, so it must be a decision of the log as well: of all that was said, of
     * which the lane may have committed less.
     *
     * @param decided what follows from the inputs that the lane has decided
     */
    private List<String> aborted(Recording recording, Recording decided) {
        if (recording.physical().size() == recording.published().size()
                && recording.physicallyTold().size() == recording.told().size()) {
            return List.of();
        }
        var inputs = new ArrayList<>(recording.inputs());
        inputs.addAll(recording.undecided());
        var again = recording.undecided().isEmpty() ? decided : new ReferenceLanes(agencies, partitions).decide(inputs);
        var published = again.published().stream().map(Published::event).collect(Collectors.toSet());
        var told = again.told().stream().map(Told::event).collect(Collectors.toSet());
        var violations = new ArrayList<String>();
        recording.physical().stream()
                .filter(record -> !published.contains(record.event()))
                .forEach(record -> violations.add("nothing that was said leads to the public record of "
                        + record.shown() + ", committed or aborted"));
        recording.physicallyTold().stream()
                .filter(record -> !told.contains(record.event()))
                .forEach(record -> violations.add(
                        "nothing that was said leads to the record of " + record.shown() + ", committed or aborted"));
        return violations;
    }

    private static List<String> catalogue(Recording recording) {
        var violations = new ArrayList<String>();
        var standing = new HashMap<String, @Nullable Status>();
        for (var entry : recording.journal()) {
            var id = entry.lidvid();
            var after = id == null ? null : Evidence.after(standing.get(id), entry);
            if (after != null) {
                standing.put(String.valueOf(id), after);
            }
        }
        var last = new HashMap<String, CatalogueRecord>();
        recording.catalogue().forEach(record -> last.put(record.id().toString(), record));
        var ids = new TreeSet<>(standing.keySet());
        ids.addAll(last.keySet());
        for (var id : ids) {
            var record = last.get(id);
            var listed = record == null ? null : record.status();
            var status = standing.get(id);
            if (status == null || !status.name().equals(listed)) {
                violations.add(id + " is " + status + " by the journal and " + listed + " in the catalogue");
            }
        }
        return violations;
    }

    /** What the rules decided; refusals of what did not reach them have texts that are not part of the promise. */
    private static Map<String, List<JournalEntry>> byProduct(List<JournalEntry> journal) {
        return Evidence.group(journal, entry -> {
            var id = String.valueOf(entry.lidvid());
            return Evidence.isByTheRules(entry) ? entry.agency() + " on " + id.substring(0, id.indexOf("::")) : null;
        });
    }

    private static <T> List<String> differences(
            String what, Map<String, List<T>> expected, Map<String, List<T>> actual) {
        var violations = new ArrayList<String>();
        var lids = new TreeSet<>(expected.keySet());
        lids.addAll(actual.keySet());
        for (var lid : lids) {
            var wanted = expected.getOrDefault(lid, List.of());
            var found = actual.getOrDefault(lid, List.of());
            if (!wanted.equals(found)) {
                var same = 0;
                while (same < Math.min(wanted.size(), found.size())
                        && wanted.get(same).equals(found.get(same))) {
                    same++;
                }
                violations.add("deciding again gives " + lid + " another " + what + " from its entry " + same + " on: "
                        + (same < wanted.size() ? wanted.get(same) : "nothing") + ", not "
                        + (same < found.size() ? found.get(same) : "nothing"));
            }
        }
        return violations;
    }
}
