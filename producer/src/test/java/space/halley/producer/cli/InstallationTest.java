package space.halley.producer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.AgencyId;

final class InstallationTest {
    @TempDir
    private Path folder;

    @Test
    void prefersTheOptionThenTheEnvironmentThenTheFolderOfTheCommand() {
        var environment = Map.of("HALLEY_DATA", "/of/environment");
        var properties = Map.of("halley.home", "/opt/halley");

        assertThat(Installation.of(Path.of("/of/option"), environment::get, properties::get)
                        .data())
                .isEqualTo(Path.of("/of/option"));
        assertThat(Installation.of(null, environment::get, properties::get).data())
                .isEqualTo(Path.of("/of/environment"));
        assertThat(Installation.of(null, name -> null, properties::get).data())
                .isEqualTo(Path.of("/opt/halley/.halley"));
        assertThat(Installation.of(null, name -> null, name -> null).data()).isEqualTo(Path.of(".halley"));
    }

    @Test
    void saysThatNothingRunsWhereThereIsNothing() {
        assertThatThrownBy(() -> new Installation(folder).agency(new AgencyId("nasa")))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("./halley up");
    }

    @Test
    void namesTheAgenciesThatThereAre() throws IOException {
        Files.createDirectory(folder.resolve("run"));
        Files.writeString(folder.resolve("run/agency-esa.properties"), "");
        Files.writeString(folder.resolve("run/agency-cnsa.properties"), "");
        Files.writeString(folder.resolve("run/streams.properties"), "");

        assertThatThrownBy(() -> new Installation(folder).agency(new AgencyId("nasa")))
                .isInstanceOf(Complaint.class)
                .hasMessageEndingWith("no agency 'nasa'; it has cnsa, esa");
    }
}
