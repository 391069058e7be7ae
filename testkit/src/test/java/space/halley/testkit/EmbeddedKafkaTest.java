package space.halley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import space.halley.schemas.Topics;

class EmbeddedKafkaTest {

    @Test
    void keepsItsDataOverARestart() throws Exception {
        try (var kafka = EmbeddedKafka.open()) {
            kafka.admin()
                    .createTopics(List.of(new NewTopic("t", 1, (short) 1)))
                    .all()
                    .get();
            write(kafka.clientConfig(), "t", "one");

            kafka.stop();
            kafka.start();

            write(kafka.clientConfig(), "t", "two");
            assertThat(read(kafka.clientConfig(), "t", 2)).containsExactly("one", "two");
        }
    }

    @Test
    void securedItLetsUsersDoWhatTheCatalogueSaysAndNothingElse() throws Exception {
        var topics = Samples.topics();
        try (var kafka = EmbeddedKafka.secured(topics).install(topics)) {
            var commands = Topics.commands(Samples.NASA);

            write(kafka.clientConfig("nasa"), commands, "mine");
            assertThat(read(kafka.clientConfig("streams"), commands, 1)).containsExactly("mine");

            assertThatThrownBy(() -> write(kafka.clientConfig("esa"), commands, "not mine"))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            var unknown = kafka.clientConfig("nasa");
            unknown.computeIfPresent("sasl.jaas.config", (key, login) -> login.replace("nasa", "nobody"));
            try (var admin = Admin.create(Map.copyOf(unknown))) {
                assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(SaslAuthenticationException.class);
            }

            kafka.stop();
            kafka.start();
            write(kafka.clientConfig("nasa"), commands, "after the restart");
        }
    }

    @Test
    void threeNodesGoOnWithoutOne() throws Exception {
        try (var kafka = EmbeddedKafka.open(3)) {
            kafka.admin()
                    .createTopics(List.of(new NewTopic("t", 1, (short) 3).configs(Map.of("min.insync.replicas", "2"))))
                    .all()
                    .get();

            kafka.stop(1);
            write(kafka.clientConfig(), "t", "one");
            kafka.start(1);

            assertThat(read(kafka.clientConfig(), "t", 1)).containsExactly("one");
        }
    }

    @Test
    void inProcessesItGoesOnWithoutAKilledOneAndAfterAllWereKilled() throws Exception {
        var topics = new Topics(Samples.agencies(), 1, (short) 3);
        try (var kafka = EmbeddedKafka.inProcesses(topics, 3).install(topics)) {
            var commands = Topics.commands(Samples.NASA);

            kafka.kill(0);
            write(kafka.clientConfig("nasa"), commands, "one");
            kafka.kill(1);
            kafka.kill(2);
            kafka.start();

            write(kafka.clientConfig("nasa"), commands, "two");
            assertThat(read(kafka.clientConfig("streams"), commands, 2)).containsExactly("one", "two");
        }
    }

    private static void write(Map<String, String> config, String topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                new HashMap<String, Object>(config), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, "key", value.getBytes(StandardCharsets.UTF_8)))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(Map<String, String> config, String topic, int count) {
        var settings = new HashMap<String, Object>(config);
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            var found = new ArrayList<String>();
            var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (found.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> found.add(r.value()));
            }
            return found;
        }
    }
}
