package space.halley.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A command of {@code halley} that is given within this process, as an agency would give it. */
final class OwnCommand {
    private OwnCommand() {}

    /**
     * What became of it.
     *
     * @param code the exit code
     * @param answers what it wrote to standard output
     * @param complaints what it wrote to standard error
     */
    record Said(int code, String answers, String complaints) {}

    static Said say(List<String> command) {
        var answers = new StringWriter();
        var complaints = new StringWriter();
        var code = Halley.commandLine()
                .setOut(new PrintWriter(answers))
                .setErr(new PrintWriter(complaints))
                .execute(command.toArray(String[]::new));
        return new Said(code, answers.toString(), complaints.toString());
    }
}
