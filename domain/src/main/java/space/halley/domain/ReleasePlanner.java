package space.halley.domain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Plans a release: a function of the terms, of what is known of the product and of the policy in force. The release is the
 * latest of the embargo's end, the delivery and the review.
 */
final class ReleasePlanner {
    private final Optional<Policy> policy;

    ReleasePlanner(Optional<Policy> policy) {
        this.policy = policy;
    }

    /** What is missing while a review is awaited. */
    static final String REVIEW = "the review";

    /**
     * What a plan depends on.
     *
     * @param delivery the first delivery
     * @param underPolicy whether the agency has ever left the release to its policy
     * @param planetaryDefence whether the announcement says so
     * @param deliveredAt when this version was delivered, by the later of the two clocks: an exclusive period must not end
     *     early because one of them is behind
     * @param archiveReleaseDate when an archive released it before it came here; empty if none did
     * @param revision whether an earlier version is or was public
     */
    record Subject(
            ProductDescription product,
            Delivery delivery,
            boolean underPolicy,
            boolean planetaryDefence,
            Facts facts,
            Instant deliveredAt,
            Optional<Instant> archiveReleaseDate,
            boolean revision) {
        /** What is held. */
        static Subject of(Product product, Product.Version version, VersionState.Held held) {
            return new Subject(
                    held.product(),
                    held.delivery(),
                    held.leftToPolicy()
                            || held.terms() instanceof ReleaseTerms.ByPolicy
                            || version.announced().terms() instanceof ReleaseTerms.ByPolicy,
                    version.announced().planetaryDefence(),
                    held.facts(),
                    held.deliveredAt(),
                    held.archiveReleaseDate(),
                    product.wasPublic());
        }

        /** The same, as if the agency had never left its release to the policy. */
        Subject exempted() {
            return with(delivery, false);
        }

        Subject with(Delivery judged) {
            return with(judged, underPolicy);
        }

        private Subject with(Delivery newDelivery, boolean nowUnderPolicy) {
            return new Subject(
                    product,
                    newDelivery,
                    nowUnderPolicy,
                    planetaryDefence,
                    facts,
                    deliveredAt,
                    archiveReleaseDate,
                    revision);
        }

        Optional<Instant> acquisitionStop() {
            return facts.acquisitionStop().or(() -> Optional.ofNullable(product.acquisitionEnd()));
        }

        /**
         * Whether it came after its embargo had ended. What was acquired after that cannot be late, nor what an archive had
         * released in time, nor a correction of what was public.
         */
        private boolean isLate(Instant embargoEnd) {
            return embargoEnd.isBefore(delivery.at())
                    && !revision
                    && acquisitionStop()
                            .filter(stop -> !stop.isBefore(embargoEnd))
                            .isEmpty()
                    && archiveReleaseDate
                            .filter(archived -> !archived.isAfter(embargoEnd))
                            .isEmpty();
        }
    }

    /** The same, and judged whether its delivery was late, if that can be said. What has been judged stays. */
    Subject judged(Subject subject) {
        return judged(subject, subject);
    }

    /**
     * The same, of which more is known than before. Whether a delivery was late is judged once. Since what is public says so
     * for ever, nothing gives it the mark later; but what is corrected can take it away, measured by the terms that were missed
     * and by no policy that came after them. A corrected label that other rules fit is measured by those.
     */
    Subject judged(Subject before, Subject now) {
        var delivery = now.delivery;
        if (delivery.late().isEmpty()) {
            return isFree(now) ? now.with(delivery.inTime()) : measured(now, embargoes(now));
        }
        if (!delivery.late().get()) {
            return now;
        }
        if (isFree(now) && !isFree(before)) {
            return now.with(delivery.inTime());
        }
        var byOthers = delivery.under() instanceof ReleaseTerms.ByPolicy
                && !rulesFor(now).equals(rulesFor(before));
        return measured(now, byOthers ? embargoes(now) : delivery.missed());
    }

