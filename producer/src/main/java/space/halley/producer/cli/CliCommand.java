package space.halley.producer.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;
import space.halley.producer.PublishingException;
import space.halley.schemas.installation.InvalidConfigurationException;

/** What all commands share: where they print, and that a problem of the environment is one line and exit code 2. */
@Command(
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions%n",
        exitCodeListHeading = "%nExit codes%n",
        footerHeading = "%nExamples%n",
        exitCodeOnExecutionException = ExitCode.UNABLE,
        usageHelpAutoWidth = true)
public abstract class CliCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the log of the libraries on the standard error stream.")
    private boolean verbose;

    /** Does the work. */
    protected abstract int run();

    @Override
    public final Integer call() {
        ConsoleLog.limit(verbose);
        try {
            return run();
        } catch (PublishingException e) {
            return complain(e.getMessage() + hint(e));
        } catch (Complaint | InvalidConfigurationException e) {
            return complain(String.valueOf(e.getMessage()));
        }
    }

    /** Where results go. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where complaints go. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Whether and how to colour. */
    protected final Ansi ansi() {
        return spec.commandLine().getColorScheme().ansi();
    }

    /** The command, for complaints about its own parameters. */
    protected final CommandSpec spec() {
        return spec;
    }

    /** A wrong command line is one line, too; the whole help only hides what is wrong. */
    public static int explainUsage(ParameterException e, String[] arguments) {
        var commandLine = e.getCommandLine();
        var name = commandLine.getCommandSpec().qualifiedName();
        commandLine.getErr().println(name + ": " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, commandLine.getErr());
        commandLine.getErr().println("'" + name + " --help' tells more.");
        commandLine.getErr().flush();
        return ExitCode.UNABLE;
    }

    private int complain(String message) {
        err().println(spec.qualifiedName() + ": " + message);
        err().flush();
        return ExitCode.UNABLE;
    }

    private static String hint(PublishingException e) {
        return e.kind() == PublishingException.Kind.UNREACHABLE ? "; is Halley running? ./halley up starts it" : "";
    }
}
