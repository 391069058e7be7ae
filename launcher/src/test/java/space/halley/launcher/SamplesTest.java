package space.halley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SamplesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void heldSamplesAreAnnouncedFirstAndEveryAgencySpeaksForItself() throws IOException {
        Files.createDirectories(folder.resolve("held/uae"));
        Files.createDirectories(folder.resolve("nasa"));
        Files.createDirectories(folder.resolve("esa"));
        Files.writeString(folder.resolve("nasa/history.tsv"), "");
        Files.writeString(folder.resolve("held.tsv"), """
                agency\tlabel\trelease\texistence
                # a remark

                uae\theld/uae/a.xml\t30\thidden
                uae\theld/uae/b.xml\tpolicy\thidden
                """);

        var commands = new Samples(folder, folder, folder.resolve("data"), false).commands();

        assertThat(commands).hasSize(4);
        assertThat(commands.get(0))
                .containsSequence("--agency", "uae")
                .containsSequence("--release-at", "+30s")
                .containsSequence("--existence", "hidden")
                .endsWith(folder.resolve("held/uae/a.xml").toString());
        assertThat(commands.get(1))
                .containsSequence("--existence", "hidden")
                .doesNotContain("--release-at", "--now")
                .endsWith(folder.resolve("held/uae/b.xml").toString());
        assertThat(commands.get(2)).containsSequence("--agency", "esa").contains("--now");
        assertThat(commands.get(3))
                .containsSequence("--agency", "nasa")
                .endsWith(folder.resolve("nasa/history.tsv").toString());
    }

    @Test
    void everyAgencyThatHasAPolicyPublishesIt() throws IOException {
        Files.createDirectories(folder.resolve("nasa"));
        Files.createDirectories(folder.resolve("esa"));
        Files.writeString(folder.resolve("esa/policy.yaml"), "");

        assertThat(new Samples(folder, folder, folder.resolve("data"), false).policies())
                .singleElement()
                .satisfies(command -> assertThat(command)
                        .startsWith("policy", "publish")
                        .containsSequence("--agency", "esa")
                        .endsWith(folder.resolve("esa/policy.yaml").toString()));
    }
}
