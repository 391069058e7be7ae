package space.halley.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatingLogTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void keepsTheLogOfTheRunBefore() throws IOException {
        var file = folder.resolve("broker.log");
        write(file, "first");
        write(file, "second");

        assertThat(file).hasContent("second");
        assertThat(folder.resolve("broker.log.1")).hasContent("first");
    }

    @Test
    void startsANewFileWhenOneIsFullAndDeletesTheOldest() throws IOException {
        var file = folder.resolve("broker.log");
        try (var log = new RotatingLog(file, 10, 2)) {
            for (var line : new String[] {"aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd"}) {
                log.copy(new ByteArrayInputStream(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            }
        }

        assertThat(file).hasContent("dddddddddd");
        assertThat(folder.resolve("broker.log.1")).hasContent("cccccccccc");
        assertThat(folder.resolve("broker.log.2")).hasContent("bbbbbbbbbb");
        assertThat(folder.resolve("broker.log.3")).doesNotExist();
    }

    @Test
    void tellsTheLastLines() throws IOException {
        write(folder.resolve("l"), "1\n2\n3\n");

        assertThat(RotatingLog.tail(folder.resolve("l"), 2)).containsExactly("2", "3");
        assertThat(RotatingLog.tail(folder.resolve("l"), 9)).containsExactly("1", "2", "3");
    }

    private static void write(Path file, String text) throws IOException {
        try (var log = new RotatingLog(file, 1000, 2)) {
            log.copy(new ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }
}
