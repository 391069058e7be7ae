package space.halley.producer.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import space.halley.domain.Lidvid;

/** {@code halley reschedule}: gives held products other release terms. */
@Command(
        name = "reschedule",
        header = "Release held products later, earlier, or at once.",
        description = {
            "An extension that is accepted before a product's release is always honoured.",
            "Where a policy asks for a review, another time is none: the product still waits for it. halley waive exempts"
                    + " a product from that too."
        },
        exitCodeList = {
            "0:all are rescheduled",
            "1:at least one was refused",
            "2:wrong command line, or Halley cannot be reached",
            "3:nothing was refused, but not everything is answered yet"
        },
        footer = {
            "  halley reschedule --agency esa --release-at 2027-06-30 \\",
            "      --reason 'validation takes longer' LIDVID",
            "  halley reschedule --agency esa --now --reason 'published with the paper' LIDVID"
        })
public final class RescheduleCommand extends AgencyCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "LIDVID",
            converter = Converters.OfLidvid.class,
            description = "Products with their version: <logical_identifier>::<version_id>.")
    @SuppressWarnings("NullAway.Init")
    private List<Lidvid> ids;

    @ArgGroup(exclusive = true, multiplicity = "1", order = 1, heading = "%nWhen they are released%n")
    @SuppressWarnings("NullAway.Init")
    private TermsOptions terms;

    @Option(
            names = "--reason",
            required = true,
            converter = Converters.OfReason.class,
            paramLabel = "TEXT",
            description = "Why, for the journal.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    RescheduleCommand() {
        this(InstantSource.system(), () -> UUID.randomUUID().toString());
    }

    RescheduleCommand(InstantSource clock, Supplier<String> commandIds) {
        super(clock, commandIds);
    }

    @Override
    protected int run() {
        var mandate = mandate(reason);
        var chosen = terms.terms(clock().instant());
        return converse(
                options().config(),
                report(TextReport.Detail.ALL, false, Progress.none()),
                (publisher, conversation) ->
                        ids.forEach(id -> conversation.sent(null, publisher.reschedule(id, chosen, mandate))));
    }
}
