package space.halley.bench;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import space.halley.schemas.Topics;

/** Copies the commands to one topic: the least that Kafka Streams can do with them. */
final class PassThrough implements Contender {
    @Override
    public String name() {
        return "pass-through";
    }

    @Override
    public Running start(Site site, HeldTerms terms) {
        return Contender.run(site, PassThrough::topology);
    }

    private static Topology topology(TopologyConfig config) {
        return new Topology(config)
                .addSource(
                        "commands",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        Topics.commands(Site.AGENCY))
                .addSink("journal", Topics.JOURNAL, new ByteArraySerializer(), new ByteArraySerializer(), "commands");
    }
}
