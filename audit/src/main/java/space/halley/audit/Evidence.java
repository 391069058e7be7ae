package space.halley.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.RefusalReason;
import space.halley.domain.VersionState.Status;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;

/** Ways of looking at a recording that several promises need. */
final class Evidence {
    /** What is found in a record before the rules are asked, so that the entry says nothing of the product. */
    private static final Set<String> BEFORE_THE_RULES = Set.of(
            RefusalReason.UNDECODABLE.name(),
            RefusalReason.UNKNOWN_SCHEMA.name(),
            RefusalReason.INVALID_FIELD.name(),
            RefusalReason.MISROUTED.name(),
            RefusalReason.TOO_LARGE.name());

    private Evidence() {}

    /** Whether the rules decided this; the other entries may stand in any partition, whatever they name. */
    static boolean isByTheRules(JournalEntry entry) {
        return entry.lidvid() != null && !BEFORE_THE_RULES.contains(String.valueOf(entry.refusal()));
    }

    /** Whether the rules gave this answer, with all its words. */
    static boolean isByTheRules(Receipt receipt) {
        return receipt.lidvid() != null
                && !(receipt.answer() instanceof Receipt.Refused refused
                        && BEFORE_THE_RULES.contains(refused.reason().name()));
    }

    /** Whether the rules refused this, with all the words. */
    static boolean isByTheRules(DeadLetter letter) {
        return letter.lid() != null
                && !BEFORE_THE_RULES.contains(letter.reason().name());
    }

    /**
     * The reason as far as it is promised. Lanes ask the registry, the auditor the log's own ledger, which knows Halley's
     * schemas only: to it, a record of somebody else's schema is one of a schema that does not exist.
     */
    static String promised(RefusalReason reason) {
        return reason == RefusalReason.UNKNOWN_SCHEMA ? RefusalReason.UNDECODABLE.name() : reason.name();
    }

    static Position cause(JournalEntry entry) {
        return new Position(entry.agency(), entry.causePartition(), entry.causeOffset());
    }

    static Position cause(Receipt receipt) {
        return new Position(receipt.agency(), receipt.commandPartition(), receipt.commandOffset());
    }

    static Position cause(DeadLetter letter) {
        return new Position(letter.agency(), letter.partition(), letter.offset());
    }

    static Verdict verdict(JournalEntry entry) {
        return Verdict.valueOf(entry.verdict());
    }

    /** The elements by what they have in common, each group in the order of the list. */
    static <K, T> Map<K, List<T>> group(List<T> all, Function<T, @Nullable K> by) {
        var groups = new LinkedHashMap<K, List<T>>();
        for (var element : all) {
            var key = by.apply(element);
            if (key != null) {
                groups.computeIfAbsent(key, any -> new ArrayList<>()).add(element);
            }
        }
        return groups;
    }

    /** Where a version stands after the decision; null if it stands nowhere yet, and unchanged where nothing changed. */
    static @Nullable Status after(@Nullable Status before, JournalEntry entry) {
        return switch (verdict(entry)) {
            case HELD -> Status.HELD;
            // A changed plan closes nothing that is open to partners.
            case RESCHEDULED, WAIVED, FACT, REEVALUATED -> before == Status.PARTNERS ? before : Status.HELD;
            case SHARED -> Status.PARTNERS;
            case RELEASED -> Status.PUBLIC;
            case WITHDRAWN -> Status.WITHDRAWN;
            case SUPERSEDED -> Status.SUPERSEDED;
            case RETRACTED -> Status.RETRACTED;
            case REPEATED, REFUSED, POLICY -> before;
        };
    }
}
