package space.halley.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.ServiceConfig;
import space.halley.schemas.installation.TopicInstaller;

/** Whether lanes can work on a cluster as it is: asked once, before they start, when somebody is looking. */
final class ClusterCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterCheck.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int MOST_LOOKS = 25;

    /** A partition that has no leader now must not keep all lanes from starting. */
    private static final int MOST_MILLIS = 5_000;

    private static final String TRANSACTIONS = "transaction.version";
    private static final int TRANSACTIONS_VERSION = 2;

    private ClusterCheck() {}

    /**
     * Checks the cluster against the catalogue of topics, its version of transactions, the agencies that have left, and what is
     * left of every lane.
     *
     * @return why a lane must not start, by its agency; the others may
     * @throws InvalidConfigurationException if none may, naming every difference
     */
    static Map<AgencyId, String> check(ServiceConfig config, Agencies agencies) throws InterruptedException {
        var topics = new Topics(agencies, config.partitions(), config.replication());
        // The ledger's settings are the deployer's: the streams have no right to see them.
        var used = topics.all().stream()
                .filter(topic -> !topic.name().equals(Topics.SCHEMAS))
                .toList();
        try (var admin = Admin.create(config.kafkaClient())) {
            var differences = new ArrayList<>(answer(() -> TopicInstaller.differences(admin, used)));
            answer(() -> missingLedger(admin)).ifPresent(differences::add);
            answer(() -> oldTransactions(admin)).ifPresent(differences::add);
            differences.addAll(answer(() -> ifKnown(() -> leftBehind(admin, agencies), List.of())));
            if (!differences.isEmpty()) {
                throw new InvalidConfigurationException("the Kafka cluster", differences);
            }
            return answer(() -> ifKnown(() -> lostStores(admin, agencies), Map.of()));
        } catch (KafkaException e) {
            throw silent(e);
        }
    }

    /** Whether there is no ledger of schemas: whoever reads a topic that is not there hears nothing for a minute. */
    private static Optional<String> missingLedger(Admin admin) throws InterruptedException, ExecutionException {
        try {
            admin.describeTopics(List.of(Topics.SCHEMAS)).allTopicNames().get();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.of("topic " + Topics.SCHEMAS + " is missing; deploy creates it");
            }
            throw e;
        }
    }

    /**
     * What is wrong with the cluster's transactions. Before version 2, a write that a broken network delays may join a later transaction
     * (KIP-890), and releases are written in transactions.
     */
    private static Optional<String> oldTransactions(Admin admin) throws InterruptedException, ExecutionException {
        var version = admin.describeFeatures()
                .featureMetadata()
                .get()
                .finalizedFeatures()
                .get(TRANSACTIONS);
        return version != null && version.maxVersionLevel() >= TRANSACTIONS_VERSION
                ? Optional.empty()
                : Optional.of("its " + TRANSACTIONS + " is " + (version == null ? "0" : version.maxVersionLevel())
                        + " instead of " + TRANSACTIONS_VERSION + "; raise it with kafka-features.sh upgrade --feature "
                        + TRANSACTIONS + "=" + TRANSACTIONS_VERSION);
    }

    /**
     * Which agencies have been told something as partners and have no profile any more: if it was taken back, there would be
     * nowhere to say so, and no release would come behind it.
     */
    private static List<String> leftBehind(Admin admin, Agencies agencies)
            throws InterruptedException, ExecutionException {
        var known = agencies.all().stream()
                .map(agency -> Topics.partners(agency.id()))
                .collect(Collectors.toSet());
        var others = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(Topics.PARTNERS) && !known.contains(topic))
                .toList();
        if (others.isEmpty()) {
            return List.of();
        }
        var partitions = admin.describeTopics(others).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        return ends(admin, partitions).entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .map(end -> end.getKey().topic())
                .distinct()
                .sorted()
                .map(topic -> "topic " + topic
                        + " has records for a partner that has no profile here. What it was told may have"
                        + " to be taken back, so an agency that leaves keeps its profile: put it back")
                .toList();
    }

    /**
     * Which lanes have decided something and have nothing left of it: their changelogs were deleted and made again. They would
     * go on behind what they decided, and know no product that is held.
     */
    private static Map<AgencyId, String> lostStores(Admin admin, Agencies agencies)
            throws InterruptedException, ExecutionException {
        var lost = new HashMap<AgencyId, String>();
        var groups = agencies.all().stream()
                .collect(Collectors.toMap(
                        agency -> Topics.lane(agency.id()), agency -> new ListConsumerGroupOffsetsSpec()));
        var places = admin.listConsumerGroupOffsets(
                        groups, new ListConsumerGroupOffsetsOptions().timeoutMs(MOST_MILLIS))
                .all()
                .get();
        var changelogs = new TreeMap<String, List<TopicPartition>>();
        for (var agency : agencies.all().stream().map(Agency::id).toList()) {
            places.getOrDefault(Topics.lane(agency), Map.of()).forEach((input, place) -> {
                if (place != null && place.offset() > 0) {
                    changelogs
                            .computeIfAbsent(agency.value(), first -> new ArrayList<>())
                            .addAll(changelogs(agency, input));
                }
            });
        }
        var ends =
                ends(admin, changelogs.values().stream().flatMap(List::stream).toList());
        changelogs.forEach((agency, all) -> {
            if (all.stream()
                            .mapToLong(changelog -> ends.getOrDefault(changelog, 0L))
                            .sum()
                    == 0) {
                var id = new AgencyId(agency);
                lost.put(
                        id,
                        "something has been decided, and all changelogs are empty: what the lane knew of its products is"
                                + " lost. Restore " + Topics.lane(id) + "-*-changelog from a backup, then start again");
            }
        });
        return lost;
    }

    private static List<TopicPartition> changelogs(AgencyId agency, TopicPartition input) {
        return Stream.of(Topics.Store.values())
                .map(store -> new TopicPartition(Topics.changelog(agency, store), input.partition()))
                .toList();
    }

    /** What is asked of leaders, of which one may be away: a lane that needs that one waits for it anyway. */
    private static <T> T ifKnown(Question<T> question, T unknown) throws InterruptedException, ExecutionException {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException timeout) {
                LOG.atWarn().addKeyValue("problem", timeout.getMessage()).log("what is left of the lanes is not known");
                return unknown;
            }
            throw e;
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions)
            throws InterruptedException, ExecutionException {
        return admin
                .listOffsets(
                        partitions.stream()
                                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())),
                        new ListOffsetsOptions().timeoutMs(MOST_MILLIS))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** Something that is asked of the cluster. */
    interface Question<T> {
        T ask() throws InterruptedException, ExecutionException;
    }

    /**
     * Rights that were granted a moment ago are not known to every broker yet, so a refusal is not believed at once.
     *
     * @throws InvalidConfigurationException if there is no answer
     */
    static <T> T answer(Question<T> question) throws InterruptedException {
        for (var rest = MOST_LOOKS; ; rest--) {
            Throwable problem;
            try {
                return question.ask();
            } catch (ExecutionException e) {
                problem = e.getCause() == null ? e : e.getCause();
            } catch (KafkaException e) {
                problem = e;
            }
            if (rest == 0 || !(problem instanceof AuthorizationException)) {
                throw silent(problem);
            }
            LOG.atInfo().addKeyValue("problem", problem.getMessage()).log("the rights are not there yet");
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static InvalidConfigurationException silent(Throwable problem) {
        return new InvalidConfigurationException(
                "the Kafka cluster", List.of("it does not answer as it should: " + problem.getMessage()));
    }
}
