package space.halley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HalleyTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandHasHelpThatSaysWhatItDoes() {
        for (var command : Halley.commandLine().getSubcommands().entrySet()) {
            assertThat(execute(command.getKey(), "--help")).as(command.getKey()).isZero();
            for (var name : command.getValue().getSubcommands().keySet()) {
                assertThat(execute(command.getKey(), name, "--help")).as(name).isZero();
            }
        }
        assertThat(out.toString()).contains("Start everything on this machine.").doesNotContain("null");
    }

    @Test
    void aFolderThatIsNotHalleysIsAMessageAndNoStackTrace(@TempDir Path folder) throws Exception {
        java.nio.file.Files.writeString(folder.resolve("mine.txt"), "");
        System.setProperty("halley.home", folder.toString());

        assertThat(execute("up", "--data", folder.toString())).isEqualTo(1);

        assertThat(err.toString())
                .contains("not Halley's")
                .contains("--data FOLDER")
                .doesNotContain("Exception");
    }

    @Test
    void whatCannotBeAPortAndWhatIsNoReasonAreMistakesOfTheCommandLine() {
        for (var port : new String[] {"0", "99999", "-1", "http"}) {
            assertThat(execute("up", "--port", port)).as(port).isEqualTo(2);
        }
        for (var command : new String[] {"withdraw", "waive"}) {
            assertThat(execute(command, "--agency", "nasa", "--reason", " ", "urn:nasa:pds:a:b:c::1.0"))
                    .as(command)
                    .isEqualTo(2);
        }

        assertThat(err.toString())
                .contains("99999 is not a port; ports are 1 to 65535")
                .contains("'http' is not a number")
                .contains("a change needs a reason that says something")
                .doesNotContain("Exception");
    }

    private int execute(String... arguments) {
        return Halley.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
