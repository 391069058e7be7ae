package space.halley.schemas.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceConfigTest {
    private static final Map<String, String> LEAST = Map.of(
            "bootstrap.servers", "127.0.0.1:9092",
            "halley.registry.url", "http://127.0.0.1:8081/apis/ccompat/v7",
            "halley.agencies.dir", "agencies",
            "halley.data.dir", "data");

    @Test
    void hasDefaults() {
        var config = ServiceConfig.of("test", LEAST);

        assertThat(config)
                .isEqualTo(new ServiceConfig(
                        Map.of("bootstrap.servers", "127.0.0.1:9092"),
                        URI.create("http://127.0.0.1:8081/apis/ccompat/v7"),
                        Path.of("agencies"),
                        Path.of("data"),
                        "127.0.0.1",
                        0,
                        "1",
                        4,
                        (short) 1,
                        0));
    }

    @Test
    void takesEverySettingAndGivesKafkaItsOwn(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("streams.properties"), """
                bootstrap.servers = a:1,b:2
                security.protocol = SASL_SSL
                sasl.jaas.config = Module required password="hidden";
                halley.registry.url = https://registry.example/
                halley.agencies.dir = /etc/halley/agencies
                halley.data.dir = /var/lib/halley
                halley.http.host = 0.0.0.0
                halley.http.port = 8080
                halley.instance.id = streams-2
                halley.partitions = 24
                halley.replication = 3
                halley.standbys = 1
                """);

        var config = ServiceConfig.load(file);

        assertThat(config)
                .isEqualTo(new ServiceConfig(
                        Map.of(
                                "bootstrap.servers",
                                "a:1,b:2",
                                "security.protocol",
                                "SASL_SSL",
                                "sasl.jaas.config",
                                "Module required password=\"hidden\";"),
                        URI.create("https://registry.example/"),
                        Path.of("/etc/halley/agencies"),
                        Path.of("/var/lib/halley"),
                        "0.0.0.0",
                        8080,
                        "streams-2",
                        24,
                        (short) 3,
                        1));
        assertThat(config.kafkaClient())
                .containsEntry("security.protocol", "SASL_SSL")
                .hasSize(3);
        assertThat(config.toString()).doesNotContain("hidden").contains("streams-2", "a:1,b:2");
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        var settings = new HashMap<>(LEAST);
        settings.remove("bootstrap.servers");
        settings.put("halley.data.dir", " ");
        settings.put("halley.http.port", "65536");
        settings.put("halley.partitions", "0");
        settings.put("halley.replication", "three");
        settings.put("halley.instance.id", "");
        settings.put("halley.http.prot", "1");
        settings.put("halley.registry.url", "no address");

        assertThatThrownBy(() -> ServiceConfig.of("x.properties", settings))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageStartingWith("x.properties cannot be used: ")
                .hasMessageContaining("bootstrap.servers is missing")
                .hasMessageContaining("halley.data.dir is missing")
                .hasMessageContaining("halley.http.port must be a whole number from 0 to 65535")
                .hasMessageContaining("halley.partitions must be a whole number from 1 to 1000")
                .hasMessageContaining("halley.replication must be a whole number from 1 to 100")
                .hasMessageContaining("halley.instance.id is empty")
                .hasMessageContaining("halley.http.prot is not a setting that this version knows")
                .hasMessageContaining("halley.registry.url must be an http or https address");
    }

    @Test
    void aRegistryIsReachedOverHttp() {
        for (var wrong : new String[] {"registry:8081", "ftp://registry", "//registry", "registry"}) {
            var settings = new HashMap<>(LEAST);
            settings.put("halley.registry.url", wrong);
            assertThatThrownBy(() -> ServiceConfig.of("test", settings))
                    .as(wrong)
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("http or https");
        }
    }

    @Test
    void saysWhichFileCannotBeRead(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> ServiceConfig.load(folder.resolve("nothing.properties")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("nothing.properties");
        var broken = Files.writeString(folder.resolve("broken.properties"), "a=\\u12");
        assertThatThrownBy(() -> ServiceConfig.load(broken))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("broken.properties");
    }
}
