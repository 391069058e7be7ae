package space.halley.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
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
        for (var receipt : recording.receipts()) {
            var at = Evidence.cause(receipt);
            var mine = letters.getOrDefault(at, List.of());
            if (receipt.answer() instanceof Receipt.Refused answer) {
                if (mine.size() != 1) {
                    violations.add("the refused command at " + at + " has " + mine.size() + " dead letters"
                            + recording.places().shown(mine));
                } else if (mine.getFirst().reason() != answer.reason()) {
                    violations.add("the receipt for " + at + " says " + answer.reason() + ", the dead letter "
                            + mine.getFirst().reason());
                }
            } else if (!mine.isEmpty()) {
                violations.add("the accepted command at " + at + " has a dead letter"
                        + recording.places().shown(mine));
            }
        }
        for (var letter : recording.deadLetters()) {
            var input = inputs.getOrDefault(Evidence.cause(letter), List.of());
            var problem = input.isEmpty() ? "is of nothing that was said" : difference(letter, input.getFirst());
            var shown = "the dead letter of " + Evidence.cause(letter)
                    + recording.places().shown(letter);
            if (problem != null) {
                violations.add(shown + " " + problem);
            }
            if (recording.places().isOutside(Topics.deadLetters(letter.agency()), letter)) {
                violations.add(shown + " stands in a topic that somebody else reads");
            }
        }
        for (var entry : recording.journal()) {
            if (Evidence.verdict(entry) == Verdict.REFUSED && !letters.containsKey(Evidence.cause(entry))) {
                violations.add("the journal refuses " + Evidence.cause(entry) + ", and there is no dead letter");
            }
        }
        violations.addAll(unbalanced(recording));
        return violations;
    }

    /** Each by itself: a sum would be another one at the next look, and could be right by two mistakes. */
    private static List<String> unbalanced(Recording recording) {
        var commands = recording.inputs().stream()
                .filter(input -> !input.isFence())
                .map(Appended::at)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var answers = Evidence.group(recording.receipts(), Evidence::cause);
        var violations = new ArrayList<String>();
        for (var at : commands) {
            var mine = answers.getOrDefault(at, List.of());
            if (mine.size() != 1) {
                violations.add("the command at " + at + " is "
                        + (mine.isEmpty() ? "not answered" : "answered " + mine.size() + " times"));
            }
        }
        answers.keySet().stream()
                .filter(at -> !commands.contains(at))
                .forEach(at -> violations.add(at + " is answered and is no command"));
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
