package space.halley.producer.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import space.halley.domain.Existence;
import space.halley.domain.ReleaseTerms;
import space.halley.producer.Publisher;
import space.halley.producer.label.LabelReading;

/** {@code halley publish}: announces the products that labels describe. */
@Command(
        name = "publish",
        header = "Announce products; the embargo holds them until their release.",
        description = {
            "Reads the PDS4 labels in the files and folders and announces each product in the agency's name.",
            "A bad label is refused with its reason and does not affect the others.",
            "Saying the same again is safe: it is answered as before and changes nothing. A time like +90s is another one"
                    + " each time, so that is not the same: halley reschedule moves a release.",
            "A file that ends in .tsv is read as a table of past releases, which become public at once."
        },
        exitCodeList = {
            "0:all products are accepted",
            "1:at least one was refused, by the label reader or by the lane",
            "2:wrong command line, or Halley cannot be reached",
            "3:nothing was refused, but not everything is answered yet"
        },
        footer = {
            "  halley publish --agency nasa bundle/",
            "      as NASA's policy says; halley why tells what that means for a product",
            "  halley publish --agency nasa --dry-run bundle/",
            "      the same without sending anything",
            "  halley publish --agency esa --received 2026-11-02T04:12:00Z pass-17/",
            "      for rules that count from the reception on Earth",
            "  halley publish --agency esa --exclusive P6M --from delivery orbit.xml",
            "      public six months from now",
            "  halley publish --agency jaxa --existence public --release-at 2027-01-31 ryugu",
            "      announced now, public on 31 January 2027 at 00:00 UTC",
            "  halley publish --agency nasa --release-at +90s --existence public sample.xml",
            "      to see a release happen; halley watch shows it"
        })
public final class PublishCommand extends AgencyCommand {
    private static final int FEW = 10;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE-OR-FOLDER",
            description = "Labels (.xml, .lblx), folders with labels, tables of past releases (.tsv).")
    @SuppressWarnings("NullAway.Init")
    private List<Path> paths;

    @ArgGroup(
            exclusive = true,
            multiplicity = "0..1",
            order = 1,
            heading = "%nWhen labels are released (default: as the agency's policy says)%n")
    private @Nullable TermsOptions terms;

    @Option(
            names = "--received",
            paramLabel = "TIME",
            converter = Converters.OfFactTime.class,
            description = "When the data were received on Earth, which labels do not say: " + FactTime.FORMS + ".")
    private @Nullable FactTime received;

    @Option(
            names = "--planetary-defence",
            description = "The products warn of an object that may hit Earth: public at once, whatever the terms.")
    private boolean planetaryDefence;

    @Option(
            names = "--existence",
            paramLabel = "VISIBILITY",
            defaultValue = "hidden",
            converter = Converters.OfExistence.class,
            description =
                    "While a product is held and its release has a date, that it exists and that date are public, or"
                            + " hidden. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Existence existence;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why it is published, for the journal of decisions.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(
            names = "--dry-run",
            description =
                    "Read everything and say what would happen if none of it had been announced before; send nothing.")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only what was refused or not answered.")
    private boolean quiet;

    PublishCommand() {
        this(InstantSource.system(), () -> UUID.randomUUID().toString());
    }

    PublishCommand(InstantSource clock, Supplier<String> commandIds) {
        super(clock, commandIds);
    }

    @Override
    protected int run() {
        var intake = Intake.of(paths);
        if (intake.size() == 0) {
            throw new Complaint(
                    "there is no label in " + paths.stream().map(Path::toString).collect(Collectors.joining(", "))
                            + "; labels end in .xml or .lblx");
        }
        var now = clock().instant();
        var chosen = terms == null ? null : terms.terms(now);
        if (chosen instanceof ReleaseTerms.FixedDate fixed && !fixed.releaseAt().isAfter(now)) {
            err().println("note: the release date " + fixed.releaseAt()
                    + " has passed, so what is published is public at once, unless it waits for a review");
            err().flush();
        }
        var announcing =
                new Announcing(chosen, existence, received == null ? null : received.from(now), planetaryDefence, now);
        if (dryRun) {
            return rehearse(intake, announcing);
        }
        var config = options().config();
        options().checkProfile(config);
        return converse(config, report(intake), (publisher, conversation) -> {
            try (var items = intake.items()) {
                items.forEach(announce(publisher, conversation, announcing));
            }
        });
    }

    private Consumer<Item> announce(Publisher publisher, Conversation conversation, Announcing announcing) {
        var mandate = mandate(reason);
        return item -> {
            switch (item.reading()) {
                case LabelReading.Refused refused -> conversation.settled(Result.of(refused));
                case LabelReading.Read read -> {
                    conversation.sent(read.source(), publisher.announce(announcing.of(read.product(), item), mandate));
                }
            }
        };
    }

    private int rehearse(Intake intake, Announcing announcing) {
        var rehearsal = new Rehearsal(options().profileAtRest(), options().policyAtRest(), announcing, mandate(reason));
        var report = report(intake);
        var conversation = new Conversation(report, false);
        try (report;
                var items = intake.items()) {
            items.forEach(item -> conversation.settled(rehearsal.of(item)));
            conversation.awaitAll();
            report.summary(conversation.tally());
        }
        return conversation.tally().exitCode();
    }

    private Report report(Intake intake) {
        var detail = intake.size() <= FEW ? TextReport.Detail.ALL : TextReport.Detail.HELD;
        var progress = quiet || options().json || !Terminal.isError()
                ? Progress.none()
                : Progress.on(System.err, dryRun ? "reading" : "publishing", intake.size());
        return report(quiet ? TextReport.Detail.QUIET : detail, dryRun, progress);
    }
}
