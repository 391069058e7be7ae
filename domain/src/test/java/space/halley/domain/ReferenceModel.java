package space.halley.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is true of one product after a list of inputs, found by looking at the whole list again for every question. It
 * has no state, no plans and no timers, and shares no code with the rules beyond the values; so it is slow, and simple
 * enough to be believed. What it remembers are answers.
 */
final class ReferenceModel {
    /** One input: a command, or a policy version, or a fence where there is neither. */
    record Said(
            Cause cause,
            @Nullable Command command,
            @Nullable Policy policy) {}

    /**
     * Where a version stands.
     *
     * @param releaseAt until when it is held; null if that is not known, or it is not held
     * @param opened the partners that have it while it is held
     * @param waiting each of the others that an agreement gives a turn whose clock has not started, with the agreement
     * @param next when something opens next
     */
    record Standing(
            VersionState.Status status,
            @Nullable Instant releaseAt,
            Set<AgencyId> opened,
            Set<String> waiting,
            @Nullable Instant next) {
        static Standing settled(VersionState.Status status) {
            return new Standing(status, null, Set.of(), Set.of(), null);
        }
    }

    /**
     * Until when something is held.
     *
     * @param notBefore null if a fact is missing
     */
    private record Hold(@Nullable Instant notBefore) {
        boolean isLongerThan(Hold other) {
            return other.notBefore != null && (notBefore == null || notBefore.isAfter(other.notBefore));
        }
    }

