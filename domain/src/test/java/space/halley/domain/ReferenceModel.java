package space.halley.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is true of one product after a list of inputs, found by looking at the whole list again for every question. It
 * keeps nothing, has no timers, and shares no code with the rules beyond the values; so it is slow, and simple enough to
 * be believed.
 */
final class ReferenceModel {
    /** One input: a command, or a fence where there is none. */
    record Said(Cause cause, @Nullable Command command) {}

    /** Where a version stands, and until when it is held. */
    record Standing(VersionState.Status status, @Nullable Instant releaseAt) {}

    private final List<Said> inputs;
    private final Map<String, Optional<Standing>> known = new HashMap<>();

    ReferenceModel(List<Said> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    /** Every version that was accepted among the first {@code count} inputs. */
    Map<Vid, Standing> standings(int count) {
        var all = new TreeMap<Vid, Standing>();
        for (var vid : vids()) {
            standing(vid, count).ifPresent(standing -> all.put(vid, standing));
        }
        return all;
    }

    /** Where the version stands after the first {@code count} inputs; empty if it was never accepted. */
    Optional<Standing> standing(Vid vid, int count) {
        var question = vid + "@" + count;
        var answer = known.get(question);
        if (answer == null) {
            answer = find(vid, count);
            known.put(question, answer);
        }
        return answer;
    }

    private Optional<Standing> find(Vid vid, int count) {
        for (int i = 0; i < count; i++) {
            if (inputs.get(i).command() instanceof Command.Announce announce
                    && announce.id().vid().equals(vid)
                    && refusal(i) == null) {
                return Optional.of(accepted(announce, i, count));
            }
        }
        return Optional.empty();
    }

    private Standing accepted(Command.Announce announce, int first, int count) {
        var vid = announce.id().vid();
        var armed = first;
        var delivery = inputs.get(first).cause();
        var instant = instant(announce.terms(), announce.product(), delivery, delivery);
        for (int i = first; i < count; i++) {
            var input = inputs.get(i);
            if (i > first
                    && input.command() instanceof Command.Withdraw withdraw
                    && withdraw.id().vid().equals(vid)
                    && !isClockWrong(input.cause())) {
                return new Standing(VersionState.Status.WITHDRAWN, null);
            }
            if (i > first
                    && input.command() instanceof Command.Announce other
                    && other.id().vid().compareTo(vid) > 0
                    && standing(other.id().vid(), i).isEmpty()
                    && refusal(i) == null) {
                return new Standing(VersionState.Status.SUPERSEDED, null);
            }
            if (i > first
                    && input.command() instanceof Command.Reschedule reschedule
                    && reschedule.id().vid().equals(vid)
                    && refusal(i) == null) {
                var changed = instant(reschedule.terms(), announce.product(), delivery, input.cause());
                // The same instant again is no change, and no reason to look whether it has come; the next fence does.
                armed = Objects.equals(changed, instant) ? armed : i;
                instant = changed;
            }
            var opens = input.command() == null || i == armed;
            if (opens && instant != null && !instant.isAfter(earlier(input.cause()))) {
                return open(vid, i, count);
            }
        }
        return new Standing(VersionState.Status.HELD, instant);
    }

    private Standing open(Vid vid, int since, int count) {
        for (int i = since + 1; i < count; i++) {
            if (inputs.get(i).command() instanceof Command.Withdraw withdraw
                    && withdraw.id().vid().equals(vid)
                    && !isClockWrong(inputs.get(i).cause())) {
                return new Standing(VersionState.Status.RETRACTED, null);
            }
        }
        return new Standing(VersionState.Status.PUBLIC, null);
    }

    /** Why the input is refused; null if it is not, or is a fence. */
    @Nullable
    RefusalReason refusal(int index) {
        var input = inputs.get(index);
        var command = input.command();
        if (command == null) {
            return null;
        }
        if (isClockWrong(input.cause())) {
            return RefusalReason.CLOCK_WRONG;
        }
        var before = standing(command.id().vid(), index);
        return switch (command) {
            case Command.Announce announce ->
                before.isPresent() ? conflict(announce, index) : unannounced(announce, index);
            case Command.Reschedule reschedule ->
                before.isEmpty() || before.get().status() != VersionState.Status.HELD
                        ? settled(before)
                        : impossible(
                                reschedule.terms(), original(reschedule.id().vid(), index), input.cause());
            case Command.Withdraw withdraw ->
                before.isPresent()
                                && (before.get().status() == VersionState.Status.HELD
                                        || before.get().status() == VersionState.Status.PUBLIC)
                        ? null
                        : settled(before);
        };
    }

    private @Nullable RefusalReason conflict(Command.Announce announce, int index) {
        var original = (Command.Announce) Objects.requireNonNull(
                inputs.get(original(announce.id().vid(), index)).command());
        if (!original.product().contentHash().equals(announce.product().contentHash())) {
            return RefusalReason.CONTENT_CONFLICT;
        }
        return original.terms().equals(announce.terms()) ? null : RefusalReason.TERMS_CONFLICT;
    }

    private @Nullable RefusalReason unannounced(Command.Announce announce, int index) {
        for (var vid : vids()) {
            if (vid.compareTo(announce.id().vid()) > 0
                    && standing(vid, index).map(Standing::status).equals(Optional.of(VersionState.Status.HELD))) {
                return RefusalReason.NEWER_VERSION_HELD;
            }
        }
        return impossible(announce.terms(), index, inputs.get(index).cause());
    }

    /** @param announced the index of the accepted announcement of the version that the terms are for */
    private @Nullable RefusalReason impossible(ReleaseTerms terms, int announced, Cause cause) {
        var announce =
                (Command.Announce) Objects.requireNonNull(inputs.get(announced).command());
        var instant = instant(terms, announce.product(), inputs.get(announced).cause(), cause);
        if (instant == null) {
            return RefusalReason.MISSING_STOP_TIME;
        }
        return instant.isAfter(plus(earlier(cause), 100, 0, 0)) ? RefusalReason.RELEASE_TOO_FAR : null;
    }

    private static RefusalReason settled(Optional<Standing> standing) {
        return standing.map(known -> switch (known.status()) {
                    case PUBLIC -> RefusalReason.ALREADY_PUBLIC;
                    case WITHDRAWN -> RefusalReason.ALREADY_WITHDRAWN;
                    case SUPERSEDED -> RefusalReason.ALREADY_SUPERSEDED;
                    case RETRACTED -> RefusalReason.ALREADY_RETRACTED;
                    case HELD -> throw new IllegalStateException("held is not settled");
                })
                .orElse(RefusalReason.UNKNOWN_PRODUCT);
    }

    /** The index of the accepted announcement. */
    private int original(Vid vid, int before) {
        for (int i = 0; i < before; i++) {
            if (inputs.get(i).command() instanceof Command.Announce announce
                    && announce.id().vid().equals(vid)
                    && refusal(i) == null) {
                return i;
            }
        }
        throw new IllegalStateException("no announcement of " + vid);
    }

    private List<Vid> vids() {
        var all = new ArrayList<Vid>();
        for (var input : inputs) {
            if (input.command() != null && !all.contains(input.command().id().vid())) {
                all.add(input.command().id().vid());
            }
        }
        return all;
    }

    private static Instant earlier(Cause cause) {
        return cause.carriedClock().isBefore(cause.appendTime()) ? cause.carriedClock() : cause.appendTime();
    }

    private static boolean isClockWrong(Cause cause) {
        var week = 7L * 24 * 60 * 60 * 1_000;
        return Math.abs(cause.carriedClock().toEpochMilli() - cause.appendTime().toEpochMilli()) > week;
    }

    private static Instant later(Cause cause) {
        return cause.carriedClock().isAfter(cause.appendTime()) ? cause.carriedClock() : cause.appendTime();
    }

    /**
     * @param delivery where the version was announced
     * @param cause where the terms are said
     */
    private static @Nullable Instant instant(
            ReleaseTerms terms, ProductDescription product, Cause delivery, Cause cause) {
        var now = earlier(cause);
        if (terms instanceof ReleaseTerms.AtOnce) {
            return now;
        }
        Instant end;
        if (terms instanceof ReleaseTerms.FixedDate date) {
            end = date.releaseAt();
        } else {
            var exclusive = (ReleaseTerms.ExclusivePeriod) terms;
            var start = exclusive.anchor() == ClockAnchor.DELIVERY ? later(delivery) : product.stopTime();
            if (start == null) {
                return null;
            }
            var period = exclusive.period();
            end = plus(start, period.getYears(), period.getMonths(), period.getDays());
        }
        return end.isBefore(now) ? now : end;
    }

    /** By the calendar, as a person would with a pencil. */
    private static Instant plus(Instant start, int years, int months, int days) {
        LocalDate date = LocalDate.ofInstant(start, ZoneOffset.UTC);
        LocalTime time = LocalTime.ofInstant(start, ZoneOffset.UTC);
        var monthsSinceYearZero = (date.getYear() + (long) years) * 12 + date.getMonthValue() - 1 + months;
        var month = YearMonth.of(
                (int) Math.floorDiv(monthsSinceYearZero, 12L), (int) Math.floorMod(monthsSinceYearZero, 12L) + 1);
        var day = Math.min(date.getDayOfMonth(), month.lengthOfMonth());
        return LocalDate.ofEpochDay(month.atDay(day).toEpochDay() + days)
                .atTime(time)
                .toInstant(ZoneOffset.UTC);
    }
}
