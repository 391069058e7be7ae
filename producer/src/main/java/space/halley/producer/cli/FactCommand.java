package space.halley.producer.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import space.halley.domain.Facts;
import space.halley.domain.Lidvid;

/** {@code halley fact}: states what has become known of held products. */
@Command(
        name = "fact",
        header = "State what has become known of held products.",
        description = {
            "A policy may count from an instant that is not in the label, or ask for a review. While that is missing, a"
                    + " product is held; halley why says for what it waits.",
            "A fact may also correct an earlier one. Products that have been released already are not affected: public"
                    + " stays public."
        },
        exitCodeList = {
            "0:all know it; what was due by it is released",
            "1:at least one was refused",
            "2:wrong command line, or Halley cannot be reached",
            "3:nothing was refused, but not everything is answered yet"
        },
        footer = {
            "  halley fact --agency isro --reviewed LIDVID",
            "      the review was passed now",
            "  halley fact --agency esa --received 2026-11-02T04:12:00Z LIDVID",
            "  halley fact --agency nasa --acquisition-stop 2026-10-31T23:59:12Z LIDVID"
        })
public final class FactCommand extends AgencyCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "LIDVID",
            converter = Converters.OfLidvid.class,
            description = "Products with their version: <logical_identifier>::<version_id>.")
    @SuppressWarnings("NullAway.Init")
    private List<Lidvid> ids;

    @ArgGroup(exclusive = true, multiplicity = "1", order = 1, heading = "%nWhat is known%n")
    @SuppressWarnings("NullAway.Init")
    private Known known;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Where it is known from, for the journal.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    /** Exactly one fact. */
    private static final class Known {
        @Option(
                names = "--acquisition-stop",
                paramLabel = "TIME",
                converter = Converters.OfFactTime.class,
                description = "When the acquisition ended; stands above what the label says: " + FactTime.FORMS + ".")
        private @Nullable FactTime acquisitionStop;

        @Option(
                names = "--received",
                paramLabel = "TIME",
                converter = Converters.OfFactTime.class,
                description = "When the data were received on Earth, likewise.")
        private @Nullable FactTime received;

        @Option(
                names = "--reviewed",
                arity = "0..1",
                paramLabel = "TIME",
                preprocessor = TimeOrNow.class,
                converter = Converters.OfFactTime.class,
                description = "When the review was passed, likewise. Without a time: now.")
        private @Nullable FactTime reviewed;

        private Facts.Kind kind() {
            return acquisitionStop != null
                    ? Facts.Kind.ACQUISITION_STOP
                    : received != null ? Facts.Kind.RECEPTION : Facts.Kind.REVIEW;
        }

        private Instant at(Instant now) {
            var time = acquisitionStop != null ? acquisitionStop : received != null ? received : reviewed;
            if (time == null) {
                throw new IllegalStateException("picocli asks for one of them");
            }
            return time.from(now);
        }
    }

    /** Puts "now" in where no time follows, so that a product's identifier may follow. */
    private static final class TimeOrNow implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            try {
                if (!arguments.isEmpty()) {
                    FactTime.parse(arguments.peek());
                    return false;
                }
            } catch (DateTimeException e) {
                // It is the next argument.
            }
            arguments.push(FactTime.NOW);
            return false;
        }
    }

    FactCommand() {
        this(InstantSource.system(), () -> UUID.randomUUID().toString());
    }

    FactCommand(InstantSource clock, Supplier<String> commandIds) {
        super(clock, commandIds);
    }

    @Override
    protected int run() {
        var mandate = mandate(reason);
        var at = known.at(clock().instant());
        return converse(
                options().config(),
                report(TextReport.Detail.ALL, false, Progress.none()),
                (publisher, conversation) ->
                        ids.forEach(id -> conversation.sent(null, publisher.stateFact(id, known.kind(), at, mandate))));
    }
}
