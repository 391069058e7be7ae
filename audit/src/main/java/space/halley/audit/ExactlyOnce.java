package space.halley.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.Topics;

/**
 * There is at most one committed public record per product and revision, and at most one release per version; and partners
 * are told what the journal says, no more, no less, and nothing twice.
 */
public final class ExactlyOnce implements Promise {
    private record Revision(Lid lid, int number) {}

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var revisions = new HashSet<Revision>();
        var released = new HashSet<Lidvid>();
        for (var record : recording.published()) {
            var event = record.event();
            if (!revisions.add(new Revision(event.id().lid(), event.revision()))) {
                violations.add("revision " + event.revision() + " of " + record.shown() + " is public twice");
            }
            if (event.news() instanceof PublicEvent.Released && !released.add(event.id())) {
                violations.add(record.shown() + " was released twice");
            }
        }
        violations.addAll(partners(recording));
        return violations;
    }

    private static List<String> partners(Recording recording) {
        var violations = new ArrayList<String>();
        var numbers = new HashSet<Revision>();
        var shared = new HashSet<String>();
        for (var record : recording.physicallyTold()) {
            var place = record.place();
            if (place != null
                    && !place.topic().equals(Topics.partners(record.event().recipient()))) {
                violations.add(record.shown() + " stands in a topic that somebody else reads");
            }
        }
        for (var record : recording.told()) {
            var event = record.event();
            if (!numbers.add(new Revision(event.id().lid(), event.number()))) {
                violations.add("number " + event.number() + " of " + record.shown() + " was told twice");
            }
            if (event.news() instanceof PartnerEvent.Shared && !shared.add(event.id() + " with " + event.recipient())) {
                violations.add(record.shown() + " was shared twice");
            }
        }
        var decided = recording.journal().stream()
                .filter(entry -> Evidence.verdict(entry) == Verdict.SHARED)
                .map(entry -> entry.lidvid() + " with " + entry.recipient())
                .collect(Collectors.toSet());
        for (var sharing : decided) {
            if (!shared.contains(sharing)) {
                violations.add("the journal shares " + sharing + ", and no partner was told");
            }
        }
        for (var sharing : shared) {
            if (!decided.contains(sharing)) {
                violations.add(sharing + " was shared without a decision to do so");
            }
        }
        return violations;
    }
}
