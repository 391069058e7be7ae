package space.halley.launcher.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import space.halley.producer.cli.CliCommand;

/** Gives commands as a shell does, and keeps what they print. */
public final class Shell {
    private Shell() {}

    /** What came of a command. */
    public record Said(int exitCode, String out, String err) {
        public List<String> outLines() {
            return out.lines().toList();
        }

        public List<String> errLines() {
            return err.lines().toList();
        }
    }

    public static Said run(CliCommand command, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setParameterExceptionHandler(CliCommand::explainUsage)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
        return new Said(exitCode, out.toString(), err.toString());
    }
}
