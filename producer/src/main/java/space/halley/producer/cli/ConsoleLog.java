package space.halley.producer.cli;

/**
 * Keeps the libraries' log off the console: what a person needs to know, the command says in one line of its own. Takes
 * effect only before the first logger exists, which is why no class of the command line has one.
 */
final class ConsoleLog {
    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String LEVEL = "halley.cli.log.level";

    private ConsoleLog() {}

    static void limit(boolean verbose) {
        System.setProperty(CONFIGURATION, "space/halley/producer/cli/logback-console.xml");
        System.setProperty(LEVEL, verbose ? "INFO" : "OFF");
    }
}
