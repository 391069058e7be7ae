package space.halley.producer.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelFilesTest {
    @TempDir
    Path folder;

    @Test
    void findsLabelsOfEveryExtensionInTheOrderOfTheirPaths() throws IOException {
        write("b/two.XML", "b/one.lblx", "a/three.xml", "a/four.LBL", "a/data.tab", "readme", "xml");

        assertThat(found(folder)).containsExactly("a/four.LBL", "a/three.xml", "b/one.lblx", "b/two.XML");
    }

    @Test
    void passesOverHiddenFilesAndFolders() throws IOException {
        write(".git/config.xml", ".hidden.xml", "seen.xml");

        assertThat(found(folder)).containsExactly("seen.xml");
    }

    @Test
    void takesAFileThatIsNamedItselfWhateverItsName() throws IOException {
        write(".hidden/label.txt", "other.xml");

        assertThat(found(folder.resolve(".hidden/label.txt"))).containsExactly(".hidden/label.txt");
        assertThat(found(folder.resolve(".hidden"))).isEmpty();
    }

    @Test
    void findsAFileOnceHoweverOftenItIsNamed() throws IOException {
        write("a/label.xml");

        assertThat(LabelFiles.find(List.of(folder, folder.resolve("a"), folder.resolve("a/label.xml")))
                        .labels())
                .hasSize(1);
    }

    @Test
    void followsLinksAndEndsInALoopOfThem() throws IOException {
        write("a/label.xml", "elsewhere/linked.xml");
        Files.createSymbolicLink(folder.resolve("a/up"), folder);
        Files.createSymbolicLink(folder.resolve("a/self"), folder.resolve("a/self"));
        Files.createSymbolicLink(folder.resolve("a/beside"), folder.resolve("elsewhere"));

        var files = LabelFiles.find(List.of(folder.resolve("a")));

        assertThat(files.labels())
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder("label.xml", "linked.xml");
        assertThat(files.problems()).extracting(LabelReading.Refused::source).allSatisfy(source -> assertThat(source)
                .endsWith("self"));
    }

    @Test
    void reportsAPathThatDoesNotExistAndGoesOn() throws IOException {
        write("label.xml");

        var files = LabelFiles.find(List.of(folder.resolve("gone"), folder));

        assertThat(files.labels()).hasSize(1);
        assertThat(files.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(LabelRefusal.UNREADABLE_FILE);
            assertThat(problem.source()).endsWith("gone");
            assertThat(problem.explanation()).contains("does not exist");
        });
    }

    @Test
    void reportsAFolderThatMayNotBeReadAndGoesOn() throws IOException {
        write("closed/label.xml", "open/label.xml");
        var closed = folder.resolve("closed");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(closed), "this user may read everything");

            var files = LabelFiles.find(List.of(folder));

            assertThat(files.labels()).hasSize(1);
            assertThat(files.problems()).singleElement().satisfies(problem -> assertThat(problem.source())
                    .endsWith("closed"));
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void write(String... names) throws IOException {
        for (var name : names) {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private List<String> found(Path path) {
        var files = LabelFiles.find(List.of(path));
        assertThat(files.problems()).isEmpty();
        return files.labels().stream()
                .map(label -> folder.relativize(label).toString().replace('\\', '/'))
                .toList();
    }
}
