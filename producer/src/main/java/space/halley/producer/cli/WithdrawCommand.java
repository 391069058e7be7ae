package space.halley.producer.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import space.halley.domain.Lidvid;

/** {@code halley withdraw}: takes products back. */
@Command(
        name = "withdraw",
        header = "Take products back: before their release, or after it.",
        description = {
            "A held product is not released. A public product is retracted: that it was public, and the reason why it"
                    + " no longer is, stay public.",
            "A withdrawal that is accepted before a product's release is always honoured."
        },
        exitCodeList = {
            "0:all are withdrawn or retracted",
            "1:at least one was refused",
            "2:wrong command line, or Halley cannot be reached",
            "3:nothing was refused, but not everything is answered yet"
        },
        footer = {
            "  halley withdraw --agency nasa --reason 'wrong calibration' \\",
            "      urn:nasa:pds:insight_seis:data:elyse_2019_100::1.0"
        })
public final class WithdrawCommand extends AgencyCommand {
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
            description = "Why; public if the product was public.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    WithdrawCommand() {
        this(InstantSource.system(), () -> UUID.randomUUID().toString());
    }

    WithdrawCommand(InstantSource clock, Supplier<String> commandIds) {
        super(clock, commandIds);
    }

    @Override
    protected int run() {
        var mandate = mandate(reason);
        return converse(
                options().config(),
                report(TextReport.Detail.ALL, false, Progress.none()),
                (publisher, conversation) ->
                        ids.forEach(id -> conversation.sent(null, publisher.withdraw(id, mandate))));
    }
}
