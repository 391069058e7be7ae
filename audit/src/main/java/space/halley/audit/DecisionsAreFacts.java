package space.halley.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.domain.ContentHash;
import space.halley.domain.RefusalReason;
import space.halley.domain.VersionState.Status;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;

/**
 * The catalogue is a fold of the journal, and with the same code, deciding the commands again reproduces the journal of
 * every product and of every policy version and refusal, what was said of the product to everyone and to each partner, the
 * last record of it in the catalogue, every receipt and every dead letter. (Newer code may decide otherwise and must not be
 * asked. What an earlier build did not say yet of who waits for a turn is not asked for.)
 */
public final class DecisionsAreFacts implements Promise {
    private final Agencies agencies;
    private final int partitions;
    private final Unfinished unfinished;

    public DecisionsAreFacts(Agencies agencies, int partitions) {
        this(agencies, partitions, Unfinished.NOTHING);
    }

    /** @param unfinished what the lanes have not come to, so that they are not asked for it */
    DecisionsAreFacts(Agencies agencies, int partitions, Unfinished unfinished) {
        this.agencies = agencies;
        this.partitions = partitions;
        this.unfinished = unfinished;
    }

    @Override
    public List<String> violations(Recording recording) {
        var again = new ReferenceLanes(agencies, partitions, unfinished).outcome(recording.inputs());
        var decided = again.recording();
        var violations = new ArrayList<String>();
        violations.addAll(catalogue(recording, decided));
        var unsaid = Unsaid.by(recording.journal());
        violations.addAll(differences(
                "journal",
                unsaid.without(decided.journal()),
                unsaid.without(recording.journal()),
                DecisionsAreFacts::product,
                Function.identity(),
                entry -> shown(recording, entry)));
        violations.addAll(differences(
                "journal",
                decided.journal(),
                recording.journal(),
                DecisionsAreFacts::input,
                Plain::of,
                entry -> shown(recording, entry)));
        violations.addAll(differences(
                "public log",
                decided.published(),
                recording.published(),
                record -> record.event().id().lid().toString(),
                Published::event,
                record -> record.event() + shown(record.place(), again.causes().get(record.event()))));
        violations.addAll(differences(
                "partners' records",
                decided.told(),
                recording.told(),
                // Each partner reads its own topic; there is no order between topics.
                record -> record.event().id().lid() + " for " + record.event().recipient(),
                Told::event,
                record -> record.event() + shown(record.place(), again.causes().get(record.event()))));
        violations.addAll(receipts(recording, decided));
        violations.addAll(deadLetters(recording, decided));
        violations.addAll(aborted(recording, decided));
        return violations;
    }

    private static String shown(Recording recording, JournalEntry entry) {
        return entry + ", which follows from " + Evidence.cause(entry)
                + recording.places().shown(entry);
    }

    /** Where a record stands, or what it would have followed from. */
    private static String shown(@Nullable Place place, @Nullable Position cause) {
        if (place != null) {
            return " (" + place + ")";
        }
        return cause == null ? "" : ", which follows from " + cause;
    }

    /**
     * What was written and aborted is in the log too, so it must be a decision of the log as well: of all that was said, of
     * which the lane may have committed less.
     *
     * @param decided what follows from the inputs that the lane has decided, as far as it has come
     */
    private List<String> aborted(Recording recording, Recording decided) {
        if (recording.physical().size() == recording.published().size()
                && recording.physicallyTold().size() == recording.told().size()) {
            return List.of();
        }
        var inputs = new ArrayList<>(recording.inputs());
        inputs.addAll(recording.undecided());
        var again = recording.undecided().isEmpty() && unfinished.isNothing()
                ? decided
                : new ReferenceLanes(agencies, partitions).decide(inputs);
        var published = again.published().stream().map(Published::event).collect(Collectors.toSet());
        var told = again.told().stream().map(Told::event).collect(Collectors.toSet());
        var violations = new ArrayList<String>();
        recording.physical().stream()
                .filter(record -> !published.contains(record.event()))
                .forEach(record -> violations.add("nothing that was said leads to the public record of "
                        + record.shown() + ", committed or aborted"));
        recording.physicallyTold().stream()
                .filter(record -> !told.contains(record.event()))
                .forEach(record -> violations.add(
                        "nothing that was said leads to the record of " + record.shown() + ", committed or aborted"));
        return violations;
    }

    private static List<String> catalogue(Recording recording, Recording decided) {
        var violations = new ArrayList<String>();
        var standing = new HashMap<String, @Nullable Status>();
        var since = new HashMap<String, Position>();
        for (var entry : recording.journal()) {
            var id = entry.lidvid();
            var before = id == null ? null : standing.get(id);
            var after = id == null ? null : Evidence.after(before, entry);
            if (after != null) {
                standing.put(String.valueOf(id), after);
                if (after != before) {
                    since.put(String.valueOf(id), Evidence.cause(entry));
                }
            }
        }
        var last = last(recording);
        var wanted = last(decided);
        var ids = new TreeSet<>(standing.keySet());
        ids.addAll(last.keySet());
        for (var id : ids) {
            var listed = last.get(id);
            var record = listed == null ? null : listed.record();
            var status = standing.get(id);
            var again = wanted.get(id);
            if (status == null || record == null || !status.name().equals(record.status())) {
                violations.add(
                        id + " is " + status + " by the journal" + (status == null ? "" : ", at " + since.get(id))
                                + ", and " + (record == null ? null : record.status()) + " in the catalogue"
                                + (listed == null ? "" : listed.shownPlace()));
            } else if (again != null && !record.equals(again.record())) {
                violations.add("deciding again gives " + id + " another last record in the catalogue: " + again.record()
                        + ", not " + record + (listed == null ? "" : listed.shownPlace()) + "; its status follows from "
                        + since.get(id));
            }
        }
        return violations;
    }

