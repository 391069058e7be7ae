package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import space.halley.domain.Effect.Verdict;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;

/**
 * The same product, version and content again gives the same receipt and nothing new; the same version never has two
 * contents.
 */
public final class IdempotentPublishing implements Promise {
    private static final Set<Verdict> NOTHING_NEW = Set.of(Verdict.REPEATED, Verdict.REFUSED);

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var receiptIds = new HashMap<String, String>();
        for (var receipt : recording.receipts()) {
            var id = receipt.lidvid();
            if (id != null && receipt.answer() instanceof Receipt.Accepted accepted) {
                var known = receiptIds.putIfAbsent(id, accepted.receiptId());
                if (known != null && !known.equals(accepted.receiptId())) {
                    violations.add(id + " has the receipts " + known + " and " + accepted.receiptId());
                }
            }
        }
        var contents = new HashMap<String, String>();
        var revisions = new HashMap<String, Integer>();
        for (var entry : recording.journal()) {
            if (!Evidence.isByTheRules(entry)) {
                continue;
            }
            violations.addAll(entry(entry, contents, revisions));
        }
        return violations;
    }

    private static List<String> entry(
            JournalEntry entry, Map<String, String> contents, Map<String, Integer> revisions) {
        var violations = new ArrayList<String>();
        var id = String.valueOf(entry.lidvid());
        var lid = id.substring(0, id.indexOf("::"));
        var content = entry.contentSha256();
        var known = content == null ? null : contents.putIfAbsent(id, content);
        if (known != null && !known.equals(content)) {
            violations.add(id + " had the content " + known + " and has " + content + " at " + Evidence.cause(entry));
        }
        // Another agency that speaks of the product knows nothing of its revisions.
        var before = revisions.put(entry.agency() + " " + lid, entry.publicRevision());
        var revision = before == null ? 0 : before;
        if (NOTHING_NEW.contains(Evidence.verdict(entry)) && revision != entry.publicRevision()) {
            violations.add(Evidence.cause(entry) + " changed nothing, and the public revision of " + lid + " went from "
                    + revision + " to " + entry.publicRevision());
        }
        return violations;
    }
}
