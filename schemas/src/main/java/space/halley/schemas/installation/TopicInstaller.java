package space.halley.schemas.installation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
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
     * Creates the topics that are missing, gives those that exist the catalogue's settings, and grants the rights that are
     * missing. Partitions and copies of what exists are left as they are, and no right is taken away.
     *
     * @return what was created or set, in one sentence each
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
        var done = new ArrayList<>(
                missing.stream().map(topic -> "created " + topic.name()).toList());
        done.addAll(correct(topics.all().stream()
                .filter(topic -> existing.contains(topic.name()))
                .toList()));
        var granted = rights();
        admin.createAcls(topics.acls().stream()
                        .filter(acl -> !granted.contains(acl))
                        .toList())
                .all()
                .get();
        awaitRights();
        return done;
    }

    /** What the cluster allows on Halley's topics beyond the catalogue, in one sentence each; somebody else granted it. */
    public List<String> foreignRights() throws InterruptedException, ExecutionException {
        var ours = new HashSet<>(topics.acls());
        return rights().stream()
                .filter(right -> !ours.contains(right))
                .filter(right -> right.pattern().resourceType() == ResourceType.TOPIC)
                .filter(right -> topics.all().stream().anyMatch(topic -> new AclBindingFilter(
                                new ResourcePatternFilter(ResourceType.TOPIC, topic.name(), PatternType.MATCH),
                                AccessControlEntryFilter.ANY)
                        .matches(right)))
                .map(right -> right.entry().principal() + " has the right to "
                        + right.entry().operation().name().toLowerCase(Locale.ROOT) + " "
                        + right.pattern().name() + ", which is not in the catalogue")
                .sorted()
                .toList();
    }

    private List<String> correct(List<TopicSpec> existing) throws InterruptedException, ExecutionException {
        var done = new ArrayList<String>();
        var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        var actual = settings(admin, existing);
        for (var spec : existing) {
            var wrong = wrong(spec, actual.getOrDefault(spec.name(), Map.of()));
            if (!wrong.isEmpty()) {
                changes.put(
                        new ConfigResource(ConfigResource.Type.TOPIC, spec.name()),
                        wrong.stream()
                                .map(wanted -> new AlterConfigOp(
                                        new ConfigEntry(wanted.getKey(), wanted.getValue()), AlterConfigOp.OpType.SET))
                                .toList());
                wrong.forEach(
                        wanted -> done.add("set " + wanted.getKey() + "=" + wanted.getValue() + " of " + spec.name()));
            }
        }
        admin.incrementalAlterConfigs(changes).all().get();
        return done;
    }

    private static List<Map.Entry<String, String>> wrong(TopicSpec spec, Map<String, String> actual) {
        return spec.config().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(wanted -> !wanted.getValue().equals(actual.get(wanted.getKey())))
                .toList();
    }

    /** The settings of topics, by the topic's name and the setting's. */
    private static Map<String, Map<String, String>> settings(Admin admin, List<TopicSpec> specs)
            throws InterruptedException, ExecutionException {
        var configs = admin.describeConfigs(specs.stream()
                        .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                        .toList())
                .all()
                .get();
        var settings = new HashMap<String, Map<String, String>>();
        configs.forEach((resource, config) -> settings.put(
                resource.name(),
                config.entries().stream()
                        .filter(entry -> entry.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
        return settings;
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
        var actual = settings(admin, present);
        for (var spec : present) {
            var settings = actual.getOrDefault(spec.name(), Map.of());
            wrong(spec, settings)
                    .forEach(wanted -> problems.add("topic " + spec.name() + " has " + wanted.getKey() + "="
                            + settings.get(wanted.getKey()) + ", not " + wanted.getValue()));
        }
        return problems;
    }

    private static List<String> partitions(TopicSpec spec, TopicDescription actual) {
        var problems = new ArrayList<String>();
        if (actual.partitions().size() != spec.partitions()) {
            problems.add("topic " + spec.name() + " has "
                    + actual.partitions().size() + " partitions, not " + spec.partitions()
                    + "; a product's partition follows from their number, so it must not change");
        }
        actual.partitions().stream().mapToInt(partition -> partition.replicas().size()).min().stream()
                .filter(copies -> copies < spec.replication())
                .forEach(copies -> problems.add("topic " + spec.name() + " has " + copies
                        + (copies == 1 ? " copy" : " copies") + ", not " + spec.replication()));
        return problems;
    }
}
