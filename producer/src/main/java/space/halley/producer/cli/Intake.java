package space.halley.producer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import space.halley.producer.label.HistoricalRelease;
import space.halley.producer.label.LabelFiles;
import space.halley.producer.label.LabelReader;
import space.halley.producer.label.ReleaseHistory;

/**
 * What the files and folders on the command line hold. Tables of past releases are read at once; labels one by one, so
 * that a folder of any size takes little memory.
 */
record Intake(LabelFiles labels, List<HistoricalRelease> releases) {

    static Intake of(List<Path> paths) {
        var tables = paths.stream().filter(Intake::isTable).toList();
        var others = paths.stream().filter(path -> !isTable(path)).toList();
        var releases = new ArrayList<HistoricalRelease>();
        for (var table : tables) {
            try {
                releases.addAll(ReleaseHistory.read(table));
            } catch (IOException e) {
                throw new Complaint("the table " + table + " cannot be read: " + e, e);
            }
        }
        return new Intake(LabelFiles.find(others), List.copyOf(releases));
    }

    int size() {
        return labels.problems().size() + labels.labels().size() + releases.size();
    }

    /** Everything, in the order of the paths' names; each label is read when the stream comes to it. */
    Stream<Item> items() {
        var reader = new LabelReader();
        return Stream.of(
                        labels.problems().stream().map(problem -> new Item(problem, false, null)),
                        labels.labels().stream().map(file -> new Item(reader.read(file), false, null)),
                        releases.stream().map(release -> new Item(release.reading(), true, release.releasedAt())))
                .flatMap(items -> items);
    }

    private static boolean isTable(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".tsv") && Files.isRegularFile(path);
    }
}
