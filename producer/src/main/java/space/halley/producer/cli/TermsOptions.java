package space.halley.producer.cli;

import java.time.Instant;
import java.time.Period;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import space.halley.domain.ClockAnchor;
import space.halley.domain.ReleaseTerms;

/** The release terms on the command line: exactly one of an instant, an exclusive period, at once, and the policy. */
final class TermsOptions {
    @Option(
            names = "--release-at",
            paramLabel = "TIME",
            converter = Converters.OfReleaseTime.class,
            description = "Public from this time on: " + ReleaseTime.FORMS + ".")
    @Nullable
    ReleaseTime releaseAt;

    @ArgGroup(exclusive = false)
    @Nullable
    Exclusive exclusive;

    @Option(names = "--now", description = "Public at once.")
    boolean now;

    @Option(names = "--by-policy", description = "Public when the agency's policy says so.")
    boolean byPolicy;

    /** An exclusive period and where it starts; neither makes sense alone. */
    static final class Exclusive {
        @Option(
                names = "--exclusive",
                paramLabel = "PERIOD",
                required = true,
                converter = Converters.OfPeriod.class,
                description = "Public when this much calendar time has passed, such as P6M, P1Y, P90D …")
        @SuppressWarnings("NullAway.Init")
        Period period;

        @Option(
                names = "--from",
                paramLabel = "START",
                required = true,
                converter = Converters.OfAnchor.class,
                description =
                        "… since: acquisition-stop (stop_date_time of the label), reception (on Earth) or delivery (now).")
        @SuppressWarnings("NullAway.Init")
        ClockAnchor anchor;
    }

    /** The terms, if it is now this instant. */
    ReleaseTerms terms(Instant now) {
        if (releaseAt != null) {
            return new ReleaseTerms.FixedDate(releaseAt.from(now));
        }
        if (byPolicy) {
            return new ReleaseTerms.ByPolicy();
        }
        return exclusive != null
                ? new ReleaseTerms.ExclusivePeriod(exclusive.period, exclusive.anchor)
                : new ReleaseTerms.AtOnce();
    }
}
