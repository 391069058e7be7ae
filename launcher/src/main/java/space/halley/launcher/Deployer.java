package space.halley.launcher;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import space.halley.launcher.data.LauncherException;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.SchemaInstaller;
import space.halley.schemas.installation.SchemaLedger;
import space.halley.schemas.installation.TopicInstaller;

/**
 * Brings a cluster and a registry into the form of the catalogue: users, topics, rights, schemas. The only one who may.
 * Doing it again changes nothing.
 */
final class Deployer {
    /** What RFC 7677 asks for at least, and Kafka too. */
    private static final int ITERATIONS = 4096;

    private final Topics topics;

    Deployer(Topics topics) {
        this.topics = topics;
    }

    /**
     * Creates the users, topics and rights that are missing.
     *
     * @param passwords of all users that must exist
     * @param remedy what to do about topics that differ from the catalogue
     * @throws LauncherException if a topic that exists differs from the catalogue
     */
    void prepareKafka(Map<String, String> client, Map<String, String> passwords, String remedy)
            throws InterruptedException, ExecutionException {
        var settings = new HashMap<String, Object>(client);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "halley-deployer");
        settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        try (var admin = Admin.create(settings)) {
            addMissingUsers(admin, passwords);
            new TopicInstaller(admin, topics).install();
            var differences = TopicInstaller.differences(admin, topics.all());
            if (!differences.isEmpty()) {
                throw new LauncherException(
                        "The cluster's topics are not as the catalogue says: " + String.join("; ", differences) + ".",
                        remedy);
            }
        }
    }

    /**
     * Registers the schemas that are missing, those that the log already uses first, and notes their ids in the log. Kafka
     * must be prepared.
     *
     * @throws space.halley.schemas.installation.InvalidConfigurationException if the registry has other ids than the log
     */
    void prepareRegistry(Map<String, String> kafka, URI address, String user, String password)
            throws InterruptedException, ExecutionException {
        var ledger = new SchemaLedger(new HashMap<>(kafka));
        var known = ledger.read();
        var registered = new SchemaInstaller(RegistryClient.deployer(address, user, password), topics).install(known);
        ledger.add(registered, known);
    }

    private static void addMissingUsers(Admin admin, Map<String, String> passwords)
            throws InterruptedException, ExecutionException {
        var known = admin.describeUserScramCredentials().users().get();
        List<UserScramCredentialAlteration> missing = new ArrayList<>();
        passwords.forEach((user, password) -> {
            if (!known.contains(user)) {
                missing.add(new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password));
            }
        });
        if (!missing.isEmpty()) {
            admin.alterUserScramCredentials(missing).all().get();
        }
    }
}
