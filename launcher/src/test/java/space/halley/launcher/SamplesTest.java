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
    void whatIsHeldComesFirstAndAtLastWhatIsPublic() throws IOException {
        Files.createDirectories(folder.resolve("samples/held/uae"));
        Files.createDirectories(folder.resolve("samples/nasa"));
        Files.createDirectories(folder.resolve("samples/esa"));
        Files.writeString(folder.resolve("samples/nasa/history.tsv"), "");
        Files.writeString(folder.resolve("samples/held.tsv"), """
                agency\tlabel\trelease\texistence
                # a remark

                uae\theld/uae/a.xml\t30\thidden
                uae\theld/uae/b.xml\tpolicy\thidden
                """);
        var samples = folder.resolve("samples");

        var turns = new Samples(samples, folder.resolve("data"), false).turns();

        assertThat(turns).hasSize(3);
        var uae = turns.getFirst().commands();
        assertThat(uae).hasSize(2);
        assertThat(uae.get(0))
                .containsSequence("--agency", "uae")
                .containsSequence("--release-at", "+30s")
                .containsSequence("--existence", "hidden")
                .endsWith(samples.resolve("held/uae/a.xml").toString());
        assertThat(uae.get(1))
                .containsSequence("--existence", "hidden")
                .doesNotContain("--release-at", "--now")
                .endsWith(samples.resolve("held/uae/b.xml").toString());
        assertThat(turns.get(1).commands()).singleElement().satisfies(command -> assertThat(command)
                .containsSequence("--agency", "esa")
                .contains("--now"));
        assertThat(turns.get(2).commands()).singleElement().satisfies(command -> assertThat(command)
                .containsSequence("--agency", "nasa")
                .endsWith(samples.resolve("nasa/history.tsv").toString()));
    }
}
