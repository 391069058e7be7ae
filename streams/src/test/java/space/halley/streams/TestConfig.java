package space.halley.streams;

import java.nio.file.Path;
import java.util.Map;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.ServiceConfig;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;
import space.halley.testkit.Samples;

/** The settings of one instance of the streams beside a test's own broker and registry. */
final class TestConfig {
    private TestConfig() {}

    /** @param folder for the stores */
    static ServiceConfig of(EmbeddedKafka kafka, FakeRegistry registry, Path folder, String instance, int partitions) {
        return Samples.serviceConfig(
                kafka.clientConfig(Topics.Principal.STREAMS.userName()),
                Map.of(
                        "halley.registry.url", registry.address().toString(),
                        "halley.agencies.dir", folder.toString(),
                        "halley.data.dir", folder.toString(),
                        "halley.instance.id", instance,
                        "halley.partitions", Integer.toString(partitions)));
    }
}
