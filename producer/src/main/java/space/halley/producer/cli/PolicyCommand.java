package space.halley.producer.cli;

import picocli.CommandLine.Command;

/** {@code halley policy}: what the commands about policies have in common is their name. */
@Command(
        name = "policy",
        header = "Check and publish an agency's release policy.",
        description = {
            "A policy is a numbered document of rules: which products are held for how long, counted from what, and with"
                    + " whom they are shared before. A product that is announced without terms of its own is held by"
                    + " the version in force; a new version decides anew for everything that is still held.",
            "Write it into agencies/<agency>/policy.yaml, raise its number, check it, publish it."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands%n",
        subcommands = {PolicyCheckCommand.class, PolicyPublishCommand.class},
        exitCodeList = {"0:this was shown", "2:wrong command line"},
        footer = {
            "  halley policy check agencies/*/policy.yaml",
            "  halley policy publish --agency nasa",
            "  halley policy status"
        })
public final class PolicyCommand extends CliCommand {
    @Override
    protected int run() {
        spec().commandLine().usage(out());
        out().flush();
        return ExitCode.DONE;
    }
}
