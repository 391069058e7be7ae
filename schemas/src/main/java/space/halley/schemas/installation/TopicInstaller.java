package space.halley.schemas.installation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import space.halley.schemas.TopicSpec;
import space.halley.schemas.Topics;

/** Brings a cluster's topics and access rights into the form of the catalogue, and finds where they differ from it. */
public final class TopicInstaller {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final int MOST_LOOKS = 1_500;

    private final Admin admin;
    private final Topics topics;

    public TopicInstaller(Admin admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /**
     * Creates the topics that are missing, and grants the rights that are missing. What exists is left as it is.
     *
     * @return the names of the topics that were created
     */
    public List<String> install() throws InterruptedException, ExecutionException {
        var existing = admin.listTopics().names().get();
        var missing = topics.all().stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        admin.createTopics(missing.stream()
                        .map(topic -> new NewTopic(topic.name(), topic.partitions(), topic.replication())
                                .configs(topic.config()))
                        .toList())
                .all()
                .get();
        var granted = rights();
        admin.createAcls(topics.acls().stream()
                        .filter(acl -> !granted.contains(acl))
                        .toList())
                .all()
                .get();
        awaitRights();
        return missing.stream().map(TopicSpec::name).toList();
    }

    /**
     * Waits until the broker knows the rights. The controller answers as soon as they are written; whoever connects before
     * the broker has read them is refused.
     */
    private void awaitRights() throws InterruptedException, ExecutionException {
        for (var rest = MOST_LOOKS; !rights().containsAll(topics.acls()); rest--) {
            if (rest == 0) {
                throw new IllegalStateException("the broker does not know the rights that the controller has accepted");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private Collection<AclBinding> rights() throws InterruptedException, ExecutionException {
        return new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }

    /** Each difference between the cluster's topics and the catalogue, in one sentence; empty if there is none. */
    public static List<String> differences(Admin admin, List<TopicSpec> specs)
            throws InterruptedException, ExecutionException {
        var problems = new ArrayList<String>();
        var descriptions = admin.describeTopics(
                        specs.stream().map(TopicSpec::name).toList())
                .topicNameValues();
        var present = new ArrayList<TopicSpec>();
        for (var spec : specs) {
            try {
                var description =
                        Objects.requireNonNull(descriptions.get(spec.name())).get();
                problems.addAll(partitions(spec, description));
                present.add(spec);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                problems.add("topic " + spec.name() + " is missing, or this principal may not see it");
            }
        }
        var configs = admin.describeConfigs(present.stream()
                        .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                        .toList())
                .all()
                .get();
        for (var spec : present) {
            var actual = Objects.requireNonNull(configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name())))
                    .entries()
                    .stream()
                    .filter(entry -> entry.value() != null)
                    .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
            spec.config().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .filter(wanted -> !wanted.getValue().equals(actual.get(wanted.getKey())))
                    .forEach(wanted -> problems.add("topic " + spec.name() + " has " + wanted.getKey() + "="
                            + actual.get(wanted.getKey()) + ", not " + wanted.getValue()));
        }
        return problems;
    }

    private static List<String> partitions(TopicSpec spec, TopicDescription actual) {
        return actual.partitions().size() == spec.partitions()
                ? List.of()
                : List.of("topic " + spec.name() + " has "
                        + actual.partitions().size() + " partitions, not " + spec.partitions()
                        + "; a product's partition follows from their number, so it must not change");
    }
}
