package space.halley.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Something that the lanes have still to come to.
 *
 * @param what a command, or a product that a fence or a policy version has not reached
 * @param at the command, the fence or the policy version
 * @param since when that was appended
 */
public record Waiting(String what, Position at, Instant since) {
    /** How many are named in a report. */
    static final int SHOWN = 5;

    private static final Comparator<Waiting> OLDEST = Comparator.comparing(Waiting::since)
            .thenComparing(waiting -> waiting.at().agency().value())
            .thenComparingInt(waiting -> waiting.at().partition())
            .thenComparingLong(waiting -> waiting.at().offset())
            .thenComparing(Waiting::what);

    /** The command in a few words. */
    static Waiting of(Appended command) {
        var said = command.said();
        var policy = command.policy();
        var what = said != null
                ? said.command().getClass().getSimpleName() + " of "
                        + said.command().id()
                : policy != null ? "policy version " + policy.number() : "something unreadable";
        return new Waiting(what, command.at(), command.appendTime());
    }

    /** One line of a report that is made at that time. */
    public String shown(Instant now) {
        var age = Duration.between(since, now).truncatedTo(ChronoUnit.SECONDS);
        return what + " at " + at + ", appended at " + since
                + (age.isPositive() ? ", " + age.toString().substring(2).toLowerCase(Locale.ROOT) + " ago" : "");
    }

    /** Those that have waited longest. */
    static List<Waiting> oldest(Stream<Waiting> all) {
        return all.sorted(OLDEST).limit(SHOWN).toList();
    }
}
