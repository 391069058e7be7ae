package space.halley.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Effect.Verdict;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;

/**
 * Every refused or undecodable input has one dead letter with its origin, its reason and the digest of its bytes, and no
 * other input has one; so commands are accepted and refused ones, and nothing else.
 */
public final class DeadLettersComplete implements Promise {

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var letters = Evidence.group(recording.deadLetters(), Evidence::cause);
        var inputs = Evidence.group(recording.inputs(), Appended::at);
        var accepted = 0L;
        var refused = 0L;
        for (var receipt : recording.receipts()) {
            var at = Evidence.cause(receipt);
            var mine = letters.getOrDefault(at, List.of());
            if (receipt.answer() instanceof Receipt.Refused answer) {
                refused++;
                if (mine.size() != 1) {
                    violations.add("the refused command at " + at + " has " + mine.size() + " dead letters");
                } else if (mine.getFirst().reason() != answer.reason()) {
                    violations.add("the receipt for " + at + " says " + answer.reason() + ", the dead letter "
                            + mine.getFirst().reason());
                }
            } else {
                accepted++;
                if (!mine.isEmpty()) {
                    violations.add("the accepted command at " + at + " has a dead letter");
                }
            }
        }
        for (var letter : recording.deadLetters()) {
            var input = inputs.getOrDefault(Evidence.cause(letter), List.of());
            var problem = input.isEmpty() ? "is of nothing that was said" : difference(letter, input.getFirst());
            if (problem != null) {
                violations.add("the dead letter of " + Evidence.cause(letter) + " " + problem);
            }
        }
        for (var entry : recording.journal()) {
            if (Evidence.verdict(entry) == Verdict.REFUSED && !letters.containsKey(Evidence.cause(entry))) {
                violations.add("the journal refuses " + Evidence.cause(entry) + ", and there is no dead letter");
            }
        }
        var commands =
                recording.inputs().stream().filter(input -> !input.isFence()).count();
        if (commands != accepted + refused) {
            violations.add(commands + " commands, and " + accepted + " accepted and " + refused + " refused");
        }
        return violations;
    }

    private static @Nullable String difference(DeadLetter letter, Appended input) {
        if (!letter.topic().equals(Topics.commands(input.at().agency()))) {
            return "names the topic " + letter.topic();
        }
        if (!letter.payloadHash().equals(input.hash()) || letter.payloadSize() != input.size()) {
            return "has the digest or the size of other bytes";
        }
        return letter.appendTime().equals(input.appendTime()) ? null : "has another append time";
    }
}
