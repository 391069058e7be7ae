package space.halley.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.InvalidValueException;
import space.halley.schemas.avro.CatalogueEnvelope;
import space.halley.schemas.avro.CommandEnvelope;
import space.halley.schemas.avro.DeadLetterEnvelope;
import space.halley.schemas.avro.JournalEnvelope;
import space.halley.schemas.avro.PartnerEnvelope;
import space.halley.schemas.avro.ProductStateEnvelope;
import space.halley.schemas.avro.PublicEnvelope;
import space.halley.schemas.avro.ReceiptEnvelope;

/**
 * The catalogue of topics: every topic of an installation with its key, schema, partitions and settings, and who may do
 * what with it. Code, tests and documentation take it from here.
 */
public final class Topics {
    /** Everything that everyone may know, for ever. */
    public static final String PUBLIC = "halley.public";
    /** Every decision, for ever. */
    public static final String JOURNAL = "halley.journal";
    /** The last state of every version. */
    public static final String CATALOG = "halley.catalog";
    /** The registry's ids with their schemas. */
    public static final String SCHEMAS = "halley.schemas";

    /** What the names of the topics for partners begin with. */
    public static final String PARTNERS = "halley.partners.";

    /** The largest command, in bytes before compression. */
    public static final int MAX_COMMAND_BYTES = 1 << 20;

    private static final String LANES = "halley-lane-";
    /** Bytes that are no UTF-8 become up to three times as many when they are read and written again. */
    private static final int MAX_OUTPUT_BYTES = 4 * MAX_COMMAND_BYTES;

    private static final String LID = "the product's logical identifier, UTF-8";
    private static final String LIDVID = "<lid>::<vid>, UTF-8; partitioned by the identifier";
    private static final Set<String> RESERVED = Set.of(
            "deployer",
            "streams",
            "api",
            "public-reader",
            "auditor",
            "public",
            "broker",
            "registry",
            "controller",
            "admin");
    private static final String FOR_EVER = "-1";
    private static final String SEGMENT_BYTES = Integer.toString(64 << 20);

    static {
        GeneratedClasses.trust();
    }

    private final Agencies agencies;
    private final int partitions;
    private final short replication;

    /**
     * @param partitions of every topic but the schemas'; fixed for the life of an installation, because a product's
     *     partition follows from it
     */
    public Topics(Agencies agencies, int partitions, short replication) {
        for (var agency : agencies.all()) {
            if (RESERVED.contains(agency.id().value())) {
                throw new InvalidValueException(
                        "agency", "'" + agency.id() + "' is the name of a part of Halley; choose another");
            }
        }
        this.agencies = agencies;
        this.partitions = partitions;
        this.replication = replication;
    }

    /** What an agency says. */
    public static String commands(AgencyId agency) {
        return "halley.commands." + agency;
    }

    /** What it hears back. */
    public static String receipts(AgencyId agency) {
        return "halley.receipts." + agency;
    }

    /** What was refused of what it said. */
    public static String deadLetters(AgencyId agency) {
        return "halley.dead-letters." + agency;
    }

    /** What is shared with an agency as a partner before it is public. */
    public static String partners(AgencyId recipient) {
        return PARTNERS + recipient;
    }

    /** The id of an agency's lane: its Kafka Streams application, consumer group and the prefix of its transactions. */
    public static String lane(AgencyId agency) {
        return LANES + agency;
    }

    /**
     * The partition in which Kafka's own clients put a key: murmur2 of its bytes.
     *
     * @param partitions of the topic
     */
    public static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** The changelog of a store of a lane. */
    public static String changelog(AgencyId agency, Store store) {
        return lane(agency) + "-" + store.storeName() + "-changelog";
    }

    /** The stores of a lane. */
    public enum Store {
        PRODUCTS("products"),
        TIMERS("timers"),
        AGENDA("agenda");

        private final String storeName;

        Store(String storeName) {
            this.storeName = storeName;
        }

        /** The store's name in the topology. */
        public String storeName() {
            return storeName;
        }
    }

    /** Who connects to Kafka, besides the agencies, whose principals have their names. */
    public enum Principal {
        DEPLOYER("deployer"),
        STREAMS("streams"),
        API("api"),
        PUBLIC_READER("public-reader"),
        /** Reads everything and writes nothing: for those who operate an installation. */
        AUDITOR("auditor");

        private final String userName;

        Principal(String userName) {
            this.userName = userName;
        }

        /** The SCRAM user. */
        public String userName() {
            return userName;
        }
    }

