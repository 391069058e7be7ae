package space.halley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import space.halley.schemas.TopicSpec;
import space.halley.schemas.Topics;

/**
 * What a real broker lets every principal do, against what the catalogue grants: everything that is not granted is
 * denied.
 */
class SecurityMatrixTest {
    private static final String DEPLOYER = Topics.Principal.DEPLOYER.userName();
    private static final String STREAMS = Topics.Principal.STREAMS.userName();
    private static final String UNLISTED = "halley.unlisted";
    private static final byte[] VALUE = "x".getBytes(StandardCharsets.UTF_8);
    private static final Topics TOPICS = Samples.topics();
    private static final EmbeddedKafka KAFKA = EmbeddedKafka.secured(TOPICS);

    @BeforeAll
    static void fillEveryTopic() throws Exception {
        KAFKA.install(TOPICS);
        KAFKA.admin()
                .createTopics(List.of(new NewTopic(UNLISTED, 1, (short) 1)))
                .all()
                .get();
        try (var producer = producer(DEPLOYER, Map.of())) {
            for (var topic : topics()) {
                producer.send(new ProducerRecord<>(topic, 0, VALUE, VALUE)).get();
            }
        }
    }

    @AfterAll
    static void close() {
        KAFKA.close();
    }

    @Test
    void theBrokerGrantsOnEveryTopicExactlyWhatTheCatalogueSays() throws Exception {
        var differences = new ArrayList<String>();
        for (var user : TOPICS.users()) {
            try (var admin = admin(user)) {
                var descriptions = admin.describeTopics(
                                topics(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues();
                for (var description : descriptions.entrySet()) {
                    Set<AclOperation> granted = allowed(description.getValue())
                            ? description.getValue().get().authorizedOperations()
                            : Set.of();
                    var expected = expected(user, description.getKey());
                    if (!granted.equals(expected)) {
                        differences.add(user + " on " + description.getKey() + ": " + granted + ", not " + expected);
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void everyoneSeesOnlyTheTopicsThatTheyMaySee() throws Exception {
        for (var user : TOPICS.users()) {
            try (var admin = admin(user)) {
                assertThat(admin.listTopics().names().get().stream().filter(name -> !name.startsWith("__")))
                        .as(user)
                        .containsExactlyInAnyOrderElementsOf(topics().stream()
                                .filter(topic ->
                                        catalogueAllows(user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE))
                                .toList());
            }
        }
    }

    @Test
    void writingSucceedsExactlyWhereItIsGranted() throws Exception {
        var differences = new ArrayList<String>();
        for (var user : TOPICS.users()) {
            try (var producer = producer(user, Map.of("enable.idempotence", "false", "max.block.ms", "5000"))) {
                for (var topic : topics()) {
                    compare(
                            differences,
                            user + " writes " + topic,
                            catalogueAllows(user, ResourceType.TOPIC, topic, AclOperation.WRITE),
                            () -> producer.send(new ProducerRecord<>(topic, 0, VALUE, VALUE))
                                    .get());
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void readingSucceedsExactlyWhereItIsGranted() throws Exception {
        var differences = new ArrayList<String>();
        for (var user : TOPICS.users()) {
            var config = client(user);
            config.put("auto.offset.reset", "earliest");
            try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                for (var topic : topics()) {
                    compare(
                            differences,
                            user + " reads " + topic,
                            catalogueAllows(user, ResourceType.TOPIC, topic, AclOperation.READ),
                            () -> readOne(consumer, topic));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void groupsAreUsedExactlyByThoseToWhomTheyBelong() throws Exception {
        var differences = new ArrayList<String>();
        for (var user : TOPICS.users()) {
            for (var group :
                    List.of("nasa.reader", "esa.reader", "nasa", "public.reader", "halley-lane-nasa", "api.x", "x")) {
                compare(
                        differences,
                        user + " commits as group " + group,
                        catalogueAllows(user, ResourceType.GROUP, group, AclOperation.READ),
                        () -> commit(user, group));
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void nobodyButTheStreamsUsesATransactionAndTheyOnlyTheirOwn() throws Exception {
        var differences = new ArrayList<String>();
        var allowed = new TreeSet<String>();
        for (var user : TOPICS.users()) {
            for (var id : List.of("halley-lane-nasa-0", "halley-lane-esa-1", "nasa-0", "esa-0", "public-0", "x")) {
                var expected = catalogueAllows(user, ResourceType.TRANSACTIONAL_ID, id, AclOperation.WRITE);
                if (expected) {
                    allowed.add(user + " " + id);
                }
                compare(differences, user + " begins a transaction as " + id, expected, () -> transaction(user, id));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(allowed)
                .filteredOn(name -> !name.startsWith(DEPLOYER))
                .containsExactly("streams halley-lane-esa-1", "streams halley-lane-nasa-0");
    }

    @Test
    void nobodyButTheDeployerChangesTheClusterItsTopicsOrItsRights() throws Exception {
        var differences = new ArrayList<String>();
        var everything = new AccessControlEntry("User:nasa", "*", AclOperation.ALL, AclPermissionType.ALLOW);
        for (var user : TOPICS.users()) {
            if (user.equals(DEPLOYER)) {
                continue;
            }
            try (var admin = admin(user)) {
                assertThat(admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true))
                                .authorizedOperations()
                                .get())
                        .as(user)
                        .isEmpty();
                denied(differences, user + " creates a topic", () -> admin.createTopics(
                                List.of(new NewTopic("halley.new-" + user, 1, (short) 1)))
                        .all());
                denied(differences, user + " reads rights", () -> admin.describeAcls(AclBindingFilter.ANY)
                        .values());
                denied(differences, user + " grants rights", () -> admin.createAcls(List.of(new AclBinding(
                                new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL), everything)))
                        .all());
                denied(differences, user + " takes rights", () -> admin.deleteAcls(List.of(AclBindingFilter.ANY))
                        .all());
                denied(differences, user + " changes a password", () -> admin.alterUserScramCredentials(
                                List.of(new UserScramCredentialUpsertion(
                                        "esa",
                                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096),
                                        "new password")))
                        .all());
                for (var topic : topics()) {
                    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                    denied(differences, user + " alters " + topic, () -> admin.incrementalAlterConfigs(Map.of(
                                    resource,
                                    List.of(new AlterConfigOp(
                                            new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET))))
                            .all());
                    denied(differences, user + " adds partitions to " + topic, () -> admin.createPartitions(
                                    Map.of(topic, NewPartitions.increaseTo(9)))
                            .all());
                    denied(differences, user + " deletes records of " + topic, () -> admin.deleteRecords(
                                    Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1)))
                            .all());
                    denied(differences, user + " deletes " + topic, () -> admin.deleteTopics(List.of(topic))
                            .all());
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    /** Something that a principal tries. */
    private interface Attempt {
        void run() throws Exception;
    }

    private interface AdminCall {
        KafkaFuture<?> run();
    }

    private static void compare(List<String> differences, String what, boolean expected, Attempt attempt)
            throws Exception {
        if (succeeds(attempt) != expected) {
            differences.add(
                    what + (expected ? ": denied, and granted by the catalogue" : ": possible, and granted by nobody"));
        }
    }

    private static void denied(List<String> differences, String what, AdminCall call) throws Exception {
        compare(differences, what, false, () -> call.run().get());
    }

    private static boolean succeeds(Attempt attempt) throws Exception {
        try {
            attempt.run();
            return true;
        } catch (AuthorizationException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }

    private static boolean allowed(KafkaFuture<?> future) throws Exception {
        return succeeds(future::get);
    }

    private static void readOne(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                return;
            }
        }
        fail("neither a record nor a refusal came from " + topic);
    }

    private static void commit(String user, String group) {
        var config = client(user);
        config.put("group.id", group);
        config.put("enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var everyonesTopic = new TopicPartition(Topics.SCHEMAS, 0);
            consumer.assign(List.of(everyonesTopic));
            consumer.commitSync(Map.of(everyonesTopic, new OffsetAndMetadata(0)));
        }
    }

    private static void transaction(String user, String id) {
        try (var producer = producer(user, Map.of("transactional.id", id, "max.block.ms", "20000"))) {
            producer.initTransactions();
        } catch (TimeoutException e) {
            fail(user + " got neither a transaction nor a refusal for " + id, e);
        }
    }

    private static Set<AclOperation> expected(String user, String topic) {
        var all = EnumSet.of(
                AclOperation.READ,
                AclOperation.WRITE,
                AclOperation.CREATE,
                AclOperation.DELETE,
                AclOperation.ALTER,
                AclOperation.DESCRIBE,
                AclOperation.DESCRIBE_CONFIGS,
                AclOperation.ALTER_CONFIGS);
        return all.stream()
                .filter(operation -> catalogueAllows(user, ResourceType.TOPIC, topic, operation))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AclOperation.class)));
    }

    private static boolean catalogueAllows(String user, ResourceType type, String name, AclOperation operation) {
        return user.equals(DEPLOYER)
                || TOPICS.acls().stream()
                        .filter(acl -> Set.of("User:" + user, "User:*")
                                .contains(acl.entry().principal()))
                        .filter(acl -> acl.pattern().resourceType() == type)
                        .filter(acl -> acl.pattern().patternType() == PatternType.PREFIXED
                                ? name.startsWith(acl.pattern().name())
                                : name.equals(acl.pattern().name()))
                        .anyMatch(acl -> acl.entry().operation() == operation
                                // To read or to write is also to see that it is there.
                                || (operation == AclOperation.DESCRIBE
                                        && Set.of(AclOperation.READ, AclOperation.WRITE)
                                                .contains(acl.entry().operation())));
    }

    private static List<String> topics() {
        var names = new ArrayList<>(TOPICS.all().stream().map(TopicSpec::name).toList());
        names.add(UNLISTED);
        return names;
    }

    private static Map<String, Object> client(String user) {
        return new HashMap<>(KAFKA.clientConfig(user));
    }

    private static Admin admin(String user) {
        return Admin.create(client(user));
    }

    private static KafkaProducer<byte[], byte[]> producer(String user, Map<String, String> settings) {
        var config = client(user);
        config.putAll(settings);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Test
    void theStreamsAreTheOnlyOnesWithRightsOnTransactions() {
        assertThat(TOPICS.acls())
                .filteredOn(acl -> acl.pattern().resourceType() == ResourceType.TRANSACTIONAL_ID)
                .extracting(acl -> acl.entry().principal())
                .containsOnly("User:" + STREAMS);
    }
}
