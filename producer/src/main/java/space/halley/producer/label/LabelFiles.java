package space.halley.producer.label;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The label files at and below some paths.
 *
 * <p>Below a folder, a label is told by its name: {@code .xml} and {@code .lblx} for PDS4, and {@code .lbl} for PDS3,
 * which is found so that it is refused rather than overlooked. Hidden files and folders are passed over. A file that is
 * named itself is taken whatever its name.
 *
 * @param labels sorted, each file once even if several links lead to it
 * @param problems what could not be looked into
 */
public record LabelFiles(List<Path> labels, List<LabelReading.Refused> problems) {
    private static final Set<String> EXTENSIONS = Set.of("xml", "lblx", "lbl");

    public LabelFiles {
        labels = List.copyOf(labels);
        problems = List.copyOf(problems);
    }

    /** Looks below these paths; follows symbolic links, also where they form a loop. */
    public static LabelFiles find(List<Path> paths) {
        var walk = new Walk();
        paths.forEach(walk::from);
        return new LabelFiles(walk.labels.stream().sorted().toList(), walk.problems);
    }

    private static boolean isLabelName(@Nullable Path fileName) {
        var name = fileName == null ? "" : fileName.toString();
        var dot = name.lastIndexOf('.');
        return dot > 0
                && !name.startsWith(".")
                && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final List<Path> labels = new ArrayList<>();
        private final List<LabelReading.Refused> problems = new ArrayList<>();
        private final Set<Path> visited = new HashSet<>();
        private Path top = Path.of("");

        void from(Path path) {
            top = path;
            try {
                Files.walkFileTree(path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
            } catch (IOException e) {
                problem(path, e);
            }
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            var hidden =
                    !folder.equals(top) && String.valueOf(folder.getFileName()).startsWith(".");
            return !hidden && visited.add(folder.toRealPath())
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if ((file.equals(top) || isLabelName(file.getFileName())) && visited.add(file.toRealPath())) {
                labels.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) {
            // A loop leads back to a folder that is being visited already: nothing is missed.
            if (!(e instanceof FileSystemLoopException)) {
                problem(path, e);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            if (e != null) {
                problem(folder, e);
            }
            return FileVisitResult.CONTINUE;
        }

        private void problem(Path path, IOException e) {
            var explanation =
                    switch (e) {
                        case NoSuchFileException missing -> "does not exist; check the path";
                        case AccessDeniedException denied -> "may not be read by this user; give the right to read it";
                        default -> "cannot be read: " + e.getMessage();
                    };
            problems.add(
                    new LabelReading.Refused(path.toString(), LabelRefusal.UNREADABLE_FILE, explanation, null, null));
        }
    }
}
