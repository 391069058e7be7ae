package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import space.halley.audit.Liveness;
import space.halley.audit.LogReader;
import space.halley.audit.Promises;
import space.halley.audit.Recording;
import space.halley.domain.Agencies;
import space.halley.domain.AgencyId;
import space.halley.domain.Command;
import space.halley.domain.Existence;
import space.halley.domain.PublicEvent;
import space.halley.schemas.Codecs;
import space.halley.schemas.Decoding;
import space.halley.schemas.Input;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.AgencyProfiles;
import space.halley.schemas.installation.SchemaInstaller;
import space.halley.streams.StreamsMain;
import space.halley.streams.StreamsService;
import space.halley.testkit.ChildJvm;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeRegistry;
import space.halley.testkit.Samples;

/** A cluster with two agencies that speak, instances of the lanes on it, and what became of what was said. */
final class Installation implements AutoCloseable {
    static final InstantSource CLOCK = InstantSource.system();
    /**
     * What is due is public this soon after the faults have stopped: 10 s until the session of a dead instance ends and 10 s until its
     * transaction does, up to 5 s of a lane's pause before it starts again, up to 10 s in which the tests have things fall due, and 10 s for
     * restoring and releasing thousands of products on a busy machine.
     */
    private static final Duration RECOVERY = Duration.ofSeconds(45);

    static final int PARTITIONS = 4;
    /** Whatever was due is out this soon after the faults have stopped and the lanes are ready. */
    private static final Duration BOUND = Duration.ofSeconds(10);

    private static final Duration GLANCE = Duration.ofMillis(200);

    private final Path folder;
    private final Agencies agencies;
    private final Topics topics;
    private final EmbeddedKafka kafka;
    private final FakeRegistry registry;
    private final Codecs codecs;
    private final Map<AgencyId, Producer<byte[], byte[]>> producers = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private interface Cluster {
        EmbeddedKafka open(Topics topics);
    }

    private Installation(Path folder, int brokers, Cluster cluster, FakeRegistry registry) throws Exception {
        this.folder = folder;
        this.agencies = AgencyProfiles.load(profiles());
        this.topics = new Topics(agencies, PARTITIONS, (short) brokers);
        this.kafka = cluster.open(topics).install(topics);
        this.registry = registry;
        new SchemaInstaller(RegistryClient.deployer(registry.address(), "deployer", "any"), topics).install();
        this.codecs = Codecs.over(new RegistrySchemas(RegistryClient.reader(registry.address())));
    }

    /** One broker, which nothing happens to. */
    static Installation onOneBroker(Path folder) throws Exception {
        return new Installation(folder, 1, EmbeddedKafka::secured, FakeRegistry.open());
    }

    /** Three brokers, each in a process of its own; every record is on all three, and is acknowledged by two. */
    static Installation onThreeBrokers(Path folder) throws Exception {
        return new Installation(folder, 3, topics -> EmbeddedKafka.inProcesses(topics, 3), FakeRegistry.open());
    }

    private static final int USUAL = 20_000;

    /**
     * How many products are due at one instant where a fault comes in the middle of their release: so many that it takes several
     * steps of every partition, or as many as somebody asked for with {@code -Dhalley.drain}.
     */
    static final int DRAIN = Integer.getInteger("halley.drain", USUAL);

    /** How long anything may take, faults among it, on a machine that does something else as well; a larger drain longer. */
    static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(Math.max(0, DRAIN - USUAL) / 2);

    /** More rounds of a fault where somebody asked for the slow checks. */
    static int rounds(int quick, int slow) {
        return Boolean.getBoolean("halley.slow") ? slow : quick;
    }

    /**
     * Another one, to which nothing has come but what was said to this one, in the same order and at the same times. It has
     * the same registry: without the ids of the schemas nothing that was said can be read.
     */
    Installation ofWhatWasSaid(Path folder) throws Exception {
        var other = new Installation(folder, 1, EmbeddedKafka::secured, registry);
        for (var agency : agencies.all()) {
            var commands = Topics.commands(agency.id());
            other.timestamps(commands, TimestampType.CREATE_TIME);
            var pending = new ArrayList<Future<RecordMetadata>>();
            for (var said : LogReader.committed(kafka.clientConfig(), commands)) {
                pending.add(other.producer(agency.id())
                        .send(new ProducerRecord<>(
                                commands, said.partition(), said.timestamp(), said.key(), said.value())));
            }
            pending.forEach(Installation::join);
            // A lane does not start on topics that are not as the catalogue says.
            other.timestamps(commands, TimestampType.LOG_APPEND_TIME);
        }
        return other;
    }

