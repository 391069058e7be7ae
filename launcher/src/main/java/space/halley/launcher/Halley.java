package space.halley.launcher;

import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import space.halley.launcher.client.SearchCommand;
import space.halley.launcher.client.ShowCommand;
import space.halley.launcher.client.TopicsCommand;
import space.halley.launcher.client.WatchCommand;
import space.halley.launcher.data.LauncherException;
import space.halley.launcher.journal.AuditCommand;
import space.halley.launcher.journal.PolicyStatusCommand;
import space.halley.launcher.journal.WhyCommand;
import space.halley.producer.cli.CliCommand;
import space.halley.producer.cli.FactCommand;
import space.halley.producer.cli.PolicyCommand;
import space.halley.producer.cli.PublishCommand;
import space.halley.producer.cli.RescheduleCommand;
import space.halley.producer.cli.WaiveCommand;
import space.halley.producer.cli.WithdrawCommand;
import space.halley.schemas.installation.InvalidConfigurationException;

/** The {@code halley} command. */
@Command(
        name = "halley",
        mixinStandardHelpOptions = true,
        versionProvider = Halley.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        headerHeading = "%n",
        header = {
            "Halley - the release backbone for planetary mission data.",
            "Agencies publish, the embargo holds and releases, everyone finds and hears of it."
        },
        synopsisHeading = "%nUsage  ",
        optionListHeading = "%nOptions%n",
        commandListHeading = "%nCommands%n",
        footerHeading = "%nFirst steps%n",
        footer = {
            "  halley up             start everything on this machine",
            "  halley search mars    look for released products",
            "  halley down           stop it again; the data stays",
            "",
            "Each command has its own help: halley COMMAND --help",
            "'halley prepare' makes later starts shorter."
        },
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            DownCommand.class,
            PublishCommand.class,
            RescheduleCommand.class,
            WaiveCommand.class,
            FactCommand.class,
            WithdrawCommand.class,
            PolicyCommand.class,
            WhyCommand.class,
            AuditCommand.class,
            SearchCommand.class,
            ShowCommand.class,
            WatchCommand.class,
            TopicsCommand.class,
            DeployCommand.class,
            SecretsCommand.class
        })
public final class Halley implements Runnable {
    static final int FAILED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Halley() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var halley = new CommandLine(new Halley());
        // The others of its commands are the agencies' own; this one reads what only an operator may.
        Objects.requireNonNull(halley.getSubcommands().get("policy")).addSubcommand(new PolicyStatusCommand());
        return halley.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(CliCommand::explainUsage)
                .setExecutionExceptionHandler((e, commandLine, parsed) -> explain(e, commandLine.getErr()));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Problems of the machine are told in words; only a bug deserves a stack trace. */
    private static int explain(Exception e, PrintWriter err) throws Exception {
        if (e instanceof LauncherException problem) {
            err.println();
            err.println("halley: " + problem.getMessage());
            err.println("        " + problem.remedy());
            err.flush();
            return FAILED;
        }
        if (e instanceof InvalidConfigurationException problem) {
            err.println("halley: " + problem.getMessage());
            err.flush();
            return FAILED;
        }
        throw e;
    }

    /** The version that the jar carries. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Halley.class.getPackage().getImplementationVersion();
            return new String[] {"Halley " + (version == null ? "(not built as a jar)" : version)};
        }
    }
}
