package space.halley.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import space.halley.domain.Lid;
import space.halley.domain.PublicEvent;

/** A subscriber sees every public record once, and those of one product in their order. */
public final class NoGapNoDuplicate implements Promise {
    private final List<PublicEvent> seen;

    /** @param seen what the subscriber got, in its order, over all its connections */
    public NoGapNoDuplicate(List<PublicEvent> seen) {
        this.seen = List.copyOf(seen);
    }

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var once = new HashSet<PublicEvent>();
        for (var event : seen) {
            if (!once.add(event)) {
                violations.add("revision " + event.revision() + " of " + event.id() + " was seen twice");
            }
        }
        var published = recording.published().stream().map(Published::event).toList();
        for (var event : published) {
            if (!once.contains(event)) {
                violations.add("revision " + event.revision() + " of " + event.id() + " was not seen");
            }
        }
        var known = new HashSet<>(published);
        seen.stream()
                .filter(event -> !known.contains(event))
                .forEach(event -> violations.add(
                        "revision " + event.revision() + " of " + event.id() + " was seen and is not public"));
        Evidence.<Lid, PublicEvent>group(seen, event -> event.id().lid()).forEach((lid, events) -> {
            for (int i = 1; i < events.size(); i++) {
                if (events.get(i).revision() < events.get(i - 1).revision()) {
                    violations.add("revision " + events.get(i).revision() + " of " + lid + " was seen after revision "
                            + events.get(i - 1).revision());
                }
            }
        });
        return violations;
    }
}
