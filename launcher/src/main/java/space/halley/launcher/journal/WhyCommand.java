package space.halley.launcher.journal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lidvid;
import space.halley.producer.cli.CliCommand;
import space.halley.producer.cli.Complaint;
import space.halley.producer.cli.ExitCode;

/** {@code halley why}: the account of a product from the journal of decisions. */
@Command(
        name = "why",
        header = "Say why a product is held, until when, and since which decision.",
        description = {
            "Reads the journal of decisions: the rule and the version of the policy by which the product is held, when the"
                    + " clock started, what it still waits for, the partners with whom it is shared before, and every"
                    + " decision with its cause in the log, its author and its reason.",
            "This is the operator's view: it tells of held and hidden products, so it needs the right to read the journal."
                    + " halley show tells what everyone may know.",
            "What was refused because it stood in a wrong place may be in any partition of the journal, so the whole journal is"
                    + " read, and a long one takes its time."
        },
        exitCodeList = {
            "0:the product is known",
            "1:Halley knows no such product",
            "2:wrong command line, no right to read the journal, no answer in 6 s, or no more for 30 s"
        },
        footer = {
            "  halley why urn:esa:psa:ro_rolis:data:first_touchdown::1.0",
            "  halley why LIDVID --at 2026-11-23T12:00:00Z",
            "      by the decisions until that time",
            "  halley why LIDVID --json",
            "  halley why LIDVID --settings auditor.properties",
            "      of an installation on other machines"
        })
public final class WhyCommand extends CliCommand {
    private static final Set<String> OPENS = Set.of(Verdict.RELEASED.name(), Verdict.SHARED.name());

    private final InstantSource clock;

    @Parameters(
            paramLabel = "LIDVID",
            converter = OfLidvid.class,
            description = "The product with its version: <logical_identifier>::<version_id>.")
    @SuppressWarnings("NullAway.Init")
    private Lidvid id;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = OfTime.class,
            description =
                    "Answer by the decisions until this time: an instant with its zone, or a date, meaning 00:00 UTC. A"
                            + " decision's time is the one that it is shown with, when the command or fence that it follows from was"
                            + " appended, however late a lane came to it; but a release counts from when it could be read. Default: now.")
    private @Nullable Instant at;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final OperatorOptions operator = new OperatorOptions();

    WhyCommand() {
        this(InstantSource.system());
    }

    WhyCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    protected int run() {
        var until = at;
        if (until != null && until.isAfter(clock.instant())) {
            throw new Complaint("--at " + until + " lies ahead, and the journal only knows what was decided;"
                    + " without --at the answer says what is planned");
        }
        var decisions = until(
                until,
                new Journal(operator.kafka())
                        .of(id.lid(), err()::println).stream()
                                .filter(decision ->
                                        id.toString().equals(decision.entry().lidvid()))
                                .toList());
        var account = Account.of(id, decisions);
        if (account.isEmpty()) {
            err().println("halley knows no such product: " + id + (until == null ? "" : " at " + until));
            if (!decisions.isEmpty()) {
                err().println("What was said of it was refused:");
                new AccountText(ansi()).history(decisions).forEach(err()::println);
            }
            err().flush();
            return ExitCode.REFUSED;
        }
        if (json) {
            out().println(AccountJson.of(account.get()));
        } else {
            new AccountText(ansi()).lines(account.get()).forEach(out()::println);
        }
        out().flush();
        return ExitCode.DONE;
    }

    /**
     * The decisions until that time, by the clock that every decision is shown with; what opens something to somebody counts from when
     * they could read it. All of them without a time.
     */
    static List<Written> until(@Nullable Instant at, List<Written> decisions) {
        return decisions.stream()
                .filter(decision -> at == null
                        || !(OPENS.contains(decision.entry().verdict())
                                        ? decision.at()
                                        : decision.entry().causeAppendTime())
                                .isAfter(at))
                .toList();
    }

    static final class OfLidvid implements ITypeConverter<Lidvid> {
        @Override
        public Lidvid convert(String text) {
            try {
                return Lidvid.parse(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class OfTime implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.length() == "2026-11-23".length()
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not an instant with its zone (2026-11-23T12:00:00Z) or a date");
            }
        }
    }
}