    private static Map<String, Listed> last(Recording recording) {
        var last = new HashMap<String, Listed>();
        recording.catalogue().forEach(listed -> last.put(listed.record().id().toString(), listed));
        return last;
    }

    /** Answers that differ. How often a command is answered is another promise. */
    private static List<String> receipts(Recording recording, Recording decided) {
        var violations = new ArrayList<String>();
        var answers = Evidence.group(recording.receipts(), Evidence::cause);
        for (var wanted : decided.receipts()) {
            var at = Evidence.cause(wanted);
            for (var found : answers.getOrDefault(at, List.of())) {
                if (!promised(found).equals(promised(wanted))) {
                    violations.add("deciding again gives the command at " + at + " another receipt: " + wanted
                            + ", not " + found + recording.places().shown(found));
                }
            }
        }
        return violations;
    }

    /** Dead letters that say something else. How many there are is another promise. */
    private static List<String> deadLetters(Recording recording, Recording decided) {
        var violations = new ArrayList<String>();
        var letters = Evidence.group(recording.deadLetters(), Evidence::cause);
        for (var wanted : decided.deadLetters()) {
            var at = Evidence.cause(wanted);
            for (var found : letters.getOrDefault(at, List.of())) {
                if (!promised(found).equals(promised(wanted))) {
                    violations.add("deciding again gives the command at " + at + " another dead letter: " + wanted
                            + ", not " + found + recording.places().shown(found));
                }
            }
        }
        return violations;
    }

    /** What a dead letter says of the command; what it says of the bytes is another promise. */
    private static List<@Nullable String> promised(DeadLetter letter) {
        return Arrays.asList(
                Evidence.promised(letter.reason()),
                Evidence.isByTheRules(letter) ? letter.explanation() : "",
                letter.commandId(),
                letter.lid());
    }

    /** What is found in a record before the rules are asked is told in words that are not part of the promise. */
    private static Receipt promised(Receipt receipt) {
        if (Evidence.isByTheRules(receipt)) {
            return receipt;
        }
        var answer =
                switch (receipt.answer()) {
                    case Receipt.Accepted accepted ->
                        new Receipt.Accepted(
                                accepted.receiptId(), accepted.repeated(), accepted.status(), accepted.releaseAt(), "");
                    case Receipt.Refused refused ->
                        new Receipt.Refused(RefusalReason.valueOf(Evidence.promised(refused.reason())), "");
                };
        return new Receipt(
                receipt.agency(),
                receipt.commandPartition(),
                receipt.commandOffset(),
                receipt.commandId(),
                receipt.lidvid(),
                answer);
    }

    /** What the rules decided; refusals of what did not reach them have texts that are not part of the promise. */
    private static @Nullable String product(JournalEntry entry) {
        var id = String.valueOf(entry.lidvid());
        return Evidence.isByTheRules(entry) ? entry.agency() + " on " + id.substring(0, id.indexOf("::")) : null;
    }

    /** What was decided without the rules: about a policy version, or that the input is refused before they are asked. */
    private static @Nullable String input(JournalEntry entry) {
        return Evidence.isByTheRules(entry) ? null : "the input at " + Evidence.cause(entry);
    }

    /** All that is promised of such an entry: nothing in it is about a product, and its sentence is free. */
    private record Plain(
            String verdict,
            @Nullable String lidvid,
            Instant appendTime,
            Instant watermark,
            String principal,
            @Nullable String commandId,
            String author,
            String reason,
            int policy,
            Optional<ContentHash> hash,
            @Nullable String refusal) {
        static Plain of(JournalEntry entry) {
            var refusal = entry.refusal();
            return new Plain(
                    entry.verdict(),
                    entry.lidvid(),
                    entry.causeAppendTime(),
                    entry.watermark(),
                    entry.principal(),
                    entry.commandId(),
                    entry.author(),
                    entry.reason(),
                    entry.grounds().policy(),
                    entry.grounds().policyHash(),
                    RefusalReason.UNKNOWN_SCHEMA.name().equals(refusal)
                            ? Evidence.promised(RefusalReason.UNKNOWN_SCHEMA)
                            : refusal);
        }
    }

    /**
     * The first difference for each product, or whatever else they are about.
     *
     * @param content what is compared of a record
     * @param shown the record with its place, or with that of its cause
     */
    private static <R, T> List<String> differences(
            String what,
            List<R> expected,
            List<R> actual,
            Function<R, @Nullable String> subject,
            Function<R, T> content,
            Function<R, String> shown) {
        var violations = new ArrayList<String>();
        var again = Evidence.group(expected, subject);
        var recorded = Evidence.group(actual, subject);
        var lids = new TreeSet<>(again.keySet());
        lids.addAll(recorded.keySet());
        for (var lid : lids) {
            var wanted = again.getOrDefault(lid, List.of());
            var found = recorded.getOrDefault(lid, List.of());
            var same = 0;
            while (same < Math.min(wanted.size(), found.size())
                    && content.apply(wanted.get(same)).equals(content.apply(found.get(same)))) {
                same++;
            }
            if (same < Math.max(wanted.size(), found.size())) {
                violations.add("deciding again gives " + lid + " another " + what + " from its entry " + same + " on: "
                        + (same < wanted.size() ? shown.apply(wanted.get(same)) : "nothing") + ", not "
                        + (same < found.size() ? shown.apply(found.get(same)) : "nothing"));
            }
        }
        return violations;
    }
}