    /** The same, measured by these terms; as late as it was, or not judged, if the end of their embargo is not known. */
    private Subject measured(Subject subject, List<ReleaseTerms> embargoes) {
        var end = lastEnd(embargoes, subject);
        if (end.isPresent() && !subject.isLate(end.get())) {
            return subject.with(subject.delivery.inTime());
        }
        var isLate = end.isPresent() || subject.delivery.late().isPresent();
        return isLate ? subject.with(subject.delivery.late(lasting(embargoes, subject.delivery.at()))) : subject;
    }

    /** Whether no embargo holds it, so that nobody can be too late. */
    boolean isFree(Subject subject) {
        return planetaryDefence(subject).isPresent();
    }

    /** The terms under which the product was delivered, leaving reviews aside: those of every rule that fits equally. */
    private List<ReleaseTerms> embargoes(Subject subject) {
        return subject.delivery.under() instanceof ReleaseTerms.ByPolicy
                ? rulesFor(subject).stream().map(Rule::terms).toList()
                : List.of(subject.delivery.under());
    }

    /** The same, for events that were missed as instants: a policy that gives another one later corrects no delivery. */
    private List<ReleaseTerms> lasting(List<ReleaseTerms> embargoes, Instant missedAt) {
        return embargoes.stream()
                .map(terms -> terms instanceof ReleaseTerms.ExclusivePeriod exclusive
                                && exclusive.anchor() instanceof ClockAnchor.MissionEvent event
                        ? policy.flatMap(known -> known.event(event.name()))
                                .map(start -> end(start, exclusive))
                                .filter(end -> end.isBefore(missedAt))
                                .<ReleaseTerms>map(ReleaseTerms.FixedDate::new)
                                .orElse(terms)
                        : terms)
                .toList();
    }

    /** When the last of the embargoes ends, all of which must be known; never where there is none. */
    private Optional<Instant> lastEnd(List<ReleaseTerms> embargoes, Subject subject) {
        var timings = embargoes.stream().map(terms -> ofTerms(terms, subject)).toList();
        if (timings.isEmpty() || timings.stream().anyMatch(timing -> timing.missing.isPresent())) {
            return Optional.empty();
        }
        var last =
                timings.stream().flatMap(timing -> timing.embargoEnd.stream()).max(Comparator.naturalOrder());
        return last.or(() -> Optional.of(Instant.MAX));
    }

    /** Whether the terms can be used: those of the policy only where there is one. */
    boolean knows(ReleaseTerms terms) {
        return policy.isPresent() || !(terms instanceof ReleaseTerms.ByPolicy);
    }

    /**
     * The plan. It never releases before it is made; but an instant that was planned before and has passed meanwhile
     * stays what it was, so that the same terms give the same plan however late they are looked at again.
     *
     * @param before the plan that it replaces, if there was one
     * @param cause the record that it follows from
     */
    ReleasePlan plan(ReleaseTerms terms, Subject subject, Optional<ReleasePlan> before, Cause cause) {
        var timing = timing(terms, subject);
        var watermark = cause.watermark();
        var earliest = before.flatMap(ReleasePlan::releaseAt)
                .map(planned -> Instants.earlier(planned, watermark))
                .orElse(watermark);
        var releaseAt = timing.missing.isPresent()
                ? Optional.<Instant>empty()
                : Optional.of(Instants.later(timing.notBefore.orElse(earliest), earliest));
        var schedule = before.map(ReleasePlan::schedule).orElse(0) + 1;
        var grounds = grounds(timing, subject);
        var turns = turns(subject, releaseAt);
        return new ReleasePlan(releaseAt, turns.planned, turns.waiting, schedule, cause.offset(), grounds);
    }

    private Grounds grounds(Timing timing, Subject subject) {
        var late = subject.delivery.late().orElse(false);
        var text = timing.text;
        if (timing.missing.isPresent()) {
            text = "held until it is known: " + timing.missing.get() + "; " + text;
        }
        if (late) {
            text += "; delivered late"
                    + lastEnd(subject.delivery.missed(), subject)
                            .map(end -> ", after the end of its embargo, " + end)
                            .orElse("");
        }
        return new Grounds(
                text,
                timing.rule.map(Rule::id),
                timing.rule.map(Rule::owner),
                policy.map(Policy::number).orElse(0),
                policy.map(Policy::hash),
                timing.clockStart,
                timing.embargoEnd,
                timing.missing,
                late);
    }

