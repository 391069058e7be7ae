package space.halley.producer.cli;

import java.util.EnumMap;
import java.util.Map;

/** Counts results. Belongs to one thread. */
final class Tally {
    private final Map<Result.Kind, Integer> kinds = new EnumMap<>(Result.Kind.class);
    private int held;
    private int open;

    void add(Result result) {
        kinds.merge(result.kind(), 1, Integer::sum);
        if (result.kind() == Result.Kind.ACCEPTED && result.status() != null) {
            switch (result.status()) {
                case "HELD", "PARTNERS" -> held++;
                case "PUBLIC" -> open++;
                default -> {
                    // Neither: withdrawn, retracted, superseded.
                }
            }
        }
    }

    int count(Result.Kind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    int read() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many of the accepted are held now. */
    int held() {
        return held;
    }

    /** How many of the accepted are public now. */
    int open() {
        return open;
    }

    /** A refusal is told before a missing answer. */
    int exitCode() {
        if (count(Result.Kind.REFUSED) + count(Result.Kind.REFUSED_LABEL) > 0) {
            return ExitCode.REFUSED;
        }
        return count(Result.Kind.UNANSWERED) > 0 ? ExitCode.UNANSWERED : ExitCode.DONE;
    }
}