    /** All topics, in the order in which documentation lists them. */
    public List<TopicSpec> all() {
        var all = new ArrayList<TopicSpec>();
        for (var agency : agencies.all()) {
            all.addAll(ofAgency(agency.id()));
        }
        all.add(spec(
                PUBLIC,
                "what everyone may know: releases, retractions, and announcements where existence is public",
                LID,
                PublicEnvelope.getClassSchema(),
                kept()));
        all.add(spec(JOURNAL, "every decision with its cause", LID, JournalEnvelope.getClassSchema(), kept()));
        all.add(spec(
                CATALOG,
                "the last state of every version, public or not",
                LIDVID,
                CatalogueEnvelope.getClassSchema(),
                compacted()));
        all.add(new TopicSpec(
                SCHEMAS,
                "the registry's ids with their schemas (JSON), so that a lost registry leaves the log readable",
                "the id, four bytes big-endian",
                null,
                1,
                replication,
                with(compacted(), durability())));
        return List.copyOf(all);
    }

    private List<TopicSpec> ofAgency(AgencyId agency) {
        return List.of(
                spec(
                        commands(agency),
                        "what " + agency + " says, and the lane's fences",
                        LID + "; none for a fence or a policy",
                        CommandEnvelope.getClassSchema(),
                        with(kept(), Map.of("max.message.bytes", Integer.toString(MAX_COMMAND_BYTES)))),
                spec(
                        receipts(agency),
                        "the answer to every command of " + agency,
                        LID + "; none if the command could not be read",
                        ReceiptEnvelope.getClassSchema(),
                        kept()),
                spec(
                        deadLetters(agency),
                        "every refused or undecodable input of " + agency + ", without its bytes",
                        LID + "; none if the command could not be read",
                        DeadLetterEnvelope.getClassSchema(),
                        kept()),
                spec(
                        partners(agency),
                        "what partners share with " + agency + " before it is public",
                        LID,
                        PartnerEnvelope.getClassSchema(),
                        kept()),
                spec(
                        changelog(agency, Store.PRODUCTS),
                        "the state of every product of " + agency,
                        LID,
                        ProductStateEnvelope.getClassSchema(),
                        changelog()),
                spec(
                        changelog(agency, Store.TIMERS),
                        "the timers of held products of " + agency,
                        "the release instant in milliseconds, 8 bytes big-endian, then the identifier",
                        null,
                        changelog()),
                spec(
                        changelog(agency, Store.AGENDA),
                        "the fences and policy versions that have not reached every product yet, the policy in force, and what has been decided",
                        "a kind, 1 byte, and a number, 8 bytes big-endian",
                        null,
                        changelog()));
    }

    /** The schemas by the subjects under which they are registered: topics' subjects, and the records' full names. */
    public Map<String, Schema> subjects() {
        var subjects = new HashMap<String, Schema>();
        for (var topic : all()) {
            var envelope = topic.envelope();
            if (envelope != null) {
                subjects.put(topic.subject(), envelope);
                subjects.put(envelope.getFullName(), envelope);
            }
        }
        return subjects;
    }

    /** Who may do what. Everything else is denied. Nobody but the streams may use transactions. */
    public List<AclBinding> acls() {
        var acls = new ArrayList<AclBinding>();
        for (var agency : agencies.all()) {
            var name = agency.id().value();
            acls.addAll(topic(name, commands(agency.id()), AclOperation.WRITE));
            acls.addAll(topic(name, receipts(agency.id()), AclOperation.READ));
            acls.addAll(topic(name, deadLetters(agency.id()), AclOperation.READ));
            acls.addAll(topic(name, partners(agency.id()), AclOperation.READ));
            acls.addAll(topic(name, PUBLIC, AclOperation.READ));
            acls.add(allow(name, ResourceType.GROUP, name + ".", PatternType.PREFIXED, AclOperation.READ));
            acls.addAll(topic(Principal.STREAMS.userName(), commands(agency.id()), AclOperation.READ));
            acls.addAll(topic(Principal.STREAMS.userName(), commands(agency.id()), AclOperation.WRITE));
            acls.addAll(topic(Principal.STREAMS.userName(), receipts(agency.id()), AclOperation.WRITE));
            acls.addAll(topic(Principal.STREAMS.userName(), deadLetters(agency.id()), AclOperation.WRITE));
            acls.addAll(topic(Principal.STREAMS.userName(), partners(agency.id()), AclOperation.WRITE));
            for (var store : Store.values()) {
                acls.addAll(topic(Principal.STREAMS.userName(), changelog(agency.id(), store), AclOperation.READ));
                acls.addAll(topic(Principal.STREAMS.userName(), changelog(agency.id(), store), AclOperation.WRITE));
            }
        }
        var streams = Principal.STREAMS.userName();
        acls.addAll(topic(streams, PUBLIC, AclOperation.WRITE));
        acls.addAll(topic(streams, JOURNAL, AclOperation.WRITE));
        acls.addAll(topic(streams, CATALOG, AclOperation.WRITE));
        acls.add(allow(streams, ResourceType.GROUP, LANES, PatternType.PREFIXED, AclOperation.READ));
        acls.add(allow(streams, ResourceType.TRANSACTIONAL_ID, LANES, PatternType.PREFIXED, AclOperation.WRITE));
        acls.add(allow(streams, ResourceType.TRANSACTIONAL_ID, LANES, PatternType.PREFIXED, AclOperation.DESCRIBE));
        acls.addAll(topic(Principal.API.userName(), PUBLIC, AclOperation.READ));
        acls.addAll(topic(Principal.PUBLIC_READER.userName(), PUBLIC, AclOperation.READ));
        acls.add(allow(
                Principal.PUBLIC_READER.userName(),
                ResourceType.GROUP,
                "public.",
                PatternType.PREFIXED,
                AclOperation.READ));
        for (var topic : all()) {
            acls.addAll(topic(Principal.AUDITOR.userName(), topic.name(), AclOperation.READ));
        }
        acls.addAll(topic("*", SCHEMAS, AclOperation.READ));
        return acls.stream().distinct().toList();
    }