    private final List<Said> inputs;
    private final Map<String, Optional<Standing>> standings = new HashMap<>();
    private final Map<Integer, Optional<RefusalReason>> refusals = new HashMap<>();

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
        var answer = standings.get(question);
        if (answer == null) {
            var first = announcement(vid, count);
            answer = first < 0 ? Optional.empty() : Optional.of(accepted(vid, first, count));
            standings.put(question, answer);
        }
        return answer;
    }

    /** Whether the version, held or released by this input, was delivered late; empty while that cannot be said. */
    Optional<Boolean> late(Vid vid, int index) {
        return Optional.ofNullable(judgement(vid, announcement(vid, index + 1), index))
                .map(Judgement::late);
    }

    /**
     * What was said of the delivery when its embargo's end became known, and perhaps taken back since.
     *
     * @param missed what it was too late for
     */
    private record Judgement(boolean late, List<ReleaseTerms> missed) {}

    /** Null before the end of the embargo is known. */
    private @Nullable Judgement judgement(Vid vid, int first, int index) {
        var older = replaced(first);
        var judged = older == null ? null : judgement(older, announcement(older, first), first - 1);
        for (int i = first; i <= index; i++) {
            if (judged != null && judged.late) {
                judged = corrected(judged, vid, first, i);
            } else if (judged == null) {
                judged = judged(vid, first, i);
            }
        }
        return judged;
    }

    private @Nullable Judgement judged(Vid vid, int first, int index) {
        if (isDefence(announced(first), policy(index))) {
            return new Judgement(false, List.of());
        }
        var embargoes = embargoes(announced(first), under(first), policy(index));
        var end = lastEnd(embargoes, vid, first, index);
        return end == null
                ? null
                : new Judgement(isLate(vid, first, index, end), withInstants(embargoes, first, policy(index)));
    }

    private Judgement corrected(Judgement judged, Vid vid, int first, int index) {
        var missed = judged.missed;
        var older = index == first ? replaced(first) : null;
        if (older != null) {
            var before = announced(announcement(older, first));
            if (isDefence(announced(first), policy(index)) && !isDefence(before, policy(index))) {
                return new Judgement(false, List.of());
            }
            if (under(first) instanceof ReleaseTerms.ByPolicy
                    && !strongest(
                                    Objects.requireNonNull(policy(index)),
                                    announced(first).product())
                            .equals(strongest(Objects.requireNonNull(policy(index)), before.product()))) {
                missed = embargoes(announced(first), under(first), policy(index));
            }
        }
        var end = lastEnd(missed, vid, first, index);
        return new Judgement(end == null || isLate(vid, first, index, end), withInstants(missed, first, policy(index)));
    }

    private static List<ReleaseTerms> embargoes(
            Command.Announce announce, ReleaseTerms under, @Nullable Policy policy) {
        var all = new ArrayList<ReleaseTerms>();
        if (under instanceof ReleaseTerms.ByPolicy) {
            strongest(Objects.requireNonNull(policy), announce.product()).forEach(rule -> all.add(rule.terms()));
        } else {
            all.add(under);
        }
        return all;
    }

    /** The same, with the instants of missed mission events as they are today. */
    private List<ReleaseTerms> withInstants(List<ReleaseTerms> embargoes, int first, @Nullable Policy policy) {
        var at = earlier(inputs.get(firstDelivery(first)).cause());
        var all = new ArrayList<ReleaseTerms>();
        for (var terms : embargoes) {
            var isEvent = terms instanceof ReleaseTerms.ExclusivePeriod exclusive
                    && exclusive.anchor() instanceof ClockAnchor.MissionEvent;
            var end = isEvent ? end(terms, Map.of(), inputs.getFirst().cause(), policy) : null;
            all.add(end == null || !end.isBefore(at) ? terms : new ReleaseTerms.FixedDate(end));
        }
        return all;
    }

    /** When the last of them ends; null if a fact is missing, the end of time if there is none. */
    private @Nullable Instant lastEnd(List<ReleaseTerms> embargoes, Vid vid, int first, int index) {
        var last = Instant.MIN;
        for (var terms : embargoes) {
            var end = end(terms, facts(vid, first, index), inputs.get(first).cause(), policy(index));
            if (end == null) {
                return null;
            }
            last = end.isAfter(last) ? end : last;
        }
        return last.equals(Instant.MIN) ? Instant.MAX : last;
    }

    /** The terms that the delivery is judged by: those of the last announcement that named some before it was judged. */
    private ReleaseTerms under(int first) {
        var own = announced(first).terms();
        var older = replaced(first);
        if (older == null) {
            return own;
        }
        var since = announcement(older, first);
        var isJudged = judgement(older, since, first - 1) != null;
        return isJudged || own instanceof ReleaseTerms.ByPolicy ? under(since) : own;
    }

    /** The first announcement of all that were replaced, one by the next, by that one. */
    private int firstDelivery(int first) {
        var older = replaced(first);
        return older == null ? first : firstDelivery(announcement(older, first));
    }

    private boolean isLate(Vid vid, int first, int index, Instant end) {
        var announce = announced(first);
        var stop = facts(vid, first, index).get(Facts.Kind.ACQUISITION_STOP);
        return end.isBefore(earlier(inputs.get(firstDelivery(first)).cause()))
                && (stop == null || stop.isBefore(end))
                && (announce.archiveReleaseDate() == null
                        || announce.archiveReleaseDate().isAfter(end))
                && vids().stream()
                        .map(other -> standing(other, first))
                        .noneMatch(standing -> standing.isPresent()
                                && (standing.get().status() == VersionState.Status.PUBLIC
                                        || standing.get().status() == VersionState.Status.RETRACTED));
    }

    /** Why the input is refused; null if it is not, or is no command. */
    @Nullable
    RefusalReason refusal(int index) {
        var answer = refusals.get(index);
        if (answer == null) {
            answer = Optional.ofNullable(findRefusal(index));
            refusals.put(index, answer);
        }
        return answer.orElse(null);
    }

    private Standing accepted(Vid vid, int first, int count) {
        var opened = new TreeSet<AgencyId>();
        for (int i = first; i < count; i++) {
            var input = inputs.get(i);
            if (isWithdrawn(vid, i)) {
                return Standing.settled(VersionState.Status.WITHDRAWN);
            }
            if (i > first
                    && input.command() instanceof Command.Announce other
                    && other.id().vid().compareTo(vid) > 0
                    && standing(other.id().vid(), i).isEmpty()
                    && refusal(i) == null) {
                return Standing.settled(VersionState.Status.SUPERSEDED);
            }
            if (i == first || opens(vid, i)) {
                var now = earlier(input.cause());
                if (isOver(hold(vid, first, i).notBefore(), now)) {
                    return open(vid, i, count);
                }
                turns(vid, first, i).forEach((partner, turn) -> {
                    if (isOver(turn, now)) {
                        opened.add(partner);
                    }
                });
            }
        }
        var releaseAt = hold(vid, first, count - 1).notBefore();
        var next = releaseAt;
        for (var turn : turns(vid, first, count - 1).entrySet()) {
            if (!opened.contains(turn.getKey())
                    && (next == null || turn.getValue().isBefore(next))) {
                next = turn.getValue();
            }
        }
        var status = opened.isEmpty() ? VersionState.Status.HELD : VersionState.Status.PARTNERS;
        return new Standing(status, releaseAt, opened, waiting(vid, first, count - 1, opened), next);
    }

    private Standing open(Vid vid, int since, int count) {
        for (int i = since + 1; i < count; i++) {
            if (isWithdrawn(vid, i)) {
                return Standing.settled(VersionState.Status.RETRACTED);
            }
        }
        return Standing.settled(VersionState.Status.PUBLIC);
    }

    private boolean isWithdrawn(Vid vid, int index) {
        return inputs.get(index).command() instanceof Command.Withdraw withdraw
                && withdraw.id().vid().equals(vid);
    }

    /** Whether the input lets open what is due of an announced version that is held until then. */
    private boolean opens(Vid vid, int index) {
        var command = inputs.get(index).command();
        if (command == null) {
            return true;
        }
        return command.id().vid().equals(vid)
                && (command instanceof Command.Reschedule
                        || command instanceof Command.Waive
                        || command instanceof Command.StateFact)
                && refusal(index) == null
                && !isRepeated(command, index);
    }

    /** Whether the command says of a held version what holds already. */
    private boolean isRepeated(Command command, int index) {
        var vid = command.id().vid();
        var first = announcement(vid, index);
        return switch (command) {
            case Command.Reschedule reschedule -> reschedule.terms().equals(terms(vid, first, index - 1));
            case Command.StateFact fact ->
                fact.at().equals(stated(vid, first, index - 1).get(fact.kind()));
            default -> false;
        };
    }

    private @Nullable RefusalReason findRefusal(int index) {
        var input = inputs.get(index);
        var command = input.command();
        if (command == null) {
            return null;
        }
        if (isClockWrong(input.cause()) && !(command instanceof Command.Withdraw)) {
            return RefusalReason.CLOCK_WRONG;
        }
        var vid = command.id().vid();
        var before = standing(vid, index);
        if (command instanceof Command.Announce announce) {
            return before.isPresent()
                    ? conflict(announce, index, isHeld(before.get().status()))
                    : unannounced(announce, index);
        }
        if (before.isEmpty()) {
            return RefusalReason.UNKNOWN_PRODUCT;
        }
        var status = before.get().status();
        if (command instanceof Command.Withdraw) {
            return status == VersionState.Status.SUPERSEDED ? RefusalReason.ALREADY_SUPERSEDED : null;
        }
        if (!isHeld(status)) {
            return settled(status);
        }
        if (command instanceof Command.Waive || isRepeated(command, index)) {
            return null;
        }
        var first = announcement(vid, index);
        var terms = terms(vid, first, index - 1);
        var facts = facts(vid, first, index - 1);
        if (command instanceof Command.Reschedule reschedule) {
            terms = reschedule.terms();
        } else if (command instanceof Command.StateFact fact) {
            facts.put(fact.kind(), fact.at());
        }
        return impossible(announced(first), terms, facts, first, index);
    }

    private static boolean isHeld(VersionState.Status status) {
        return status == VersionState.Status.HELD || status == VersionState.Status.PARTNERS;
    }

    private @Nullable RefusalReason conflict(Command.Announce announce, int index, boolean isHeld) {
        var original = announced(announcement(announce.id().vid(), index));
        if (!original.product().contentHash().equals(announce.product().contentHash())) {
            return RefusalReason.CONTENT_CONFLICT;
        }
        var same = original.terms().equals(announce.terms())
                && original.existence() == announce.existence()
                && original.planetaryDefence() == announce.planetaryDefence()
                && Objects.equals(original.reception(), announce.reception())
                && (!isHeld || Objects.equals(original.archiveReleaseDate(), announce.archiveReleaseDate()));
        return same ? null : RefusalReason.TERMS_CONFLICT;
    }

    private @Nullable RefusalReason unannounced(Command.Announce announce, int index) {
        for (var vid : vids()) {
            var standing = standing(vid, index);
            if (vid.compareTo(announce.id().vid()) > 0
                    && standing.isPresent()
                    && (standing.get().status() == VersionState.Status.HELD
                            || standing.get().status() == VersionState.Status.PARTNERS)) {
                return RefusalReason.NEWER_VERSION_HELD;
            }
        }
        var vid = announce.id().vid();
        return impossible(announce, terms(vid, index, index), facts(vid, index, index), index, index);
    }

    private @Nullable RefusalReason impossible(
            Command.Announce announce, ReleaseTerms terms, Map<Facts.Kind, Instant> facts, int first, int index) {
        var policy = policy(index);
        var named = first == index ? announce.terms() : terms;
        if (named instanceof ReleaseTerms.ByPolicy && policy == null && !announce.planetaryDefence()) {
            return RefusalReason.NO_POLICY;
        }
        var underReview = wasLeftToPolicy(announce.id().vid(), announce, first, index - 1);
        var until = hold(announce, terms, underReview, facts, inputs.get(first).cause(), policy)
                .notBefore();
        var latest = plus(earlier(inputs.get(index).cause()), 100, 0, 0);
        return until != null && until.isAfter(latest) ? RefusalReason.RELEASE_TOO_FAR : null;
    }

    private static RefusalReason settled(VersionState.Status status) {
        return switch (status) {
            case PUBLIC -> RefusalReason.ALREADY_PUBLIC;
            case WITHDRAWN -> RefusalReason.ALREADY_WITHDRAWN;
            case SUPERSEDED -> RefusalReason.ALREADY_SUPERSEDED;
            case RETRACTED -> RefusalReason.ALREADY_RETRACTED;
            case HELD, PARTNERS -> throw new IllegalStateException("held is not settled");
        };
    }

    // What had been said by a place in the list, that place included.

    /** The index of the accepted announcement among the first {@code count} inputs; -1 if there is none. */
    private int announcement(Vid vid, int count) {
        for (int i = 0; i < count; i++) {
            if (inputs.get(i).command() instanceof Command.Announce announce
                    && announce.id().vid().equals(vid)
                    && refusal(i) == null) {
                return i;
            }
        }
        return -1;
    }

    private Command.Announce announced(int index) {
        return (Command.Announce) Objects.requireNonNull(inputs.get(index).command());
    }

    private @Nullable Policy policy(int index) {
        for (int i = index; i >= 0; i--) {
            if (inputs.get(i).policy() != null) {
                return inputs.get(i).policy();
            }
        }
        return null;
    }

    /** The version that is replaced by the announcement at that place, if it is accepted; null if there is none. */
    private @Nullable Vid replaced(int first) {
        for (var vid : vids()) {
            var standing = standing(vid, first);
            if (vid.compareTo(announced(first).id().vid()) < 0
                    && standing.isPresent()
                    && (standing.get().status() == VersionState.Status.HELD
                            || standing.get().status() == VersionState.Status.PARTNERS)) {
                return vid;
            }
        }
        return null;
    }

    private boolean isWaived(Vid vid, int first, int index) {
        for (int i = index; i > first; i--) {
            var command = inputs.get(i).command();
            if (command != null
                    && command.id().vid().equals(vid)
                    && refusal(i) == null
                    && (command instanceof Command.Reschedule || command instanceof Command.Waive)) {
                return command instanceof Command.Waive;
            }
        }
        return false;
    }

    /** What was said last; before that what was said last of the version that this one replaces, if it says nothing itself. */
    private ReleaseTerms terms(Vid vid, int first, int index) {
        for (int i = index; i > first; i--) {
            var command = inputs.get(i).command();
            if (command != null && command.id().vid().equals(vid) && refusal(i) == null) {
                if (command instanceof Command.Reschedule reschedule) {
                    return reschedule.terms();
                }
                if (command instanceof Command.Waive) {
                    return new ReleaseTerms.AtOnce();
                }
            }
        }
        var older = replaced(first);
        if (older != null && announced(first).terms() instanceof ReleaseTerms.ByPolicy) {
            return terms(older, announcement(older, first), first - 1);
        }
        return announced(first).terms();
    }

    /** All that is known: from the label, the announcement and later. */
    private Map<Facts.Kind, Instant> facts(Vid vid, int first, int index) {
        var all = ofLabel(announced(first));
        all.putAll(stated(vid, first, index));
        return all;
    }

    private Map<Facts.Kind, Instant> stated(Vid vid, int first, int index) {
        var all = new HashMap<Facts.Kind, Instant>();
        var older = replaced(first);
        if (older != null) {
            all.putAll(stated(older, announcement(older, first), first - 1));
            all.remove(Facts.Kind.REVIEW);
            var stated = all.get(Facts.Kind.ACQUISITION_STOP);
            var label = announced(first).product().stopTime();
            var before = announced(announcement(older, first)).product().stopTime();
            if (stated != null && label != null && !label.equals(before) && label.isAfter(stated)) {
                all.put(Facts.Kind.ACQUISITION_STOP, label);
            }
        }
        var reception = announced(first).reception();
        if (reception != null) {
            var said =
                    older == null ? null : announced(announcement(older, first)).reception();
            var known = all.get(Facts.Kind.RECEPTION);
            if (known == null || (!reception.equals(said) && reception.isAfter(known))) {
                all.put(Facts.Kind.RECEPTION, reception);
            }
        }
        for (int i = first + 1; i <= index; i++) {
            if (inputs.get(i).command() instanceof Command.StateFact fact
                    && fact.id().vid().equals(vid)
                    && refusal(i) == null) {
                all.put(fact.kind(), fact.at());
            }
        }
        return all;
    }

    private static Map<Facts.Kind, Instant> ofLabel(Command.Announce announce) {
        var all = new HashMap<Facts.Kind, Instant>();
        if (announce.product().stopTime() != null) {
            all.put(Facts.Kind.ACQUISITION_STOP, announce.product().stopTime());
        }
        return all;
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

    // What follows from terms, rules and agreements.

    private Hold hold(Vid vid, int first, int index) {
        return hold(
                announced(first),
                terms(vid, first, index),
                wasLeftToPolicy(vid, announced(first), first, index) && !isWaived(vid, first, index),
                facts(vid, first, index),
                inputs.get(first).cause(),
                policy(index));
    }

    /** Whether the release has ever been left to the policy. */
    private boolean wasLeftToPolicy(Vid vid, Command.Announce announce, int first, int index) {
        if (announce.terms() instanceof ReleaseTerms.ByPolicy) {
            return true;
        }
        for (int i = first + 1; i <= index; i++) {
            if (inputs.get(i).command() instanceof Command.Reschedule reschedule
                    && reschedule.id().vid().equals(vid)
                    && reschedule.terms() instanceof ReleaseTerms.ByPolicy
                    && refusal(i) == null) {
                return true;
            }
        }
        var older = replaced(first);
        return older != null
                && wasLeftToPolicy(older, announced(announcement(older, first)), announcement(older, first), first - 1);
    }

    private static Hold hold(
            Command.Announce announce,
            ReleaseTerms terms,
            boolean underReview,
            Map<Facts.Kind, Instant> facts,
            Cause delivery,
            @Nullable Policy policy) {
        var rules = policy == null ? List.<Rule>of() : strongest(policy, announce.product());
        if (isDefence(announce, policy)) {
            return new Hold(Instant.MIN);
        }
        if (!(terms instanceof ReleaseTerms.ByPolicy)) {
            var review = underReview && rules.stream().anyMatch(Rule::review);
            return hold(terms, review, facts, delivery, policy);
        }
        Hold longest = null;
        for (var rule : rules) {
            var hold = hold(rule.terms(), rule.review(), facts, delivery, policy);
            longest = longest == null || hold.isLongerThan(longest) ? hold : longest;
        }
        return Objects.requireNonNull(longest);
    }

    private static Hold hold(
            ReleaseTerms terms,
            boolean review,
            Map<Facts.Kind, Instant> facts,
            Cause delivery,
            @Nullable Policy policy) {
        var end = end(terms, facts, delivery, policy);
        var passed = facts.get(Facts.Kind.REVIEW);
        var notBefore = end;
        if (review) {
            notBefore = end == null || passed == null ? null : passed.isAfter(end) ? passed : end;
        }
        return new Hold(notBefore);
    }

    private static boolean isDefence(Command.Announce announce, @Nullable Policy policy) {
        return announce.planetaryDefence()
                || (policy != null
                        && policy.rules().stream()
                                .anyMatch(rule -> rule.planetaryDefence() && meets(rule.match(), announce.product())));
    }

    /** Null if a fact is missing; the beginning of time if the terms hold nothing. */
    private static @Nullable Instant end(
            ReleaseTerms terms, Map<Facts.Kind, Instant> facts, Cause delivery, @Nullable Policy policy) {
        if (terms instanceof ReleaseTerms.AtOnce) {
            return Instant.MIN;
        }
        if (terms instanceof ReleaseTerms.FixedDate date) {
            return date.releaseAt();
        }
        var exclusive = (ReleaseTerms.ExclusivePeriod) terms;
        var start = start(exclusive, facts, delivery, policy);
        if (start == null) {
            return null;
        }
        var period = exclusive.period();
        return plus(start, period.getYears(), period.getMonths(), period.getDays());
    }

    private static @Nullable Instant start(
            ReleaseTerms.ExclusivePeriod exclusive,
            Map<Facts.Kind, Instant> facts,
            Cause delivery,
            @Nullable Policy policy) {
        var stop = facts.get(Facts.Kind.ACQUISITION_STOP);
        return switch (exclusive.anchor()) {
            case ClockAnchor.AcquisitionStop anchor -> stop;
            case ClockAnchor.Reception anchor -> facts.get(Facts.Kind.RECEPTION);
            case ClockAnchor.Delivery anchor -> later(delivery);
            case ClockAnchor.WindowEnd window -> stop == null ? null : windowEnd(window, stop);
            case ClockAnchor.MissionEvent event ->
                policy == null ? null : policy.events().get(event.name());
        };
    }

    private Map<AgencyId, Instant> turns(Vid vid, int first, int index) {
        var policy = policy(index);
        var all = new TreeMap<AgencyId, Instant>();
        if (policy == null) {
            return all;
        }
        var delivery = inputs.get(first).cause();
        var releaseAt = hold(vid, first, index).notBefore();
        for (var agreement : policy.agreements()) {
            if (!meets(agreement.match(), announced(first).product())) {
                continue;
            }
            var turn = end(agreement.terms(), facts(vid, first, index), delivery, policy);
            if (Instant.MIN.equals(turn)) {
                turn = later(delivery);
            }
            if (turn == null || (releaseAt != null && !turn.isBefore(releaseAt))) {
                continue;
            }
            for (var partner : agreement.partners()) {
                var other = all.get(partner);
                if (other == null || turn.isBefore(other)) {
                    all.put(partner, turn);
                }
            }
        }
        return all;
    }

    private Set<String> waiting(Vid vid, int first, int index, Set<AgencyId> opened) {
        var policy = policy(index);
        var all = new TreeSet<String>();
        if (policy == null) {
            return all;
        }
        for (var agreement : policy.agreements()) {
            var turn = end(
                    agreement.terms(),
                    facts(vid, first, index),
                    inputs.get(first).cause(),
                    policy);
            if (turn != null || !meets(agreement.match(), announced(first).product())) {
                continue;
            }
            for (var partner : agreement.partners()) {
                if (!opened.contains(partner)) {
                    all.add(partner + " by " + agreement.id());
                }
            }
        }
        return all;
    }

    private static List<Rule> strongest(Policy policy, ProductDescription product) {
        var most = -1;
        var best = new ArrayList<Rule>();
        for (var rule : policy.rules()) {
            if (!meets(rule.match(), product)) {
                continue;
            }
            var rank = rank(rule.match());
            if (rank > most) {
                best.clear();
                most = rank;
            }
            if (rank == most) {
                best.add(rule);
            }
        }
        return best;
    }

    private static int rank(Match match) {
        var rank = match.instruments().isEmpty() ? 0 : 100;
        for (var criterion :
                List.of(match.missions(), match.processingLevels(), match.productClasses(), match.collections())) {
            rank += criterion.isEmpty() ? 0 : 1;
        }
        return rank;
    }

    private static boolean meets(Match match, ProductDescription product) {
        var missions = new ArrayList<String>();
        var instruments = new ArrayList<String>();
        for (var reference : product.context()) {
            var names =
                    switch (reference.role()) {
                        case INVESTIGATION -> missions;
                        case INSTRUMENT -> instruments;
                        default -> new ArrayList<String>();
                    };
            names.add(reference.name());
            if (reference.lid() != null) {
                names.add(List.of(reference.lid().value().split(":")).getLast());
            }
        }
        var lid = product.id().lid().value();
        return meets(match.missions(), missions)
                && meets(match.instruments(), instruments)
                && meets(match.processingLevels(), product.processingLevel())
                && meets(match.productClasses(), product.productClass())
                && (match.collections().isEmpty()
                        || match.collections().stream().anyMatch(one -> (lid + ":").startsWith(one + ":")));
    }

    private static boolean meets(Set<String> wanted, @Nullable String value) {
        return meets(wanted, value == null ? List.of() : List.of(value));
    }

    private static boolean meets(Set<String> wanted, List<String> values) {
        return wanted.isEmpty() || values.stream().anyMatch(value -> wanted.contains(value.toLowerCase(Locale.ROOT)));
    }

    // Clocks and calendars.

    private static boolean isOver(@Nullable Instant until, Instant now) {
        return until != null && !until.isAfter(now);
    }

    private static Instant earlier(Cause cause) {
        return cause.carriedClock().isBefore(cause.appendTime()) ? cause.carriedClock() : cause.appendTime();
    }

    private static Instant later(Cause cause) {
        return cause.carriedClock().isAfter(cause.appendTime()) ? cause.carriedClock() : cause.appendTime();
    }

    private static boolean isClockWrong(Cause cause) {
        var week = 7L * 24 * 60 * 60 * 1_000;
        return Math.abs(cause.carriedClock().toEpochMilli() - cause.appendTime().toEpochMilli()) > week;
    }

    /** Goes through the windows one by one. */
    private static @Nullable Instant windowEnd(ClockAnchor.WindowEnd window, Instant stop) {
        var first = window.since().atStartOfDay().toInstant(ZoneOffset.UTC);
        if (stop.isBefore(first)) {
            return null;
        }
        var end = first;
        for (int n = 1; !stop.isBefore(end); n++) {
            end = plus(first, 0, n * window.months(), 0);
        }
        return end;
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
