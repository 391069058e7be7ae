package space.halley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import space.halley.domain.Agencies;
import space.halley.schemas.Codecs;
import space.halley.schemas.Decoding;
import space.halley.schemas.Input;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Topics;
import space.halley.schemas.UnknownSchemaException;
import space.halley.schemas.installation.SchemaInstaller;

class FakeRegistryTest {
    private final FakeRegistry registry = FakeRegistry.open();
    private final RegistryClient client = RegistryClient.deployer(registry.address(), "deployer", "any");

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void servesWhatTheInstallerRegisters() throws Exception {
        var ids = new SchemaInstaller(client, Samples.topics()).install();

        assertThat(ids.values())
                .containsExactlyInAnyOrderElementsOf(
                        Set.copyOf(Samples.topics().subjects().values()));
        for (var id : ids.entrySet()) {
            assertThat(client.byId(id.getKey())).contains(id.getValue());
        }
        assertThat(new SchemaInstaller(client, Samples.topics()).install()).isEqualTo(ids);

        var codecs = Codecs.over(new RegistrySchemas(RegistryClient.reader(registry.address())));
        Input fence = new Input.Fence(Instant.EPOCH, "lane-1", 7);
        assertThat(codecs.commands().decode(codecs.commands().encode(fence))).isEqualTo(new Decoding.Decoded<>(fence));
    }

    @Test
    void theInstallerBringsBackWhatTheRegistryLostAndAddsWhatIsNew() throws Exception {
        var one = new Topics(new Agencies(List.of(Samples.nasa())), 1, (short) 1);
        var both = new Topics(new Agencies(List.of(Samples.nasa(), Samples.esa())), 1, (short) 1);
        var ids = new SchemaInstaller(client, one).install();

        assertThat(new SchemaInstaller(client, both).install(ids)).isEqualTo(ids);

        registry.forget();

        assertThat(new SchemaInstaller(client, both).install(ids)).isEqualTo(ids);
        for (var subject : both.subjects().entrySet()) {
            assertThat(client.versions(subject.getKey())).containsValue(subject.getValue());
        }
    }

    @Test
    void refusesWhatIsIncompatibleWithAnyVersion() {
        client.setCompatibility("FULL_TRANSITIVE");
        client.register("s", withFields("a"));
        client.register("s", withFields("a", "b"));

        assertThat(client.register("s", withFields("a"))).isEqualTo(1);
        assertThatThrownBy(() -> client.register(
                        "s",
                        SchemaBuilder.record("R")
                                .fields()
                                .requiredString("required")
                                .endRecord()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("409");
    }

    @Test
    void tellsUnknownFromUnavailable() {
        var schemas = new RegistrySchemas(client);

        assertThat(client.versions("nothing")).isEmpty();
        assertThatThrownBy(() -> schemas.byId(4711)).isInstanceOf(UnknownSchemaException.class);
        registry.unavailable(true);
        assertThatThrownBy(() -> schemas.byId(4712)).isInstanceOf(RegistryUnavailableException.class);
    }

    private static Schema withFields(String... names) {
        var fields = SchemaBuilder.record("R").fields();
        for (var name : names) {
            fields = fields.optionalString(name);
        }
        return fields.endRecord();
    }
}
