package space.halley.launcher.client;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The choices that searching and watching share. Several values of one option are alternatives. */
final class FacetOptions {
    @Option(
            names = "--mission",
            paramLabel = "NAME",
            description = "Mission or campaign, such as insight. Names are compared without case and punctuation.")
    List<String> missions = new ArrayList<>();

    @Option(names = "--target", paramLabel = "NAME", description = "Target, such as mars.")
    List<String> targets = new ArrayList<>();

    @Option(names = "--instrument", paramLabel = "NAME", description = "Instrument, such as seis.")
    List<String> instruments = new ArrayList<>();

    @Option(names = "--host", paramLabel = "NAME", description = "Spacecraft, lander or rover.")
    List<String> hosts = new ArrayList<>();

    @Option(names = "--agency", paramLabel = "NAME", description = "Agency, such as nasa or esa.")
    List<String> agencies = new ArrayList<>();

    @Option(names = "--class", paramLabel = "CLASS", description = "PDS4 class, such as observational or bundle.")
    List<String> classes = new ArrayList<>();

    @Option(names = "--level", paramLabel = "LEVEL", description = "Processing level, such as raw or calibrated.")
    List<String> levels = new ArrayList<>();

    @Option(names = "--lid", paramLabel = "LID", description = "Logical identifier, exactly.")
    List<String> lids = new ArrayList<>();

    Question question() {
        return new Question()
                .with("mission", missions)
                .with("target", targets)
                .with("instrument", instruments)
                .with("host", hosts)
                .with("agency", agencies)
                .with("class", classes)
                .with("level", levels)
                .with("lid", lids);
    }
}
