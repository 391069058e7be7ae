package space.halley.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @Test
    void makesAFolderThatOnlyTheUserCanEnter() throws Exception {
        var root = temporary.resolve("a/b");
        try (var data = open(root, false)) {
            assertThat(data.marker().clusterId()).isEqualTo("cluster-1");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void remembersWhatItIsGiven() throws Exception {
        var ports = new Ports(Map.of(Ports.Use.KAFKA, 21_000));
        try (var data = open(temporary.resolve("d"), false)) {
            data.remember(data.marker().withPorts(ports).withSamplesPublished());
        }

        try (var data = DataFolder.open(temporary.resolve("d"), false, at -> {}, () -> "cluster-2")) {
            assertThat(data.marker()).isEqualTo(new Marker("cluster-1", ports.numbers(), false, true));
        }
    }

    @Test
    void refusesAFolderWithOtherFilesAndLeavesThemAlone() throws Exception {
        Files.writeString(temporary.resolve("thesis.txt"), "three years of work");

        for (var fresh : new boolean[] {false, true}) {
            assertThatThrownBy(() -> open(temporary, fresh)).hasMessageContaining("not Halley's");
        }
        assertThat(temporary).isDirectoryContaining("glob:**thesis.txt");
    }

    @Test
    void freshEmptiesAFolderThatCarriesTheMarker() throws Exception {
        var root = temporary.resolve("d");
        try (var data = open(root, false)) {
            Files.writeString(data.folder("broker").resolve("log"), "old");
        }

        try (var data = DataFolder.open(root, true, at -> {}, () -> "cluster-2")) {
            assertThat(data.marker().clusterId()).isEqualTo("cluster-2");
            assertThat(root.resolve("broker")).doesNotExist();
        }
    }

    @Test
    void freshDeletesALinkAndNotWhatItPointsTo() throws Exception {
        var outside = Files.writeString(temporary.resolve("outside.txt"), "keep me");
        var root = temporary.resolve("d");
        try (var data = open(root, false)) {
            Files.createSymbolicLink(data.folder("api").resolve("link"), outside);
            Files.createSymbolicLink(data.root().resolve("folder-link"), temporary);
        }

        open(root, true).close();

        assertThat(outside).hasContent("keep me");
    }

    @Test
    void whatAnEarlierRunLeftEndsBeforeAnythingIsDeleted() throws Exception {
        var root = temporary.resolve("d");
        try (var data = open(root, false)) {
            Files.writeString(data.folder("run").resolve("state.json"), "who runs");
        }
        var seen = new ArrayList<String>();

        DataFolder.open(root, true, at -> seen.add(read(at.resolve("run/state.json"))), () -> "cluster-2")
                .close();

        assertThat(seen).containsExactly("who runs");
        assertThat(root.resolve("run")).doesNotExist();
    }

    @Test
    void aLinkToAFolderStandsForTheFolder() throws Exception {
        var disk = Files.createDirectory(temporary.resolve("disk"));
        var link = Files.createSymbolicLink(temporary.resolve("link"), disk);
        open(link, false).close();
        Files.writeString(disk.resolve("old"), "");

        open(link, true).close();

        assertThat(link).isSymbolicLink();
        assertThat(disk.resolve("old")).doesNotExist();
        assertThat(disk.resolve(Marker.FILE)).exists();
    }

    @Test
    void aSecondRunOnTheSameFolderIsRefused() throws Exception {
        var root = temporary.resolve("d");
        try (var first = open(root, false)) {
            assertThatThrownBy(() -> open(root, false)).isInstanceOf(AlreadyRunningException.class);
            assertThatThrownBy(() -> open(root, true)).isInstanceOf(AlreadyRunningException.class);
            assertThat(first.root()).exists();
        }
        open(root, false).close();
    }

    @Test
    void aDamagedMarkerIsNamedAndFreshGetsOverIt() throws Exception {
        var root = temporary.resolve("d");
        open(root, false).close();
        for (var text : new String[] {"", "layout=1", "layout=1\ncluster.id=x\nkafka-port=many", "\\u00zz"}) {
            Files.writeString(root.resolve(Marker.FILE), text);
            assertThatThrownBy(() -> open(root, false))
                    .isInstanceOf(LauncherException.class)
                    .hasMessageContaining("damaged");
        }
        open(root, true).close();
    }

    @Test
    void aFolderOfALaterVersionIsNotTouched() throws Exception {
        var root = temporary.resolve("d");
        open(root, false).close();
        Files.writeString(root.resolve(Marker.FILE), "layout=2\ncluster.id=x");

        assertThatThrownBy(() -> open(root, false)).hasMessageContaining("another version");
    }

    @Test
    void refusesAFileInPlaceOfAFolder() throws Exception {
        var file = Files.writeString(temporary.resolve("f"), "");

        assertThatThrownBy(() -> open(file, false)).hasMessageContaining("is a file");
    }

    @Test
    void saysInWordsThatTheDiskIsFullOrReadOnly() {
        var folder = Path.of("data");

        assertThat(DataFolder.unusable(folder, new FileSystemException("data", null, "No space left on device")))
                .hasMessageContaining("is full");
        assertThat(DataFolder.unusable(folder, new FileSystemException("data", null, "Read-only file system")))
                .hasMessageContaining("cannot be written");
        assertThat(DataFolder.unusable(folder, new AccessDeniedException("data")))
                .hasMessageContaining("permission denied")
                .asInstanceOf(InstanceOfAssertFactories.type(LauncherException.class))
                .extracting(LauncherException::remedy, InstanceOfAssertFactories.STRING)
                .contains("--data FOLDER");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataFolder open(Path root, boolean fresh) throws InterruptedException {
        return DataFolder.open(root, fresh, at -> {}, () -> "cluster-1");
    }
}
