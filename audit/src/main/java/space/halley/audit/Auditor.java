package space.halley.audit;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.schemas.Codecs;
import space.halley.schemas.Topics;

/**
 * Reads the physical log of a cluster, records of aborted transactions among them, and names every violation of the promises
 * that the log alone can prove. It changes nothing. The lanes may run, or have stopped in the middle of a burst: what they
 * have not decided yet, and what a drain or scan has not reached yet, is counted and left out, and what has waited longest is
 * named. A violation counts only if a second reading, begun after the first one, finds it again.
 *
 * <p>The log is read in as many {@link Passes} as memory asks for. Belongs to one thread.
 */
public final class Auditor {
    /**
     * For what is read of a command and what follows from it, with the second decision. Announcements of 1 KB that are held took
     * 4.2 kB each, measured with 20,000 of them; long labels and releases take more.
     */
    private static final long BYTES_OF_A_COMMAND = 8_000;

    private final Map<String, String> client;
    private final Agencies agencies;
    private final int partitions;
    private final Codecs codecs;
    private final long memory;
    private final Inspection inspection;
    private final Consumer<String> progress;

    /**
     * @param client settings of a Kafka client that may read all topics
     * @param partitions of the command topics
     * @param patience how long a lane may be seen at work before something that a drain or scan did not reach is missing;
     *     with zero nothing at all may be left to be done
     * @param memory how many bytes may be taken for what is looked at together; a lane that needs more takes more
     * @param progress hears what is being done
     */
    public Auditor(
            Map<String, String> client,
            Agencies agencies,
            int partitions,
            Codecs codecs,
            Duration patience,
            long memory,
            Consumer<String> progress) {
        this.client = Map.copyOf(client);
        this.agencies = agencies;
        this.partitions = partitions;
        this.codecs = codecs;
        this.memory = memory;
        this.inspection = new Inspection(agencies, partitions, patience);
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param undecided inputs from the first command of each lane on that nothing has followed from yet
     * @param unfinished products that a fence or a policy version has not reached yet
     * @param aborted public records and records to partners of aborted transactions
     * @param oldestCommands the first undecided command of each lane, of some of the lanes where it has waited longest
     * @param oldestProducts some of the unfinished products, those that have waited longest
     * @param leftOut how many records of agencies without a profile there are, by the agency's name
     * @param violations by promise, in the order of the documentation; empty lists for those that are kept
     */
    public record Report(
            int inputs,
            int undecided,
            int unfinished,
            int decisions,
            int published,
            int aborted,
            List<Waiting> oldestCommands,
            List<Waiting> oldestProducts,
            Map<String, Integer> leftOut,
            Map<String, List<String>> violations) {
        /** With what was found in other lanes. What is seen in every pass is told once. */
        Report plus(Report other) {
            var all = new LinkedHashMap<String, List<String>>();
            for (var report : List.of(this, other)) {
                report.violations().forEach((promise, found) -> {
                    var known = new LinkedHashSet<>(all.getOrDefault(promise, List.of()));
                    known.addAll(found);
                    all.put(promise, List.copyOf(known));
                });
            }
            var records = new TreeMap<>(leftOut);
            other.leftOut.forEach((agency, number) -> records.merge(agency, number, Integer::sum));
            return new Report(
                    inputs + other.inputs,
                    undecided + other.undecided,
                    unfinished + other.unfinished,
                    decisions + other.decisions,
                    published + other.published,
                    aborted + other.aborted,
                    Waiting.oldest(Stream.concat(oldestCommands.stream(), other.oldestCommands.stream())),
                    Waiting.oldest(Stream.concat(oldestProducts.stream(), other.oldestProducts.stream())),
                    records,
                    all);
        }

        /** Whether everything is as promised. */
        public boolean isKept() {
            return violations.values().stream().allMatch(List::isEmpty);
        }
    }

    /** The topics that are read, of which none may be missing. */
    public static List<String> topics(Agencies agencies) {
        return Stream.concat(
                        Stream.of(Topics.PUBLIC, Topics.JOURNAL, Topics.CATALOG),
                        agencies.all().stream()
                                .map(Agency::id)
                                .flatMap(id -> Stream.of(
                                        Topics.commands(id),
                                        Topics.receipts(id),
                                        Topics.deadLetters(id),
                                        Topics.partners(id))))
                .toList();
    }

    /** Audits the log as it is now. */
    public Report audit() {
        var first = look();
        if (first.isKept()) {
            return first;
        }
        progress.accept("something was found; reading once more, in case the lanes were at work");
        var second = look();
        var confirmed = new LinkedHashMap<String, List<String>>();
        second.violations().forEach((promise, found) -> {
            var before = new HashSet<>(first.violations().getOrDefault(promise, List.of()));
            confirmed.put(promise, found.stream().filter(before::contains).toList());
        });
        return new Report(
                second.inputs(),
                second.undecided(),
                second.unfinished(),
                second.decisions(),
                second.published(),
                second.aborted(),
                second.oldestCommands(),
                second.oldestProducts(),
                second.leftOut(),
                confirmed);
    }

    private Report look() {
        var passes = passes();
        var byLane = passes.byLane();
        var number = passes.all().size();
        var report = new Report(0, 0, 0, 0, 0, 0, List.of(), List.of(), Map.of(), Map.of());
        for (int pass = 0; pass < number; pass++) {
            progress.accept(number == 1 ? "reading the log" : "reading the log, part " + (pass + 1) + " of " + number);
            var mine = pass;
            report = report.plus(look(
                    Recording.of(client, agencies, codecs, partitions, lane -> byLane.getOrDefault(lane, 0) == mine)));
        }
        return report;
    }

    private Passes passes() {
        var commands = new HashMap<LanePartition, Long>();
        for (var agency : agencies.all()) {
            LogReader.spans(client, Topics.commands(agency.id()))
                    .forEach((partition, span) -> commands.put(new LanePartition(agency.id(), partition), span));
        }
        return Passes.of(commands, Math.max(1, memory / BYTES_OF_A_COMMAND));
    }

    private Report look(Recording recording) {
        progress.accept("checking " + recording.inputs().size() + " inputs and "
                + recording.journal().size() + " decisions");
        return inspection.of(recording);
    }
}
