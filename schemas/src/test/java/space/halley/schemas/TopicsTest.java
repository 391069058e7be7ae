package space.halley.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Namespace;

class TopicsTest {
    private static final List<AgencyId> AGENCIES =
            List.of(new AgencyId("nasa"), new AgencyId("esa"), new AgencyId("nas"));

    private final Topics topics =
            new Topics(new Agencies(AGENCIES.stream().map(TopicsTest::agency).toList()), 6, (short) 3);

    @Test
    void everyNameIsOneThatKafkaTakesAndThereIsOnlyOneOfIt() {
        var names = topics.all().stream().map(TopicSpec::name).toList();

        assertThat(names).doesNotHaveDuplicates().allSatisfy(Topic::validate);
        // Kafka's metrics cannot tell names apart that differ in dots and underscores only.
        assertThat(names.stream().map(name -> name.replace('.', '_'))).doesNotHaveDuplicates();
    }

    @Test
    void everyAgencyHasItsTopics() {
        var names = topics.all().stream().map(TopicSpec::name).collect(Collectors.toSet());

        for (var agency : AGENCIES) {
            assertThat(names)
                    .contains(Topics.commands(agency), Topics.receipts(agency), Topics.deadLetters(agency))
                    .contains(
                            Topics.changelog(agency, Topics.Store.PRODUCTS),
                            Topics.changelog(agency, Topics.Store.TIMERS),
                            Topics.changelog(agency, Topics.Store.AGENDA));
        }
        assertThat(names)
                .contains(Topics.PUBLIC, Topics.JOURNAL, Topics.CATALOG, Topics.SCHEMAS)
                .hasSize(4 + 7 * AGENCIES.size());
    }

    @Test
    void whatIsToBeKeptForEverIsKeptForEver() {
        for (var topic : topics.all()) {
            var kept = Set.of(Topics.PUBLIC, Topics.JOURNAL).contains(topic.name())
                    || topic.name().startsWith("halley.commands.")
                    || topic.name().startsWith("halley.receipts.")
                    || topic.name().startsWith("halley.partners.")
                    || topic.name().startsWith("halley.dead-letters.");
            if (kept) {
                assertThat(topic.config())
                        .as(topic.name())
                        .containsEntry("cleanup.policy", "delete")
                        .containsEntry("retention.ms", "-1")
                        .containsEntry("retention.bytes", "-1")
                        .containsEntry("message.timestamp.type", "LogAppendTime");
            }
            assertThat(topic.config())
                    .as(topic.name())
                    .containsKeys("cleanup.policy", "message.timestamp.type", "max.message.bytes");
            assertThat(topic.purpose()).isNotBlank();
            assertThat(topic.key()).isNotBlank();
            assertThat(topic.replication()).isEqualTo((short) 3);
        }
    }

    @Test
    void whatACommandCausesMayBeLargerThanTheCommand() {
        for (var topic : topics.all()) {
            var limit = Integer.parseInt(topic.config().getOrDefault("max.message.bytes", "0"));
            assertThat(limit)
                    .as(topic.name())
                    .isEqualTo(
                            topic.name().startsWith("halley.commands.")
                                    ? Topics.MAX_COMMAND_BYTES
                                    : 4 * Topics.MAX_COMMAND_BYTES);
        }
    }

    @Test
    void aProductsTopicsHaveTheSameNumberOfPartitions() {
        assertThat(topics.all())
                .filteredOn(topic -> !topic.name().equals(Topics.SCHEMAS))
                .extracting(TopicSpec::partitions)
                .containsOnly(6);
    }

    @Test
    void everyEnvelopeIsRegisteredUnderItsTopicsAndItsOwnName() {
        var subjects = topics.subjects();

        for (var topic : topics.all()) {
            var envelope = topic.envelope();
            if (envelope != null) {
                assertThat(subjects)
                        .containsEntry(topic.name() + "-value", envelope)
                        .containsEntry(envelope.getFullName(), envelope);
            }
        }
        for (var envelope : Envelope.values()) {
            assertThat(subjects).containsEntry(envelope.schema().getFullName(), envelope.schema());
        }
    }

    @Test
    void anAcknowledgedRecordSurvivesTheLossOfACopy() {
        assertThat(topics.all()).allSatisfy(topic -> assertThat(topic.config())
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("unclean.leader.election.enable", "false"));
    }

