package space.halley.producer.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import space.halley.producer.PolicyOutcome;
import space.halley.producer.Publisher;
import space.halley.producer.PublishingException;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.PolicyDocument;

/** {@code halley policy publish}: puts a version of an agency's policy into force. */
@Command(
        name = "publish",
        header = "Put a version of an agency's policy into force.",
        description = {
            "The version is said in every partition of the agency's commands, because each decides for itself. It is in"
                    + " force when all of them have answered. From then on it decides anew for everything that is"
                    + " still held by policy; what is public stays public.",
            "Saying the same again is safe. If a broadcast was interrupted, it is resumed by just that: where the version"
                    + " is in force already, nothing changes.",
            "Versions are numbered from 1 without gaps, and what was published under a number is never changed: raise"
                    + " the number in the document for every change."
        },
        exitCodeList = {
            "0:the version is in force in all partitions",
            "1:the document is wrong, a partition refused it, or a later version is in force",
            "2:wrong command line, or Halley cannot be reached",
            "3:nothing was refused, but not every partition has answered yet"
        },
        footer = {
            "  halley policy publish --agency nasa",
            "      the document in agencies/nasa/policy.yaml",
            "  halley policy publish --agency esa --reason 'council of May' draft.yaml",
            "  halley policy status",
            "      which version is in force where"
        })
public final class PolicyPublishCommand extends AgencyCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The document. Default: agencies/<agency>/policy.yaml beside the command.")
    private @Nullable Path file;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, for the journal of decisions.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    PolicyPublishCommand() {
        this(InstantSource.system(), () -> UUID.randomUUID().toString());
    }

    PolicyPublishCommand(InstantSource clock, Supplier<String> commandIds) {
        super(clock, commandIds);
    }

    @Override
    protected int run() {
        var source = file == null ? options().policyFile() : file;
        var document = PolicyFile.text(source);
        var report = options().json
                ? PolicyReport.json(out(), options().agency)
                : PolicyReport.text(out(), err(), ansi(), options().agency);
        try {
            PolicyDocument.read(document);
        } catch (InvalidConfigurationException e) {
            return report.tell(source, e.problems());
        }
        var config = options().config();
        try (var publisher = Publisher.connect(options().settings(config), config, commandIds(), clock())) {
            return report.tell(source, publish(publisher, document), !options().noWait);
        }
    }

    private PolicyOutcome publish(Publisher publisher, String document) {
        try {
            return publisher.publishPolicy(document, mandate(reason)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PublishingException trouble) {
                throw new Complaint(
                        "the broadcast may be interrupted: " + trouble.getMessage()
                                + "; give the same command again when that is mended",
                        trouble);
            }
            throw e;
        }
    }
}
