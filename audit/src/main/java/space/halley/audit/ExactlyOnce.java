package space.halley.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.PublicEvent;

/** There is at most one committed public record per product and revision, and at most one release per version. */
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
                violations.add(
                        "revision " + event.revision() + " of " + event.id().lid() + " is public twice");
            }
            if (event.news() instanceof PublicEvent.Released && !released.add(event.id())) {
                violations.add(event.id() + " was released twice");
            }
        }
        return violations;
    }
}
