package space.halley.producer.cli;

import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import space.halley.producer.Mandate;
import space.halley.producer.Publisher;
import space.halley.producer.PublishingException;
import space.halley.schemas.installation.ServiceConfig;

/** What the commands share with which an agency speaks. */
abstract class AgencyCommand extends CliCommand {
    private final InstantSource clock;
    private final Supplier<String> commandIds;

    @Mixin
    private final AgencyOptions options = new AgencyOptions();

    AgencyCommand(InstantSource clock, Supplier<String> commandIds) {
        this.clock = clock;
        this.commandIds = commandIds;
    }

    AgencyOptions options() {
        return options;
    }

    InstantSource clock() {
        return clock;
    }

    Supplier<String> commandIds() {
        return commandIds;
    }

    Mandate mandate(String reason) {
        return new Mandate(options.author, reason);
    }

    Report report(TextReport.Detail detail, boolean trial, Progress progress) {
        return options.json
                ? new JsonReport(out(), trial, progress)
                : new TextReport(out(), err(), ansi(), detail, trial, progress);
    }

    /** Connects, lets the work give its commands, waits for the results and reports them. */
    int converse(ServiceConfig config, Report report, BiConsumer<Publisher, Conversation> work) {
        try (report;
                var publisher = Publisher.connect(options.settings(config), config, commandIds, clock)) {
            var conversation = new Conversation(report, !options.noWait);
            try {
                work.accept(publisher, conversation);
                conversation.awaitAll();
            } catch (PublishingException e) {
                report.summary(conversation.tally());
                throw new Complaint(
                        "stopped early: " + e.getMessage() + "; give the same command again when that is mended,"
                                + " what was accepted already is only repeated",
                        e);
            }
            report.summary(conversation.tally());
            return conversation.tally().exitCode();
        }
    }
}
