package space.halley.producer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import space.halley.domain.AgencyId;
import space.halley.domain.RefusalReason;
import space.halley.producer.PolicyOutcome;
import space.halley.schemas.Receipt;

/** Tells what became of a policy version: a line for each partition, and whether it is in force everywhere. */
abstract class PolicyReport {
    /** What one partition answered, in words. */
    record Line(
            String word,
            int partition,
            String place,
            @Nullable String reason,
            String text) {}

    static PolicyReport text(PrintWriter out, PrintWriter err, Ansi ansi, AgencyId agency) {
        return new AsText(out, err, ansi, agency);
    }

    static PolicyReport json(PrintWriter out, AgencyId agency) {
        return new AsJson(out, agency);
    }

    /**
     * Tells it; the result is the exit code.
     *
     * @param waited whether answers were waited for
     */
    final int tell(Path source, PolicyOutcome outcome, boolean waited) {
        return switch (outcome) {
            case PolicyOutcome.NotSent no -> {
                refused(source, no);
                yield ExitCode.REFUSED;
            }
            case PolicyOutcome.Said said -> {
                said.replies().forEach(reply -> line(line(reply, waited)));
                var code = exitCode(said, waited);
                summary(said, code);
                yield code;
            }
        };
    }

    /** Tells that the document is no policy; the result is the exit code. */
    final int tell(Path source, List<String> problems) {
        problems(source, problems);
        return ExitCode.REFUSED;
    }

    abstract void problems(Path source, List<String> problems);

    abstract void refused(Path source, PolicyOutcome.NotSent no);

    abstract void line(Line line);

    abstract void summary(PolicyOutcome.Said said, int exitCode);

    private static Line line(PolicyOutcome.Reply reply, boolean waited) {
        var place = reply.partition() + "@" + reply.offset();
        return switch (reply) {
            case PolicyOutcome.Unanswered open ->
                new Line(waited ? "unanswered" : "sent", reply.partition(), place, null, open.why());
            case PolicyOutcome.Answered answered ->
                switch (answered.receipt().answer()) {
                    case Receipt.Accepted accepted ->
                        new Line(
                                reply.isReplaced() ? "replaced" : accepted.repeated() ? "repeated" : "in_force",
                                reply.partition(),
                                place,
                                null,
                                accepted.explanation());
                    case Receipt.Refused refused ->
                        new Line(
                                "refused",
                                reply.partition(),
                                place,
                                refused.reason().name(),
                                refused.explanation());
                };
        };
    }

    /** A refusal is told before a missing answer. */
    private static int exitCode(PolicyOutcome.Said said, boolean waited) {
        if (said.inForceEverywhere()) {
            return ExitCode.DONE;
        }
        var refused = said.replies().stream()
                .anyMatch(reply -> !reply.isInForce() && reply instanceof PolicyOutcome.Answered);
        return refused ? ExitCode.REFUSED : waited ? ExitCode.UNANSWERED : ExitCode.DONE;
    }

    /** What to do where a version is not in force everywhere. */
    private static String advice(PolicyOutcome.Said said, int exitCode) {
        if (exitCode == ExitCode.UNANSWERED) {
            return "; the same command again shows the answers, and resumes what was interrupted";
        }
        if (said.replies().stream().anyMatch(PolicyReport::isConflict)) {
            return "; another document was published under this number, so the same command again cannot help: raise the"
                    + " document's version to the number that the refusals name, and publish that";
        }
        var replaced =
                said.replies().stream().filter(PolicyOutcome.Reply::isReplaced).count();
        if (replaced == said.replies().size()) {
            return "; a later version is in force, and none comes back: raise the document's version to publish it again";
        }
        if (replaced + inForce(said) == said.replies().size()) {
            return ", and a later one in the others; publish that one again, and it is in force everywhere";
        }
        return inForce(said) == 0 ? "" : "; do what the refusals say, then give the same command again";
    }

    private static boolean isConflict(PolicyOutcome.Reply reply) {
        return reply instanceof PolicyOutcome.Answered answered
                && answered.receipt().answer() instanceof Receipt.Refused refused
                && refused.reason() == RefusalReason.POLICY_CONFLICT;
    }

