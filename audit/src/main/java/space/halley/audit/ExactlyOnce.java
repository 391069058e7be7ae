package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import space.halley.domain.AgencyId;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Topics;

/**
 * There is at most one committed public record per product and revision, and at most one release per version; and partners
 * are told what the journal says, no more, no less, and nothing twice.
 */
public final class ExactlyOnce implements Promise {
    private record Revision(Lid lid, int number) {}

    /** @param shares or takes back: builds that counted over all recipients may have shared under any number */
    private record Telling(Lidvid id, AgencyId recipient, int number, boolean shares) {}

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var revisions = new HashMap<Revision, Published>();
        var released = new HashMap<Lidvid, Published>();
        for (var record : recording.published()) {
            var event = record.event();
            var same = revisions.putIfAbsent(new Revision(event.id().lid(), event.revision()), record);
            if (same != null) {
                violations.add("revision " + event.revision() + " of " + record.shown() + " is public twice"
                        + same.shownFirst());
            }
            var before = event.news() instanceof PublicEvent.Released ? released.putIfAbsent(event.id(), record) : null;
            if (before != null) {
                violations.add(record.shown() + " was released twice" + before.shownFirst());
            }
        }
        violations.addAll(partners(recording));
        return violations;
    }

    private static List<String> partners(Recording recording) {
        var violations = new ArrayList<String>();
        var numbers = new HashMap<Telling, Told>();
        var shared = new LinkedHashMap<String, Told>();
        for (var record : recording.physicallyTold()) {
            var place = record.place();
            if (place != null
                    && !place.topic().equals(Topics.partners(record.event().recipient()))) {
                violations.add(record.shown() + " stands in a topic that somebody else reads");
            }
        }
        for (var record : recording.told()) {
            var event = record.event();
            var shares = event.news() instanceof PartnerEvent.Shared;
            var same = numbers.putIfAbsent(new Telling(event.id(), event.recipient(), event.number(), shares), record);
            if (same != null) {
                violations.add(
                        "number " + event.number() + " of " + record.shown() + " was told twice" + same.shownFirst());
            }
            var before = shares ? shared.putIfAbsent(event.id() + " with " + event.recipient(), record) : null;
            if (before != null) {
                violations.add(record.shown() + " was shared twice" + before.shownFirst());
            }
        }
        var decided = Evidence.<String, JournalEntry>group(
                recording.journal(),
                entry -> Evidence.verdict(entry) == Verdict.SHARED
                        ? entry.lidvid() + " with " + entry.recipient()
                        : null);
        decided.forEach((sharing, entries) -> {
            if (!shared.containsKey(sharing)) {
                violations.add("the journal shares " + sharing + " at " + Evidence.cause(entries.getFirst())
                        + ", and no partner was told");
            }
        });
        shared.forEach((sharing, record) -> {
            if (!decided.containsKey(sharing)) {
                violations.add(record.shown() + " was shared without a decision to do so");
            }
        });
        return violations;
    }
}
