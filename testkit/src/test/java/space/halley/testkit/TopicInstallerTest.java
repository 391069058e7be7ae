package space.halley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.TopicInstaller;

final class TopicInstallerTest {
    private static final Topics TOPICS = Samples.topics();
    private static final String RECEIPTS = Topics.receipts(Samples.NASA);

    @Test
    void namesWhatSomebodyElseChangedAndPutsTheSettingsRight() throws Exception {
        try (var kafka = EmbeddedKafka.secured(TOPICS).install(TOPICS);
                var admin = Admin.create(Map.<String, Object>copyOf(kafka.clientConfig()))) {
            var installer = new TopicInstaller(admin, TOPICS);
            assertThat(TopicInstaller.differences(admin, TOPICS.all())).isEmpty();
            assertThat(installer.foreignRights()).isEmpty();
            assertThat(installer.install()).isEmpty();

            forgetReceiptsAfterASecond(admin);
            letReadTheJournal(admin, "mallory");

            assertThat(TopicInstaller.differences(admin, TOPICS.all()))
                    .containsExactly("topic " + RECEIPTS + " has retention.ms=1000, not -1");
            assertThat(installer.foreignRights())
                    .containsExactly(
                            "User:mallory has the right to read halley.journal, which is not in the catalogue");
            assertThat(installer.install()).containsExactly("set retention.ms=-1 of " + RECEIPTS);
            assertThat(TopicInstaller.differences(admin, TOPICS.all())).isEmpty();
        }
    }

    private static void forgetReceiptsAfterASecond(Admin admin) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, RECEIPTS),
                        List.of(new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static void letReadTheJournal(Admin admin, String user) throws Exception {
        admin.createAcls(List.of(new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, Topics.JOURNAL, PatternType.LITERAL),
                        new AccessControlEntry("User:" + user, "*", AclOperation.READ, AclPermissionType.ALLOW))))
                .all()
                .get();
    }
}
