package space.halley.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import space.halley.domain.AgencyId;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.JournalEntry;

/**
 * No record is ever physically in the public log, committed or aborted, before its release instant: its journal entry names
 * the cause, and the watermark there is at or after the instant in force.
 */
public final class NeverEarly implements Promise {
    /** By how much the clocks of brokers may differ that are kept right. */
    private static final Duration ORDINARY = Duration.ofSeconds(1);

    /** When a broker took an input of an agency. A release carries that of its cause. */
    private record Moment(AgencyId agency, Instant appendTime) {}

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        var passed = passed(recording);
        for (var record : recording.physical()) {
            if (record.event().news() instanceof PublicEvent.Released released) {
                if (released.releasedAt().isBefore(released.releaseAt())) {
                    violations.add(record.shown() + " says that it was released at " + released.releasedAt()
                            + ", before " + released.releaseAt());
                }
                var appendTime = record.appendTime();
                if (appendTime != null && appendTime.isBefore(released.releaseAt())) {
                    var moment = new Moment(record.event().agency(), released.releasedAt());
                    early(
                                    record.shown() + " is in the public log since " + appendTime + ", before "
                                            + released.releaseAt(),
                                    passed,
                                    moment,
                                    released.releaseAt(),
                                    appendTime)
                            .ifPresent(violations::add);
                }
            }
        }
        for (var record : recording.physicallyTold()) {
            if (record.event().news() instanceof PartnerEvent.Shared shared) {
                var appendTime = record.appendTime();
                if (shared.sharedAt().isBefore(shared.opensAt())) {
                    violations.add(record.shown() + " was shared at " + shared.sharedAt() + " and appended at "
                            + appendTime + ", before " + shared.opensAt());
                } else if (appendTime != null && appendTime.isBefore(shared.opensAt())) {
                    var moment = new Moment(record.event().agency(), shared.sharedAt());
                    early(
                                    record.shown() + " was shared at " + shared.sharedAt() + " and appended at "
                                            + appendTime + ", before " + shared.opensAt(),
                                    passed,
                                    moment,
                                    shared.opensAt(),
                                    appendTime)
                            .ifPresent(violations::add);
                }
            }
        }
        violations.addAll(journal(recording));
        return violations;
    }

    /** The latest watermark at each append time of an agency's inputs, decided or not. */
    private static Map<Moment, Appended> passed(Recording recording) {
        var passed = new HashMap<Moment, Appended>();
        for (var inputs : List.of(recording.inputs(), recording.undecided())) {
            for (var input : inputs) {
                passed.merge(
                        new Moment(input.at().agency(), input.appendTime()),
                        input,
                        (one, other) ->
                                other.cause().watermark().isAfter(one.cause().watermark()) ? other : one);
            }
        }
        return passed;
    }

    /**
     * Nothing is written before what it follows from. So if the instant had passed at the record's cause, by the clocks of
     * that partition's broker and of whoever wrote the cause, it is the clock of another broker that stamped an earlier time.
     * That is told if it is more than the clocks of brokers commonly differ.
     */
    private static Optional<String> early(
            String what, Map<Moment, Appended> passed, Moment moment, Instant instant, Instant appendTime) {
        var cause = passed.get(moment);
        if (cause == null || cause.cause().watermark().isBefore(instant)) {
            return Optional.of(what);
        }
        var behind = Duration.between(appendTime, instant);
        return behind.compareTo(ORDINARY) <= 0
                ? Optional.empty()
                : Optional.of(what + "; but its cause was appended at " + moment.appendTime() + ", as " + cause.at()
                        + " was, and the instant had passed there by both clocks: that of the broker that took this record is"
                        + " behind them by " + behind + " or more");
    }

    private static List<String> journal(Recording recording) {
        var violations = new ArrayList<String>();
        var inputs = Evidence.group(recording.inputs(), Appended::at);
        var inForce = new HashMap<String, JournalEntry>();
        var releases = new HashMap<String, JournalEntry>();
        for (var entry : recording.journal()) {
            var id = String.valueOf(entry.lidvid());
            switch (Evidence.verdict(entry)) {
                case HELD, RESCHEDULED, WAIVED, FACT, REEVALUATED -> inForce.put(id, entry);
                case SHARED -> violations.addAll(sharing(entry, inputs));
                case RELEASED -> {
                    releases.put(id, entry);
                    violations.addAll(release(entry, inputs, inForce));
                }
                case WITHDRAWN, SUPERSEDED, RETRACTED, REPEATED, REFUSED, POLICY -> {}
            }
        }
        for (var record : recording.published()) {
            if (record.event().news() instanceof PublicEvent.Released released) {
                var entry = releases.get(record.event().id().toString());
                if (entry == null || !released.releaseAt().equals(entry.releaseAt())) {
                    violations.add(record.shown() + " was released without a decision to do so");
                }
            }
        }
        return violations;
    }

    private static List<String> release(
            JournalEntry entry, Map<Position, List<Appended>> inputs, Map<String, JournalEntry> inForce) {
        var violations = new ArrayList<String>();
        var what = "the release of " + entry.lidvid() + " at " + Evidence.cause(entry);
        Instant instant = entry.releaseAt();
        if (instant == null || entry.watermark().isBefore(instant)) {
            violations.add(what + " has the watermark " + entry.watermark() + ", before " + instant);
        }
        var cause = inputs.getOrDefault(Evidence.cause(entry), List.of());
        if (cause.isEmpty() || !cause.getFirst().cause().watermark().equals(entry.watermark())) {
            violations.add(what + " has a watermark that its cause does not have");
        }
        var armed = inForce.get(String.valueOf(entry.lidvid()));
        if (armed != null) {
            if (!java.util.Objects.equals(armed.releaseAt(), instant)) {
                violations.add(what + " was for " + instant + ", and " + armed.releaseAt() + " was in force");
            }
            var atOnce = Evidence.cause(armed).equals(Evidence.cause(entry));
            if (!atOnce && armed.causeOffset() >= entry.causeOffset()) {
                violations.add(what + " comes before the command that set its instant, " + Evidence.cause(armed));
            }
        }
        return violations;
    }

    private static List<String> sharing(JournalEntry entry, Map<Position, List<Appended>> inputs) {
        var what = "the sharing of " + entry.lidvid() + " with " + entry.recipient() + " at " + Evidence.cause(entry);
        var cause = inputs.getOrDefault(Evidence.cause(entry), List.of());
        if (cause.isEmpty() || !cause.getFirst().cause().watermark().equals(entry.watermark())) {
            return List.of(what + " has a watermark that its cause does not have");
        }
        return entry.stages().stream()
                        .filter(stage -> stage.recipient().equals(entry.recipient()))
                        .anyMatch(stage -> !stage.opensAt().isAfter(entry.watermark()))
                ? List.of()
                : List.of(what + " has the watermark " + entry.watermark() + " and no turn that has come");
    }
}