    /**
     * What terms give.
     *
     * @param notBefore the instant before which nothing is released; empty if at once, or if something is missing
     */
    private record Timing(
            String text,
            Optional<Rule> rule,
            Optional<Instant> clockStart,
            Optional<Instant> embargoEnd,
            Optional<Instant> notBefore,
            Optional<String> missing) {
        static Timing at(String text, Optional<Instant> clockStart, Instant embargoEnd) {
            var end = Optional.of(embargoEnd);
            return new Timing(text, Optional.empty(), clockStart, end, end, Optional.empty());
        }

        /** The same as one of so many rules that fit equally and together miss this. */
        Timing of(int equal, String allMissing) {
            return new Timing(
                    text + "; of " + equal + " rules that fit equally, the last to release it",
                    rule,
                    clockStart,
                    embargoEnd,
                    notBefore,
                    missing.map(one -> allMissing));
        }

        static Timing atOnce(String text) {
            return new Timing(
                    text, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Timing missing(String text, String what) {
            return new Timing(
                    text, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(what));
        }

        /** Orders by what releases last; what is missing may be far ahead. */
        static final Comparator<Timing> LAST = Comparator.comparing((Timing timing) -> timing.missing.isPresent())
                .thenComparing(timing -> timing.notBefore.orElse(Instant.MIN));
    }

    private Timing timing(ReleaseTerms terms, Subject subject) {
        var defence = planetaryDefence(subject);
        if (defence.isPresent()) {
            return defence.get();
        }
        var rules = rulesFor(subject);
        if (!(terms instanceof ReleaseTerms.ByPolicy)) {
            var own = ofTerms(terms, subject);
            // What was ever left to the policy stays under its review, whatever time the agency gives it instead.
            return rules.stream()
                    .filter(rule -> rule.review() && subject.underPolicy)
                    .findFirst()
                    .map(rule -> by(rule, reviewed(own, subject)))
                    .orElse(own);
        }
        var timings = rules.stream().map(rule -> byRule(rule, subject)).toList();
        var last = timings.stream()
                .max(Timing.LAST)
                .orElseThrow(() -> new IllegalStateException("a policy without a rule for every product"));
        if (timings.size() == 1) {
            return last;
        }
        var missing = timings.stream()
                .flatMap(timing -> timing.missing.stream())
                .distinct()
                .collect(Collectors.joining(", and "));
        return last.of(timings.size(), missing);
    }

    private List<Rule> rulesFor(Subject subject) {
        return policy.map(known -> known.rulesFor(subject.product)).orElse(List.of());
    }

    /** That of what no embargo holds. */
    private Optional<Timing> planetaryDefence(Subject subject) {
        var timing = Timing.atOnce("a planetary-defence product, which is never held");
        return subject.planetaryDefence
                ? Optional.of(timing)
                : policy.flatMap(known -> known.planetaryDefence(subject.product))
                        .map(rule -> by(rule, timing));
    }

    private Timing byRule(Rule rule, Subject subject) {
        var timing = ofTerms(rule.terms(), subject);
        return by(rule, rule.review() ? reviewed(timing, subject) : timing);
    }

    /** The same, and not before the review. */
    private static Timing reviewed(Timing timing, Subject subject) {
        var review = subject.facts.review();
        var text = timing.text + ", and not before " + REVIEW;
        if (review.isEmpty()) {
            var missing = timing.missing.map(what -> what + ", and " + REVIEW).orElse(REVIEW);
            return new Timing(
                    text, timing.rule, timing.clockStart, timing.embargoEnd, Optional.empty(), Optional.of(missing));
        }
        var notBefore =
                timing.notBefore.map(end -> Instants.later(end, review.get())).or(() -> review);
        return new Timing(
                text + ", passed " + review.get(),
                timing.rule,
                timing.clockStart,
                timing.embargoEnd,
                timing.missing.isPresent() ? Optional.empty() : notBefore,
                timing.missing);
    }

    private static Timing by(Rule rule, Timing timing) {
        return new Timing(
                timing.text, Optional.of(rule), timing.clockStart, timing.embargoEnd, timing.notBefore, timing.missing);
    }

    private Timing ofTerms(ReleaseTerms terms, Subject subject) {
        return switch (terms) {
            case ReleaseTerms.ByPolicy byPolicy -> throw new IllegalStateException("a policy names no policy");
            case ReleaseTerms.AtOnce atOnce -> Timing.atOnce("public as soon as delivered");
            case ReleaseTerms.FixedDate date -> Timing.at("fixed release date", Optional.empty(), date.releaseAt());
            case ReleaseTerms.ExclusivePeriod exclusive -> ofPeriod(exclusive, subject);
        };
    }

    private Timing ofPeriod(ReleaseTerms.ExclusivePeriod exclusive, Subject subject) {
        var stop = subject.acquisitionStop();
        Optional<Instant> start =
                switch (exclusive.anchor()) {
                    case ClockAnchor.AcquisitionStop anchor -> stop;
                    case ClockAnchor.Reception anchor -> subject.facts.reception();
                    case ClockAnchor.Delivery anchor -> Optional.of(subject.deliveredAt);
                    case ClockAnchor.WindowEnd window -> stop.flatMap(window::after);
                    case ClockAnchor.MissionEvent event -> policy.flatMap(known -> known.event(event.name()));
                };
        var what =
                switch (exclusive.anchor()) {
                    case ClockAnchor.AcquisitionStop anchor -> "the end of the acquisition";
                    case ClockAnchor.Reception anchor -> "the reception on Earth";
                    case ClockAnchor.Delivery anchor -> "delivery";
                    case ClockAnchor.WindowEnd window -> "the end of the acquisition window";
                    case ClockAnchor.MissionEvent event -> "the mission event " + event.name();
                };
        var text = "exclusive period " + exclusive.period() + " since " + what;
        if (start.isEmpty()) {
            return Timing.missing(
                    text, exclusive.anchor() instanceof ClockAnchor.WindowEnd window ? missing(window, stop) : what);
        }
        return Timing.at(text + ", " + start.get(), start, end(start.get(), exclusive));
    }

    private static Instant end(Instant start, ReleaseTerms.ExclusivePeriod exclusive) {
        return start.atOffset(ZoneOffset.UTC).plus(exclusive.period()).toInstant();
    }

    /** Two things may be missing of a window, and only one of them is a fact. */
    private static String missing(ClockAnchor.WindowEnd window, Optional<Instant> stop) {
        return stop.map(at -> "a window that holds the end of the acquisition, " + at + "; the first begins "
                        + window.since())
                .orElse("the end of the acquisition");
    }

    /** The partners' turns: those that can be planned, and those whose clock has not started. */
    private record Turns(List<ReleasePlan.Stage> planned, List<ReleasePlan.Waiting> waiting) {}

    /** Every partner's earliest turn before the release, and every turn that may come before it once its fact is known. */
    private Turns turns(Subject subject, Optional<Instant> releaseAt) {
        var earliest = new HashMap<AgencyId, ReleasePlan.Stage>();
        var waiting = new ArrayList<ReleasePlan.Waiting>();
        for (var agreement :
                policy.map(known -> known.agreementsFor(subject.product)).orElse(List.of())) {
            var timing = ofTerms(agreement.terms(), subject);
            if (timing.missing.isPresent()) {
                for (var partner : agreement.partners()) {
                    waiting.add(new ReleasePlan.Waiting(partner, agreement.id(), timing.missing.get()));
                }
                continue;
            }
            var opensAt = timing.notBefore.orElse(subject.deliveredAt);
            if (releaseAt.isPresent() && !opensAt.isBefore(releaseAt.get())) {
                continue;
            }
            for (var partner : agreement.partners()) {
                earliest.merge(
                        partner,
                        new ReleasePlan.Stage(partner, opensAt, agreement.id()),
                        (one, other) -> other.opensAt().isBefore(one.opensAt()) ? other : one);
            }
        }
        return new Turns(new ArrayList<>(earliest.values()), waiting);
    }
}
