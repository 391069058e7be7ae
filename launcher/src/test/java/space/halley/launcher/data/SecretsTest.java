package space.halley.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
    private static final List<String> PRINCIPALS = List.of("nasa", "streams");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void eachPrincipalGetsALongPasswordOfItsOwn() {
        var secrets = ensure(PRINCIPALS);

        assertThat(secrets.password("nasa")).hasSizeGreaterThanOrEqualTo(43).isNotEqualTo(secrets.password("streams"));
    }

    @Test
    void passwordsStayWhenAnotherPrincipalIsAdded() {
        var before = ensure(PRINCIPALS).password("nasa");

        assertThat(ensure(List.of("nasa", "streams", "esa")).password("nasa")).isEqualTo(before);
    }

    @Test
    void onlyTheUserCanReadTheFiles() throws IOException {
        ensure(PRINCIPALS).addLogins(folder, PRINCIPALS, "127.0.0.1:9092");

        for (var principal : PRINCIPALS) {
            var rights = Files.getPosixFilePermissions(folder.resolve(principal + ".properties"));
            assertThat(PosixFilePermissions.toString(rights)).isEqualTo("rw-------");
        }
    }

    @Test
    void theFileOfAPrincipalIsWhatAKafkaClientNeeds() throws IOException {
        var secrets = ensure(PRINCIPALS);
        secrets.addLogins(folder, PRINCIPALS, "127.0.0.1:9092");

        var file = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("nasa.properties"))) {
            file.load(reader);
        }
        assertThat(file)
                .containsEntry("bootstrap.servers", "127.0.0.1:9092")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("password", secrets.password("nasa"));
        assertThat(file.getProperty("sasl.jaas.config")).contains(secrets.password("nasa"));
        assertThat(ensure(PRINCIPALS).password("nasa")).isEqualTo(secrets.password("nasa"));
    }

    @Test
    void theyDoNotShowInAText() {
        var secrets = ensure(PRINCIPALS);

        assertThat(secrets.toString()).contains("nasa").doesNotContain(secrets.password("nasa"));
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        ensure(PRINCIPALS);
        Files.writeString(folder.resolve("nasa.properties"), "password=");

        assertThatThrownBy(() -> ensure(PRINCIPALS)).hasMessageContaining("nasa.properties");
    }

    private Secrets ensure(List<String> principals) {
        return Secrets.ensure(folder, principals, new SecureRandom());
    }
}
