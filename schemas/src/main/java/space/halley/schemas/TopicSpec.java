package space.halley.schemas;

import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a topic is and how it is set up.
 *
 * @param purpose one sentence for people
 * @param key what the key is
 * @param envelope the schema of the values; null where the values are not Avro
 * @param config the topic's settings that differ from the broker's defaults or must not depend on them
 */
public record TopicSpec(
        String name,
        String purpose,
        String key,
        @Nullable Schema envelope,
        int partitions,
        short replication,
        Map<String, String> config) {
    public TopicSpec {
        config = Map.copyOf(config);
    }

    /** The subject under which clients that follow the topic's name look for the values' schema. */
    public String subject() {
        return name + "-value";
    }
}
