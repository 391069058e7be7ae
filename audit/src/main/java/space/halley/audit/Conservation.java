package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.VersionState.Status;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;

/**
 * Every command that was appended ends in exactly one of held, public, withdrawn, superseded, refused: it has one receipt
 * and the decisions that the receipt tells of, and every version goes only where the rules let it go.
 */
public final class Conservation implements Promise {
    private static final Set<Verdict> OPENINGS = Set.of(Verdict.RELEASED, Verdict.SHARED);

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var receipts = Evidence.group(recording.receipts(), Evidence::cause);
        var decisions = Evidence.group(recording.journal(), Evidence::cause);
        var positions = new HashSet<Position>();
        for (var input : recording.inputs()) {
            if (!positions.add(input.at())) {
                violations.add("the recording has two inputs at " + input.at());
            }
            violations.addAll(input(
                    input,
                    receipts.getOrDefault(input.at(), List.of()),
                    decisions.getOrDefault(input.at(), List.of()),
                    recording.places()));
        }
        var places = recording.places();
        receipts.forEach((position, mine) -> {
            if (!positions.contains(position)) {
                violations.add("a receipt answers " + position + ", where nothing was said" + places.shown(mine));
            }
        });
        decisions.forEach((position, mine) -> {
            if (!positions.contains(position)) {
                violations.add("a decision follows from " + position + ", where nothing was said" + places.shown(mine));
            }
        });
        for (var receipt : recording.receipts()) {
            if (places.isOutside(Topics.receipts(receipt.agency()), receipt)) {
                violations.add("the receipt for " + Evidence.cause(receipt) + places.shown(receipt)
                        + " stands in a topic that somebody else reads");
            }
        }
        violations.addAll(ways(recording));
        return violations;
    }

    private static List<String> input(
            Appended input, List<Receipt> receipts, List<JournalEntry> decisions, Places places) {
        if (input.isFence()) {
            return receipts.isEmpty()
                            && decisions.stream().map(Evidence::verdict).allMatch(OPENINGS::contains)
                    ? List.of()
                    : List.of("the fence at " + input.at() + " was answered, or did more than open"
                            + places.shown(receipts));
        }
        if (receipts.size() != 1) {
            return List.of(
                    "the command at " + input.at() + " has " + receipts.size() + " receipts" + places.shown(receipts));
        }
        var refused = receipts.getFirst().answer() instanceof Receipt.Refused;
        var refusals = decisions.stream()
                .filter(entry -> Evidence.verdict(entry) == Verdict.REFUSED)
                .count();
        if (decisions.isEmpty() || refusals != (refused ? decisions.size() : 0) || (refused && decisions.size() != 1)) {
            return List.of("the command at " + input.at() + " was " + (refused ? "refused" : "accepted")
                    + ", and the journal has "
                    + decisions.stream().map(JournalEntry::verdict).toList() + places.shown(decisions));
        }
        return List.of();
    }

    private static List<String> ways(Recording recording) {
        var violations = new ArrayList<String>();
        var standing = new HashMap<String, Status>();
        var held = new HashMap<String, Map<String, Position>>();
        for (var entry : recording.journal()) {
            var id = entry.lidvid();
            if (id == null) {
                continue;
            }
            var before = standing.get(id);
            if (!mayFollow(before, Evidence.verdict(entry))) {
                violations.add(id + " was " + before + ", and " + entry.verdict() + " at " + Evidence.cause(entry)
                        + recording.places().shown(entry));
            }
            var after = Evidence.after(before, entry);
            if (after != null) {
                standing.put(id, after);
            }
            var ofProduct = held.computeIfAbsent(id.substring(0, id.indexOf("::")), lid -> new LinkedHashMap<>());
            if (!isHeld(after)) {
                ofProduct.remove(id);
            } else if (ofProduct.putIfAbsent(id, Evidence.cause(entry)) == null && ofProduct.size() > 1) {
                var other = ofProduct.entrySet().iterator().next();
                violations.add("two versions are held at once: " + other.getKey() + " since " + other.getValue()
                        + " and " + id + " since " + Evidence.cause(entry));
            }
        }
        return violations;
    }

    private static boolean mayFollow(@Nullable Status before, Verdict verdict) {
        return switch (verdict) {
            case HELD -> before == null;
            case RELEASED -> before == null || isHeld(before);
            case RESCHEDULED, WAIVED, FACT, REEVALUATED, SHARED, WITHDRAWN, SUPERSEDED -> isHeld(before);
            case RETRACTED -> before == Status.PUBLIC;
            case REPEATED -> before != null;
            case REFUSED, POLICY -> true;
        };
    }

    private static boolean isHeld(@Nullable Status status) {
        return status == Status.HELD || status == Status.PARTNERS;
    }
}