    /** The SCRAM users of an installation. */
    public List<String> users() {
        var users = new ArrayList<String>();
        for (var principal : Principal.values()) {
            users.add(principal.userName());
        }
        agencies.all().stream().map(Agency::id).map(AgencyId::value).forEach(users::add);
        return List.copyOf(users);
    }

    /** The operation and the sight of the topic; for the streams also of its settings, which their start-up check compares. */
    private static List<AclBinding> topic(String user, String topic, AclOperation operation) {
        var rights = user.equals(Principal.STREAMS.userName())
                ? Stream.of(operation, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)
                : Stream.of(operation, AclOperation.DESCRIBE);
        return rights.map(allowed -> allow(user, ResourceType.TOPIC, topic, PatternType.LITERAL, allowed))
                .toList();
    }

    private static AclBinding allow(
            String user, ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private TopicSpec spec(
            String name, String purpose, String key, @Nullable Schema envelope, Map<String, String> config) {
        return new TopicSpec(name, purpose, key, envelope, partitions, replication, with(config, durability()));
    }

    /** An acknowledged record is on all copies but one at least, and no copy that lacks it becomes the leader. */
    private Map<String, String> durability() {
        return Map.of(
                "min.insync.replicas",
                Integer.toString(Math.max(1, replication - 1)),
                "unclean.leader.election.enable",
                "false");
    }

    private static Map<String, String> kept() {
        return Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                FOR_EVER,
                "retention.bytes",
                FOR_EVER,
                "message.timestamp.type",
                "LogAppendTime",
                "segment.bytes",
                SEGMENT_BYTES,
                "max.message.bytes",
                Integer.toString(MAX_OUTPUT_BYTES));
    }

    private static Map<String, String> compacted() {
        return Map.of(
                "cleanup.policy",
                "compact",
                "message.timestamp.type",
                "LogAppendTime",
                "segment.bytes",
                SEGMENT_BYTES,
                "delete.retention.ms",
                Long.toString(Duration.ofDays(7).toMillis()),
                "min.compaction.lag.ms",
                Long.toString(Duration.ofHours(1).toMillis()),
                "max.message.bytes",
                Integer.toString(MAX_OUTPUT_BYTES));
    }

    /** A timer is one insert and one tombstone, so compaction must come often. */
    private static Map<String, String> changelog() {
        return Map.of(
                "cleanup.policy",
                "compact",
                "message.timestamp.type",
                "CreateTime",
                "segment.bytes",
                SEGMENT_BYTES,
                "segment.ms",
                Long.toString(Duration.ofDays(1).toMillis()),
                "min.cleanable.dirty.ratio",
                "0.2",
                "max.compaction.lag.ms",
                Long.toString(Duration.ofDays(1).toMillis()),
                "delete.retention.ms",
                Long.toString(Duration.ofDays(7).toMillis()),
                "max.message.bytes",
                Integer.toString(MAX_OUTPUT_BYTES));
    }

    private static Map<String, String> with(Map<String, String> config, Map<String, String> changes) {
        var all = new HashMap<>(config);
        all.putAll(changes);
        return all;
    }
}
