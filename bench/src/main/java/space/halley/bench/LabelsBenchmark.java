package space.halley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import space.halley.producer.label.LabelReader;
import space.halley.producer.label.LabelReading;

/**
 * How many PDS4 labels one core reads per second, beside a bare pass of the XML parser over the same bytes. The files are
 * in memory before, and time is what the processor gave to the measuring thread, so other programs on the machine count
 * for little, and neither the compiler nor the garbage collector counts.
 */
final class LabelsBenchmark {
    private static final double TARGET = 0.5;
    private static final int WARM_UP = 3;

    private final Plan plan;
    private final Progress progress;

    /** The results, kept so that no compiler leaves the work out. */
    @SuppressWarnings("UnusedVariable")
    private @Nullable LabelReading lastReading;

    @SuppressWarnings("UnusedVariable")
    private long events;

    /** @param turn how long each of the two works in a round, at least */
    record Plan(Path folder, int rounds, Duration turn) {}

    /** Never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record LabelFile(String name, byte[] bytes) {}

    /** Something to do with one label. */
    @FunctionalInterface
    private interface Work {
        void on(LabelFile label) throws XMLStreamException;
    }

    LabelsBenchmark(Plan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    Report run() throws IOException, XMLStreamException {
        var reader = new LabelReader();
        var files = files();
        var labels = files.stream()
                .filter(file -> reader.read(file.name(), file.bytes()) instanceof LabelReading.Read)
                .toList();
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("there is no label that can be read in " + plan.folder
                    + "; give a folder with PDS4 labels (*.xml)");
        }
        var pass = new BarePass();
        Work reading = label -> lastReading = reader.read(label.name(), label.bytes());
        Work passing = label -> events += pass.over(label.bytes());

        progress.now("labels: warm-up");
        for (var turn = 0; turn < WARM_UP; turn++) {
            turn(labels, reading);
            turn(labels, passing);
        }
        var read = new ArrayList<Double>();
        var passed = new ArrayList<Double>();
        for (var round = 1; round <= plan.rounds; round++) {
            progress.now("labels: round " + round + " of " + plan.rounds);
            read.add(turn(labels, reading));
            passed.add(turn(labels, passing));
        }
        return report(files.size(), labels, new Series("labels read", "/s of a core", read), passed);
    }

    private Report report(int files, List<LabelFile> labels, Series read, List<Double> passed) {
        var bytes = labels.stream().mapToLong(label -> label.bytes().length).sum();
        var bare = new Series("labels in a bare StAX pass", "/s of a core", passed);
        var megabytes = new Series(
                "megabytes read",
                "MB/s of a core",
                read.values().stream()
                        .map(rate -> rate * bytes / labels.size() / 1e6)
                        .toList());
        return new Report(
                "labels",
                List.of(
                        labels.size() + " labels of " + bytes / labels.size() + " bytes on average, in memory; "
                                + (files - labels.size()) + " other XML files left out",
                        String.format(
                                Locale.ROOT,
                                "one thread; %d rounds in turns of %.1f s after %d to warm up; processor time",
                                plan.rounds,
                                plan.turn.toMillis() / 1e3,
                                WARM_UP)),
                List.of(read, bare, megabytes),
                List.of(new Report.Ratio(read.dividedBy(bare, "label reader / bare StAX pass"), TARGET)));
    }

    private List<LabelFile> files() throws IOException {
        var files = new ArrayList<LabelFile>();
        try (var paths = Files.walk(plan.folder)) {
            for (var path : paths.filter(Files::isRegularFile).sorted().toList()) {
                var name = path.getFileName().toString();
                if (name.toLowerCase(Locale.ROOT).endsWith(".xml")) {
                    files.add(new LabelFile(name, Files.readAllBytes(path)));
                }
            }
        }
        return files;
    }

    /** Labels per second of processor time. */
    private double turn(List<LabelFile> labels, Work work) throws XMLStreamException {
        var end = System.nanoTime() + plan.turn.toNanos();
        var begin = ProcessorTime.ofThread();
        var done = 0L;
        do {
            for (var label : labels) {
                work.on(label);
                done++;
            }
        } while (System.nanoTime() - end < 0);
        var seconds = (ProcessorTime.ofThread() - begin) / 1e9;
        return done / seconds;
    }
}
