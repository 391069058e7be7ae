package space.halley.producer.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import space.halley.domain.Lidvid;

/** {@code halley waive}: exempts held products from their embargo. */
@Command(
        name = "waive",
        header = "Exempt held products from their embargo and release them at once.",
        description = {
            "For the few that cannot wait: the sample of a paper, images for a press conference. The others of their"
                    + " rule stay held.",
            "The waiver and its reason stay in the journal of decisions; halley why shows them."
        },
        exitCodeList = {
            "0:all are released",
            "1:at least one was refused",
            "2:wrong command line, or Halley cannot be reached",
            "3:nothing was refused, but not everything is answered yet"
        },
        footer = {
            "  halley waive --agency esa --reason 'figure 2 of the landing paper' \\",
            "      urn:esa:psa:ro_rolis:data:first_touchdown::1.0",
            "  halley why urn:esa:psa:ro_rolis:data:first_touchdown::1.0",
            "      who exempted it when, and why"
        })
public final class WaiveCommand extends AgencyCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "LIDVID",
            converter = Converters.OfLidvid.class,
            description = "Products with their version: <logical_identifier>::<version_id>.")
    @SuppressWarnings("NullAway.Init")
    private List<Lidvid> ids;

    @Option(
            names = "--reason",
            required = true,
            converter = Converters.OfReason.class,
            paramLabel = "TEXT",
            description = "Why, for the journal.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    WaiveCommand() {
        this(InstantSource.system(), () -> UUID.randomUUID().toString());
    }

    WaiveCommand(InstantSource clock, Supplier<String> commandIds) {
        super(clock, commandIds);
    }

    @Override
    protected int run() {
        var mandate = mandate(reason);
        return converse(
                options().config(),
                report(TextReport.Detail.ALL, false, Progress.none()),
                (publisher, conversation) -> ids.forEach(id -> conversation.sent(null, publisher.waive(id, mandate))));
    }
}
