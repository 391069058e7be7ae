package space.halley.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final int SHOWN = 20;

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
        var commands = recording.inputs().stream()
                .filter(input -> !input.isFence())
                .map(Appended::at)
                .toList();
        if (commands.size() != accepted + refused) {
            violations.add(commands.size() + " commands, and " + accepted + " accepted and " + refused + " refused; "
                    + unbalanced(commands, recording.receipts()));
        }
        return violations;
    }

    /** The first places at which the two sides differ. */
    private static String unbalanced(List<Position> commands, List<Receipt> receipts) {
        var answers = Evidence.group(receipts, Evidence::cause);
        var said = Set.copyOf(commands);
        return Stream.concat(
                        commands.stream().filter(at -> !answers.containsKey(at)).map(at -> at + " is not answered"),
                        answers.entrySet().stream()
                                .filter(answer -> answer.getValue().size() > 1 || !said.contains(answer.getKey()))
                                .map(answer -> answer.getKey() + " is answered "
                                        + (said.contains(answer.getKey()) ? "more than once" : "and was not said")))
                .limit(SHOWN)
                .collect(Collectors.joining(", "));
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