    private void timestamps(String topic, TimestampType type) throws Exception {
        configure(topic, Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, type.toString()));
    }

    /** A reader of what is committed, which the caller closes. */
    KafkaConsumer<byte[], byte[]> committedReader() {
        var config = new HashMap<String, Object>(kafka.clientConfig());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Changes settings of a topic. */
    void configure(String topic, Map<String, String> settings) throws Exception {
        var changes = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        kafka.admin()
                .incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes))
                .all()
                .get();
    }

    /** Sets a user's quota, or lifts it. */
    void quota(String user, String name, @Nullable Double rate) throws Exception {
        var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, user));
        kafka.admin()
                .alterClientQuotas(
                        List.of(new ClientQuotaAlteration(entity, List.of(new ClientQuotaAlteration.Op(name, rate)))))
                .all()
                .get();
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    Topics topics() {
        return topics;
    }

    // --- instances ---

    /** Starts an instance in this JVM; its lanes may still have to start. */
    StreamsService start(String instance) throws IOException, InterruptedException {
        return start(instance, CLOCK);
    }

    /** As {@link #start}; its lanes propose fences by this clock. */
    StreamsService start(String instance, InstantSource clock) throws IOException, InterruptedException {
        return StreamsService.start(Samples.serviceConfig(client(), settings(instance)), agencies, clock);
    }

    /** As {@link #start}; all that it hears of the broker and says to it goes over the broker's wire. */
    StreamsService startOverWire(String instance) throws IOException, InterruptedException {
        var client = kafka.overWire(Topics.Principal.STREAMS.userName());
        return StreamsService.start(Samples.serviceConfig(client, settings(instance)), agencies, CLOCK);
    }

    /** Starts an instance in a process of its own. */
    ChildJvm startProcess(String instance) throws IOException {
        return startProcess(instance, 0);
    }

    /** @param standbys how many other instances keep a copy of its stores */
    ChildJvm startProcess(String instance, int standbys) throws IOException {
        var file = folder.resolve(instance + ".properties");
        var properties = new Properties();
        properties.putAll(client());
        properties.putAll(settings(instance));
        properties.put("halley.standbys", Integer.toString(standbys));
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return ChildJvm.start(
                StreamsMain.class.getName(), List.of("--config", file.toString()), folder.resolve(instance + ".log"));
    }

    /** What an instance has on its disk of a store of NASA's lane in a partition. */
    Path store(String instance, Topics.Store store, int partition) {
        return folder.resolve(instance)
                .resolve("lanes")
                .resolve(Topics.lane(Samples.NASA))
                .resolve("0_" + partition)
                .resolve("rocksdb")
                .resolve(store.storeName());
    }

    /** Deletes what an instance that does not run has on its disk. */
    void loseStateOf(String instance) throws IOException {
        Folders.delete(folder.resolve(instance));
    }

    /** What an instance in this JVM says of its health. */
    String health(StreamsService service) throws IOException, InterruptedException {
        var address = URI.create("http://127.0.0.1:" + service.port() + "/health");
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private Map<String, String> client() {
        return kafka.clientConfig(Topics.Principal.STREAMS.userName());
    }

    private Map<String, String> settings(String instance) {
        return new TreeMap<>(Map.of(
                "halley.registry.url", registry.address().toString(),
                "halley.agencies.dir", folder.resolve("agencies").toString(),
                "halley.data.dir", folder.resolve(instance).toString(),
                "halley.instance.id", instance,
                "halley.partitions", Integer.toString(PARTITIONS),
                "halley.replication", Integer.toString(topics.all().getFirst().replication())));
    }

    // --- what agencies say ---

    static String lid(AgencyId agency, String series, int number) {
        return "urn:" + (agency.equals(Samples.NASA) ? "nasa:pds" : "esa:psa") + ":faults:" + series + ":image_"
                + number;
    }

    /** The logical identifiers of a series. */
    List<String> lids(AgencyId agency, String series, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> lid(agency, series, number))
                .toList();
    }

    /**
     * Announces products that are to be released evenly over a time, except every second one: those are all due in its
     * middle.
     *
     * @return their {@link #lids}
     */
    List<String> announce(AgencyId agency, String series, int count, Instant from, Duration over) {
        say(
                agency,
                IntStream.range(0, count)
                        .mapToObj(number -> (Command) announcement(
                                lid(agency, series, number),
                                from.plus(over.multipliedBy(number % 2 == 0 ? number : count / 2)
                                        .dividedBy(count))))
                        .toList());
        return lids(agency, series, count);
    }

    /**
     * Has an agency say one command after the other, each when the one before is in the log, while the test goes on.
     *
     * @return {@link #lids} of the series, which are released at once, when all is said
     */
    CompletableFuture<List<String>> talk(AgencyId agency, String series, int count) {
        var commands = IntStream.range(0, count)
                .mapToObj(number -> (Command) announcement(lid(agency, series, number), CLOCK.instant()))
                .toList();
        return CompletableFuture.supplyAsync(() -> {
            try (var producer = newProducer(agency, Map.of(ProducerConfig.LINGER_MS_CONFIG, 0))) {
                commands.forEach(command -> join(send(producer, agency, command)));
            }
            return lids(agency, series, count);
        });
    }

    /** A product of which nobody hears before it is released. */
    static Command.Announce announcement(String lid, Instant at) {
        return Samples.announce(Samples.aProduct(lid, "1.0"), Samples.at(at), Existence.HIDDEN);
    }

    /** Has an agency say all this, and returns when all of it is in the log. */
    void say(AgencyId agency, List<Command> commands) {
        var pending = new ArrayList<Future<RecordMetadata>>();
        commands.forEach(command -> pending.add(send(producer(agency), agency, command)));
        pending.forEach(Installation::join);
    }

    /** Has an agency say a version of its policy to every partition. */
    void say(AgencyId agency, int version, String document) {
        var value = codecs.commands()
                .encode(new Input.PolicyVersion(
                        CLOCK.instant(), Samples.statement("policy-" + version), version, document));
        say(agency, value);
    }

    /** Has an agency say bytes without a key to every partition. */
    void say(AgencyId agency, byte[] value) {
        for (var partition = 0; partition < PARTITIONS; partition++) {
            join(producer(agency).send(new ProducerRecord<>(Topics.commands(agency), partition, null, value)));
        }
    }

    /** Has an agency begin to say something. */
    Future<RecordMetadata> send(Producer<byte[], byte[]> producer, AgencyId agency, Command command) {
        return producer.send(new ProducerRecord<>(
                Topics.commands(agency), command.id().lid().value().getBytes(StandardCharsets.UTF_8), encode(command)));
    }

    /** The command as it stands in a command topic. */
    byte[] encode(Command command) {
        return codecs.commands().encode(Samples.said(command, CLOCK.instant()));
    }

    /** The agency's own producer, which stays open. */
    Producer<byte[], byte[]> producer(AgencyId agency) {
        return producers.computeIfAbsent(agency, id -> newProducer(id, Map.of()));
    }

    Producer<byte[], byte[]> newProducer(AgencyId agency, Map<String, Object> settings) {
        var config = new HashMap<String, Object>(kafka.clientConfig(agency.value()));
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.putAll(settings);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static RecordMetadata join(Future<RecordMetadata> pending) {
        try {
            return pending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an agency spoke", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("what an agency said did not reach the log", e.getCause());
        }
    }

    // --- what became of it ---

    /**
     * That a product was released.
     *
     * @param appended when the broker took the record
     */
    record Release(String lid, Instant appended) {}

    /** What was released, as often as it was. */
    List<Release> releases() {
        return LogReader.committed(kafka.clientConfig(), Topics.PUBLIC).stream()
                .filter(record ->
                        codecs.publicEvents().decodeOwn(record.value()).news() instanceof PublicEvent.Released)
                .map(record -> new Release(key(record), Instant.ofEpochMilli(record.timestamp())))
                .toList();
    }

    /** The logical identifiers of what was released, each as often as it was. */
    List<String> released() {
        return releases().stream().map(Release::lid).toList();
    }

    /** Every record of a product that is or was in the public log, aborted ones among them. */
    List<ConsumerRecord<byte[], byte[]>> physicallyPublic(String lid) {
        return LogReader.physical(kafka.clientConfig(), Topics.PUBLIC).stream()
                .filter(record -> key(record).equals(lid))
                .toList();
    }

    /** What was decided on a product, in order. */
    List<String> verdicts(String lid) {
        return LogReader.committed(kafka.clientConfig(), Topics.JOURNAL).stream()
                .map(record -> codecs.journal().decodeOwn(record.value()))
                .filter(entry -> (lid + "::1.0").equals(entry.lidvid()))
                .map(JournalEntry::verdict)
                .toList();
    }

    /** How often each verdict was given. */
    Map<String, Long> verdicts() {
        return LogReader.committed(kafka.clientConfig(), Topics.JOURNAL).stream()
                .map(record -> codecs.journal().decodeOwn(record.value()).verdict())
                .collect(Collectors.groupingBy(verdict -> verdict, TreeMap::new, Collectors.counting()));
    }

    /** The reasons for which an agency's commands were refused. */
    List<String> refusals(AgencyId agency) {
        return LogReader.committed(kafka.clientConfig(), Topics.deadLetters(agency)).stream()
                .map(record ->
                        codecs.deadLetters().decodeOwn(record.value()).reason().name())
                .toList();
    }

    /** What an agency has been answered. */
    List<Receipt> receipts(AgencyId agency) {
        return LogReader.committed(kafka.clientConfig(), Topics.receipts(agency)).stream()
                .map(record -> codecs.receipts().decodeOwn(record.value()))
                .toList();
    }

    /** How many more commands an agency has said than were answered; less than none if some were answered twice. */
    private long unanswered(AgencyId agency) {
        var commands = LogReader.committed(kafka.clientConfig(), Topics.commands(agency)).stream()
                .filter(record -> !isFence(record.value()))
                .count();
        return commands
                - LogReader.committed(kafka.clientConfig(), Topics.receipts(agency))
                        .size();
    }

    /** Waits until every command is answered. */
    void awaitAnswers() {
        for (var agency : agencies.all()) {
            await().atMost(PATIENCE).pollInterval(GLANCE).untilAsserted(() -> assertThat(unanswered(agency.id()))
                    .isZero());
        }
    }

    /** Waits until the lanes have read all that was said, fences among it, and all of it has reached every product. */
    void awaitDecided() {
        for (var agency : agencies.all()) {
            await().atMost(PATIENCE).pollInterval(GLANCE).untilAsserted(() -> {
                assertThat(unread(agency.id()))
                        .as("inputs of %s that were not read", agency.id())
                        .isZero();
                assertThat(agenda(agency.id())).as("what is under way").noneMatch(AgendaEntry::isItem);
            });
        }
    }

    private long unread(AgencyId agency) throws ExecutionException, InterruptedException {
        var read = kafka.admin()
                .listConsumerGroupOffsets(Topics.lane(agency))
                .partitionsToOffsetAndMetadata()
                .get();
        var unread = 0L;
        for (var partition = 0; partition < PARTITIONS; partition++) {
            var place = new TopicPartition(Topics.commands(agency), partition);
            var end = kafka.admin()
                    .listOffsets(Map.of(place, OffsetSpec.latest()))
                    .partitionResult(place)
                    .get()
                    .offset();
            var next = read.get(place);
            unread += end - (next == null ? 0 : next.offset());
        }
        return unread;
    }

    /** What stands in the agendas of an agency's lane. */
    List<AgendaEntry> agenda(AgencyId agency) {
        var entries = new LinkedHashMap<String, AgendaEntry>();
        for (var record : LogReader.committed(kafka.clientConfig(), Topics.changelog(agency, Topics.Store.AGENDA))) {
            var key = inPartition(record);
            entries.remove(key);
            if (record.value() != null) {
                entries.put(key, AgendaEntry.of(record));
            }
        }
        return List.copyOf(entries.values());
    }

    /**
     * What the lanes have decided: of every topic that they write, the values in their order for everything that has an
     * order. What lanes write of different products has none. Neither has what several lanes write of one product, as it
     * happens where one agency speaks of another's; nor what has no key, which comes to any partition.
     */
    Map<String, Map<String, List<String>>> decided() {
        var decided = new TreeMap<String, Map<String, List<String>>>();
        decided.put(Topics.PUBLIC, values(Topics.PUBLIC, Installation::hexKey));
        decided.put(Topics.CATALOG, values(Topics.CATALOG, Installation::hexKey));
        decided.put(Topics.JOURNAL, values(Topics.JOURNAL, record -> {
            var entry = codecs.journal().decodeOwn(record.value());
            return ofCause(record, entry.agency(), entry.causePartition(), entry.causeOffset());
        }));
        for (var agency : agencies.all()) {
            var id = agency.id();
            decided.put(Topics.partners(id), values(Topics.partners(id), Installation::hexKey));
            decided.put(Topics.receipts(id), values(Topics.receipts(id), record -> {
                var receipt = codecs.receipts().decodeOwn(record.value());
                return ofCause(record, id, receipt.commandPartition(), receipt.commandOffset());
            }));
            decided.put(Topics.deadLetters(id), values(Topics.deadLetters(id), record -> {
                var letter = codecs.deadLetters().decodeOwn(record.value());
                return ofCause(record, id, letter.partition(), letter.offset());
            }));
            for (var store : List.of(Topics.Store.PRODUCTS, Topics.Store.TIMERS)) {
                decided.put(Topics.changelog(id, store), lastValues(Topics.changelog(id, store)));
            }
            // Below which instant there is no timer, and that something was decided, is noted sooner or later.
            decided.put(
                    Topics.changelog(id, Topics.Store.AGENDA),
                    agenda(id).stream()
                            .filter(entry -> !entry.isNotedLater())
                            .collect(Collectors.toMap(AgendaEntry::place, entry -> List.of(entry.value()))));
        }
        return decided;
    }

    private Map<String, List<String>> lastValues(String changelog) {
        var last = values(changelog, Installation::inPartition);
        last.replaceAll((key, values) -> List.of(values.getLast()));
        last.values().removeIf(List.of("")::equals);
        return last;
    }

    private Map<String, List<String>> values(String topic, Function<ConsumerRecord<byte[], byte[]>, String> group) {
        var values = new TreeMap<String, List<String>>();
        for (var record : LogReader.committed(kafka.clientConfig(), topic)) {
            values.computeIfAbsent(group.apply(record), any -> new ArrayList<>())
                    .add(record.value() == null ? "" : HexFormat.of().formatHex(record.value()));
        }
        return values;
    }

    private static String ofCause(ConsumerRecord<byte[], byte[]> record, AgencyId agency, int partition, long offset) {
        return agency + "-" + partition + (record.key() == null ? " at " + offset : " on " + hexKey(record));
    }

    /** Stores of different partitions may have the same keys. */
    private static String inPartition(ConsumerRecord<byte[], byte[]> record) {
        return record.partition() + " " + hexKey(record);
    }

    private static String hexKey(ConsumerRecord<byte[], byte[]> record) {
        return HexFormat.of().formatHex(record.key());
    }

    /** Waits until some of these are released. */
    void awaitBegunReleaseOf(Collection<String> lids) {
        await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> released().stream()
                .anyMatch(lids::contains));
    }

    /**
     * To be called when the faults have stopped: waits no longer than a recovery may take until all of these are released, then until every
     * command is answered, and checks that every promise is kept.
     */
    void awaitReleaseOf(Collection<String> lids) {
        awaitAllPublic(lids);
        checkPromises();
    }

    /**
     * To be called when nothing more is taken away, although what is gone may not be back: waits no longer than a recovery may take until
     * all of these are released, and prints how long that was.
     */
    void awaitAllPublic(Collection<String> lids) {
        var from = CLOCK.instant();
        await().atMost(RECOVERY).pollInterval(GLANCE).untilAsserted(() -> {
            Set<String> missing = new HashSet<>(lids);
            missing.removeAll(new HashSet<>(released()));
            assertThat(missing.size())
                    .as("not released, such as %s", missing.stream().limit(3).toList())
                    .isZero();
        });
        System.out.printf(
                "%d products, such as %s, are public %d ms after the faults have stopped%n",
                lids.size(),
                lids.iterator().next(),
                Duration.between(from, CLOCK.instant()).toMillis());
    }

    /** Waits until every command is answered, and checks that every promise is kept. */
    void checkPromises() {
        awaitAnswers();
        var promises = new ArrayList<>(Promises.all(agencies, PARTITIONS));
        promises.add(new Liveness(CLOCK.instant(), BOUND));
        Promises.check(promises, Recording.of(kafka.clientConfig(), agencies, codecs));
    }

    private boolean isFence(byte[] value) {
        return codecs.commands().decode(value) instanceof Decoding.Decoded<Input> input
                && input.value() instanceof Input.Fence;
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private Path profiles() throws IOException {
        var profiles = folder.resolve("agencies");
        profile(profiles, Samples.NASA, "urn:nasa:pds:");
        profile(profiles, Samples.ESA, "urn:esa:psa:");
        return profiles;
    }

    private static void profile(Path profiles, AgencyId agency, String namespace) throws IOException {
        var file = profiles.resolve(agency.value()).resolve("profile.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                id: %s
                name: An agency
                country: A country
                archive: An archive
                namespaces: ["%s"]
                """.formatted(agency, namespace));
    }

    @Override
    public void close() {
        producers.values().forEach(Producer::close);
        http.close();
        registry.close();
        kafka.close();
    }
}
