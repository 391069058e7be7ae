package space.halley.producer.cli;

/** The exit codes of all commands. */
public final class ExitCode {
    /** All is done. */
    public static final int DONE = 0;
    /** Something was refused or not found. */
    public static final int REFUSED = 1;
    /** The command line is wrong, or something that the command needs is missing or does not answer. */
    public static final int UNABLE = 2;
    /** Something was sent and is not answered yet. */
    public static final int UNANSWERED = 3;

    private ExitCode() {}
}
