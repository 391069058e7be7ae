package space.halley.api;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import space.halley.api.follow.PublicEventDecoder;
import space.halley.domain.PublicEvent;
import space.halley.schemas.Codecs;
import space.halley.schemas.Decoding;
import space.halley.schemas.RecordCodec;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.installation.SchemaLedger;
import space.halley.schemas.installation.ServiceConfig;

/**
 * Decodes with the schemas that the log itself keeps, and asks the registry for others. The log's are read with the first
 * record and not at the start, so that the service answers, and says what it waits for, while Kafka is away. Owned by the
 * follower's thread.
 */
final class LedgerDecoder implements PublicEventDecoder {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final ServiceConfig config;
    private @Nullable RecordCodec<PublicEvent> codec;

    LedgerDecoder(ServiceConfig config) {
        this.config = config;
    }

    @Override
    public Decoding<PublicEvent> decode(byte @Nullable [] bytes) {
        var ready = codec;
        if (ready == null) {
            ready = open();
            codec = ready;
        }
        return ready.decode(bytes);
    }

    private RecordCodec<PublicEvent> open() {
        Map<String, Object> client = config.kafkaClient();
        client.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
        client.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_TIMEOUT.toMillis());
        var ledger = new SchemaLedger(client).read();
        return Codecs.over(new RegistrySchemas(RegistryClient.reader(config.registry()), ledger))
                .publicEvents();
    }
}
