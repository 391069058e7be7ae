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

    /** What was said of a version first, and where. */
    private record Known(String value, Position at) {}

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var receiptIds = new HashMap<String, Known>();
        for (var receipt : recording.receipts()) {
            var id = receipt.lidvid();
            if (id != null && receipt.answer() instanceof Receipt.Accepted accepted) {
                var at = Evidence.cause(receipt);
                var known = receiptIds.putIfAbsent(id, new Known(accepted.receiptId(), at));
                if (known != null && !known.value().equals(accepted.receiptId())) {
                    violations.add(id + " has the receipts " + known.value() + " for " + known.at() + " and "
                            + accepted.receiptId() + " for " + at);
                }
            }
        }
        var contents = new HashMap<String, Known>();
        var revisions = new HashMap<String, Integer>();
        for (var entry : recording.journal()) {
            if (!Evidence.isByTheRules(entry)) {
                continue;
            }
            violations.addAll(entry(entry, contents, revisions));
        }
        return violations;
    }

    private static List<String> entry(JournalEntry entry, Map<String, Known> contents, Map<String, Integer> revisions) {
        var violations = new ArrayList<String>();
        var id = String.valueOf(entry.lidvid());
        var lid = id.substring(0, id.indexOf("::"));
        var content = entry.contentSha256();
        var at = Evidence.cause(entry);
        var known = content == null ? null : contents.putIfAbsent(id, new Known(content, at));
        if (known != null && !known.value().equals(content)) {
            violations.add(id + " had the content " + known.value() + " at " + known.at() + " and has " + content
                    + " at " + at);
        }
        // Another agency that speaks of the product knows nothing of its revisions.
        var before = revisions.put(entry.agency() + " " + lid, entry.publicRevision());
        var revision = before == null ? 0 : before;
        if (NOTHING_NEW.contains(Evidence.verdict(entry)) && revision != entry.publicRevision()) {
            violations.add(at + " changed nothing, and the public revision of " + lid + " went from " + revision
                    + " to " + entry.publicRevision());
        }
        return violations;
    }
}