    @Test
    void noAgencyHasTheNameOfAPartOfHalley() {
        for (var principal : Topics.Principal.values()) {
            var taken = new Agencies(List.of(agency(new AgencyId(principal.userName()))));
            assertThatThrownBy(() -> new Topics(taken, 1, (short) 1))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining(principal.userName());
        }
    }

    @Test
    void everyUserIsThereOnceAndEveryRightIsAUsers() {
        assertThat(topics.users())
                .doesNotHaveDuplicates()
                .contains("deployer", "streams", "api", "public-reader", "nasa", "esa", "nas");
        assertThat(topics.acls())
                .doesNotHaveDuplicates()
                .extracting(TopicsTest::user)
                .allSatisfy(
                        user -> assertThat(user.equals("*") || topics.users().contains(user))
                                .isTrue());
    }

    @Test
    void nothingIsGrantedButReadingWritingAndSight() {
        assertThat(topics.acls()).allSatisfy(acl -> {
            assertThat(acl.entry().permissionType()).isEqualTo(AclPermissionType.ALLOW);
            assertThat(acl.entry().operation())
                    .isIn(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
            assertThat(acl.pattern().resourceType())
                    .isIn(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID);
        });
    }

    @Test
    void onlyTheStreamsUseTransactionsAndOnlyTheirOwn() {
        var transactional = topics.acls().stream()
                .filter(acl -> acl.pattern().resourceType() == ResourceType.TRANSACTIONAL_ID)
                .toList();

        assertThat(transactional).isNotEmpty().allSatisfy(acl -> {
            assertThat(user(acl)).isEqualTo("streams");
            assertThat(acl.pattern().name()).isEqualTo("halley-lane-");
            assertThat(acl.pattern().patternType()).isEqualTo(PatternType.PREFIXED);
        });
    }

    @Test
    void anAgencyWritesItsCommandsAndReadsItsAnswersAndWhatIsPublic() {
        for (var agency : AGENCIES) {
            assertThat(topicsOf(agency.value(), AclOperation.WRITE)).containsExactly(Topics.commands(agency));
            assertThat(topicsOf(agency.value(), AclOperation.READ))
                    .containsExactlyInAnyOrder(
                            Topics.receipts(agency),
                            Topics.deadLetters(agency),
                            Topics.partners(agency),
                            Topics.PUBLIC);
            assertThat(groupsOf(agency.value())).containsExactly(agency.value() + ".");
        }
    }

    @Test
    void noAgencysGroupsAreAnothers() {
        assertThat(new AgencyId("nasa").value() + ".").doesNotStartWith(new AgencyId("nas").value() + ".");
        assertThat(groupsOf("streams")).containsExactly("halley-lane-");
        assertThat(groupsOf("public-reader")).containsExactly("public.");
    }

    @Test
    void theApiAndThePublicReadWhatIsPublicAndNothingElse() {
        for (var user : List.of("api", "public-reader")) {
            assertThat(topicsOf(user, AclOperation.READ)).containsExactly(Topics.PUBLIC);
            assertThat(topicsOf(user, AclOperation.WRITE)).isEmpty();
        }
    }

    @Test
    void everyoneReadsTheSchemasAndNothingElse() {
        assertThat(topicsOf("*", AclOperation.READ)).containsExactly(Topics.SCHEMAS);
        assertThat(topicsOf("*", AclOperation.WRITE)).isEmpty();
    }

    private List<String> topicsOf(String user, AclOperation operation) {
        return topics.acls().stream()
                .filter(acl -> acl.pattern().resourceType() == ResourceType.TOPIC)
                .filter(acl -> user(acl).equals(user) && acl.entry().operation() == operation)
                .peek(acl -> assertThat(acl.pattern().patternType()).isEqualTo(PatternType.LITERAL))
                .map(acl -> acl.pattern().name())
                .toList();
    }

    private List<String> groupsOf(String user) {
        return topics.acls().stream()
                .filter(acl -> acl.pattern().resourceType() == ResourceType.GROUP)
                .filter(acl -> user(acl).equals(user))
                .map(acl -> acl.pattern().name())
                .toList();
    }

    private static String user(AclBinding acl) {
        return acl.entry().principal().substring("User:".length());
    }

    private static Agency agency(AgencyId id) {
        return new Agency(id, "Agency " + id, List.of(new Namespace("urn:" + id + ":")));
    }
}
