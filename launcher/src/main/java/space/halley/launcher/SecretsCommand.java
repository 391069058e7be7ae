package space.halley.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.Uuid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import space.halley.launcher.broker.BrokerSettings;
import space.halley.launcher.data.DataFolder;
import space.halley.launcher.data.Secrets;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.AgencyProfiles;

/** Makes what the containers need and the repository must not hold. */
@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        header = "Generate the secrets and settings for docker-compose.yml.",
        description = {
            "",
            "Writes one settings file for each container, the passwords in it, readable by you alone, and compose.env"
                    + " for docker-compose. Passwords that are already there are kept. On one machine without containers"
                    + " 'up' needs none of this.",
            ""
        },
        parameterListHeading = "Parameters%n",
        optionListHeading = "%nOptions%n",
        footerHeading = "%nExamples%n",
        footer = {"  halley secrets .halley-containers"},
        sortOptions = false)
final class SecretsCommand implements Callable<Integer> {
    private static final String CLUSTER_ID = "HALLEY_CLUSTER_ID";

    @Parameters(paramLabel = "FOLDER", description = "The folder to write to, such as .halley-containers.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        var home = Home.of(System.getProperties());
        var agencies = AgencyProfiles.load(home.agencies());
        var topics = new Topics(agencies, Run.PARTITIONS, Run.REPLICATION);
        var principals = new ArrayList<>(topics.users());
        principals.addAll(List.of(BrokerSettings.BROKER, Programs.REGISTRY_DEPLOYER));
        DataFolder.createPrivately(folder.toAbsolutePath());
        var passwords = folder.toAbsolutePath().resolve("passwords");
        DataFolder.createPrivately(passwords);
        var secrets = Secrets.ensure(passwords, principals, new SecureRandom());
        new ContainerFiles(folder.toAbsolutePath(), agencies, secrets).write(topics, clusterId(), home.agencies());
        System.out.println("The containers' settings are in " + folder + ". Start them with:");
        System.out.println("  docker-compose --env-file " + folder.resolve("compose.env") + " up --build");
        return 0;
    }

    /** The cluster's id is in its log files and must stay. */
    private String clusterId() throws IOException {
        var file = folder.resolve("compose.env");
        var before = new Properties();
        if (Files.exists(file)) {
            before.load(new StringReader(Files.readString(file)));
        }
        return before.getProperty(CLUSTER_ID, Uuid.randomUuid().toString());
    }
}
