package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import space.halley.domain.Lid;

/** For one product, public revisions ascend from 1, with no gap. */
public final class RevisionOrder implements Promise {

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var last = new HashMap<Lid, Integer>();
        for (var record : recording.published()) {
            var event = record.event();
            var before = last.getOrDefault(event.id().lid(), 0);
            if (event.revision() != before + 1) {
                violations.add(
                        "revision " + event.revision() + " of " + record.shown() + " follows revision " + before);
            }
            last.put(event.id().lid(), event.revision());
        }
        return violations;
    }
}