    private static long inForce(PolicyOutcome.Said said) {
        return said.replies().stream().filter(PolicyOutcome.Reply::isInForce).count();
    }

    private static final class AsText extends PolicyReport {
        private final PrintWriter out;
        private final PrintWriter err;
        private final Ansi ansi;
        private final AgencyId agency;

        AsText(PrintWriter out, PrintWriter err, Ansi ansi, AgencyId agency) {
            this.out = out;
            this.err = err;
            this.ansi = ansi;
            this.agency = agency;
        }

        @Override
        void problems(Path source, List<String> problems) {
            problems.forEach(problem -> print(err, "red", "refused", source + ": " + problem));
        }

        @Override
        void refused(Path source, PolicyOutcome.NotSent no) {
            print(err, "red", "refused", source + ": " + no.reason() + ": " + no.explanation());
        }

        @Override
        void line(Line line) {
            var where = "partition " + line.partition() + " (" + line.place() + ")";
            switch (line.word()) {
                case "in_force" -> print(out, "green", "in force", where);
                case "repeated" -> print(out, "green", "in force", where + " (said before)");
                case "sent" -> print(out, "green", "sent", where);
                case "replaced" -> print(err, "yellow", "replaced", where + ": " + line.text());
                case "unanswered" -> print(err, "yellow", "unanswered", where + ": " + line.text());
                default -> print(err, "red", "refused", where + ": " + line.reason() + ": " + line.text());
            }
        }

        @Override
        void summary(PolicyOutcome.Said said, int exitCode) {
            var inForce = inForce(said);
            var partitions = said.replies().size();
            var version = "version " + said.number() + " of " + agency + "'s policy";
            if (inForce == partitions) {
                out.println(version + " is in force in all " + partitions + " partitions; hash " + said.hash());
            } else if (exitCode == ExitCode.DONE) {
                out.println(version + " is sent to all " + partitions + " partitions; hash " + said.hash());
            } else {
                err.println("this document is in force as " + version + " in " + inForce + " of " + partitions
                        + " partitions"
                        + advice(said, exitCode));
            }
            out.flush();
            err.flush();
        }

        private void print(PrintWriter to, String colour, String word, String text) {
            var padded = word + " ".repeat(Math.max(1, 11 - word.length()));
            to.println(ansi.string("@|" + colour + " " + padded + "|@") + text);
            to.flush();
        }
    }

    private static final class AsJson extends PolicyReport {
        private final PrintWriter out;
        private final AgencyId agency;

        AsJson(PrintWriter out, AgencyId agency) {
            this.out = out;
            this.agency = agency;
        }

        @Override
        void problems(Path source, List<String> problems) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("result", "refused")
                    .put("source", source.toString())
                    .put("reason", RefusalReason.POLICY_INVALID.name());
            problems.forEach(json.putArray("problems")::add);
            print(json);
        }

        @Override
        void refused(Path source, PolicyOutcome.NotSent no) {
            print(JsonNodeFactory.instance
                    .objectNode()
                    .put("result", "refused")
                    .put("source", source.toString())
                    .put("reason", no.reason().name())
                    .put("explanation", no.explanation()));
        }

        @Override
        void line(Line line) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("result", line.word())
                    .put("partition", line.partition())
                    .put("place", line.place())
                    .put("explanation", line.text());
            if (line.reason() != null) {
                json.put("reason", line.reason());
            }
            print(json);
        }

        @Override
        void summary(PolicyOutcome.Said said, int exitCode) {
            var json = JsonNodeFactory.instance.objectNode();
            json.putObject("summary")
                    .put("agency", agency.value())
                    .put("version", said.number())
                    .put("hash", said.hash().sha256())
                    .put("in_force", inForce(said))
                    .put("partitions", said.replies().size())
                    .put("exit_code", exitCode);
            print(json);
        }

        private void print(ObjectNode json) {
            out.println(json);
            out.flush();
        }
    }
}
