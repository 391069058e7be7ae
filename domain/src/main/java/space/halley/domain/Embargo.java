package space.halley.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Effect.Verdict;

/**
 * The rules of one agency's lane: what follows from a command, and what a fence opens. Both are functions of the log
 * alone; whoever calls them first lets the pending fences release what is due of the product, then decides the command.
 */
public final class Embargo {
    /** A release further ahead than this is taken for a mistake. */
    public static final int MAX_YEARS_AHEAD = 100;

    /** So many versions one identifier may have; what is kept of each stays small, but not nothing. */
    public static final int MAX_VERSIONS = 1_000;

    /** A command may have waited in a queue or come over a mirror; a clock that is further off is broken. */
    public static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofDays(7);

    private final Agency agency;

    public Embargo(Agency agency) {
        this.agency = agency;
    }

    /** What follows from a command that stands at {@code cause}. */
    public Decision decide(Product product, Command command, Cause cause) {
        var step = new Step(product, cause, command.statement());
        if (!agency.owns(command.id().lid())) {
            return step.refuse(
                    command.id(),
                    RefusalReason.NOT_YOUR_NAMESPACE,
                    "the identifier lies outside the namespaces of " + agency.id() + ", " + agency.namespaces());
        }
        if (Duration.between(cause.appendTime(), cause.carriedClock()).abs().compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
            return step.refuse(
                    command.id(),
                    RefusalReason.CLOCK_WRONG,
                    "the command carries the time " + cause.carriedClock() + ", the broker had " + cause.appendTime()
                            + "; set the clock and say it again");
        }
        return switch (command) {
            case Command.Announce announce -> announce(step, announce);
            case Command.Reschedule reschedule -> reschedule(step, reschedule);
            case Command.Withdraw withdraw -> withdraw(step, withdraw);
        };
    }

    /** What a fence opens of a product: its held version, if that is due. */
    public Decision release(Product product, Cause fence) {
        var held = product.held();
        if (held.isEmpty() || !((VersionState.Held) held.get().state()).plan().isDueAt(fence)) {
            return Decision.nothing(product);
        }
        var step = new Step(product, fence, null);
        step.release(held.get());
        return step.done();
    }

    private Decision announce(Step step, Command.Announce announce) {
        var product = announce.product();
        var known = step.product.version(product.id().vid());
        if (known.isPresent()) {
            return repeat(step, announce, known.get());
        }
        if (step.product.versions().size() >= MAX_VERSIONS) {
            return step.refuse(
                    product.id(),
                    RefusalReason.TOO_MANY_VERSIONS,
                    "the identifier has " + MAX_VERSIONS + " versions; continue under another identifier");
        }
        var held = step.product.held();
        if (held.isPresent() && held.get().vid().compareTo(product.id().vid()) > 0) {
            return step.refuse(
                    product.id(),
                    RefusalReason.NEWER_VERSION_HELD,
                    "version " + held.get().vid() + " is held; announce a version above it, or withdraw it first");
        }
        var timing = ReleasePlan.timing(announce.terms(), product, step.cause.deliveredAt(), step.cause.watermark());
        var problem = problem(timing, step.cause);
        if (timing == null || problem.isPresent()) {
            return step.refuse(product.id(), problem.orElseThrow());
        }
        held.ifPresent(older -> step.supersede(older, product.id().vid()));
        var plan = new ReleasePlan(timing.releaseAt(), 1, step.cause.offset(), timing.explanation());
        var version = new Product.Version(
                product.id().vid(),
                product.contentHash(),
                announce.terms(),
                step.cause.offset(),
                new VersionState.Held(
                        product,
                        announce.existence(),
                        step.cause.deliveredAt(),
                        plan,
                        Optional.ofNullable(announce.archiveReleaseDate())));
        step.product = step.product.with(version);
        if (plan.releaseAt().isAfter(step.cause.watermark())) {
            step.hold(version, Verdict.HELD);
        } else {
            step.release(version);
        }
        return step.accept(product.id().vid(), version.firstOffset());
    }

    private Decision repeat(Step step, Command.Announce announce, Product.Version known) {
        var id = announce.id();
        if (!known.content().equals(announce.product().contentHash())) {
            return step.refuse(
                    id,
                    RefusalReason.CONTENT_CONFLICT,
                    "this version was announced before with other content; give the new content a higher version");
        }
        if (!known.announcedTerms().equals(announce.terms())) {
            return step.refuse(
                    id,
                    RefusalReason.TERMS_CONFLICT,
                    "this version was announced before under other terms; reschedule it to change its release");
        }
        return step.repeat(known);
    }

    private Decision reschedule(Step step, Command.Reschedule reschedule) {
        var id = reschedule.id();
        var known = step.product.version(id.vid());
        if (known.isEmpty()) {
            return step.refuseUnknown(id);
        }
        if (!(known.get().state() instanceof VersionState.Held held)) {
            return step.refuseSettled(id, known.get().state());
        }
        var timing = ReleasePlan.timing(reschedule.terms(), held.product(), held.deliveredAt(), step.cause.watermark());
        var problem = problem(timing, step.cause);
        if (timing == null || problem.isPresent()) {
            return step.refuse(id, problem.orElseThrow());
        }
        if (timing.releaseAt().equals(held.plan().releaseAt())) {
            return step.repeat(known.get());
        }
        var plan = new ReleasePlan(
                timing.releaseAt(), held.plan().schedule() + 1, step.cause.offset(), "rescheduled: " + timing.rule());
        step.product = step.product.with(id.vid(), held.with(plan));
        var version = step.product.version(id.vid()).orElseThrow();
        if (plan.releaseAt().isAfter(step.cause.watermark())) {
            step.hold(version, Verdict.RESCHEDULED);
        } else {
            step.journal(Verdict.RESCHEDULED, id, plan.explanation(), plan, null);
            step.release(version);
        }
        return step.accept(id.vid(), version.firstOffset());
    }

    private Decision withdraw(Step step, Command.Withdraw withdraw) {
        var id = withdraw.id();
        var known = step.product.version(id.vid());
        if (known.isEmpty()) {
            return step.refuseUnknown(id);
        }
        switch (known.get().state()) {
            case VersionState.Held held -> {
                step.product = step.product.with(id.vid(), new VersionState.Withdrawn());
                step.cancel(id, held);
                step.settle(Verdict.WITHDRAWN, id, "withdrawn before its release");
            }
            case VersionState.Public open -> {
                step.product = step.product.with(id.vid(), new VersionState.Retracted());
                step.publish(id, new PublicEvent.Retracted(withdraw.statement().reason()));
                step.settle(Verdict.RETRACTED, id, "retracted after its release");
            }
            case VersionState other -> {
                return step.refuseSettled(id, other);
            }
        }
        return step.accept(id.vid(), known.get().firstOffset());
    }

    private record Problem(RefusalReason reason, String explanation) {}

    private static Optional<Problem> problem(ReleasePlan.@Nullable Timing timing, Cause cause) {
        if (timing == null) {
            return Optional.of(new Problem(
                    RefusalReason.MISSING_STOP_TIME,
                    "the exclusive period counts from the end of the acquisition, and the label has no stop_date_time;"
                            + " give a release date instead"));
        }
        var latest = cause.watermark()
                .atOffset(ZoneOffset.UTC)
                .plusYears(MAX_YEARS_AHEAD)
                .toInstant();
        if (timing.releaseAt().isAfter(latest)) {
            return Optional.of(new Problem(
                    RefusalReason.RELEASE_TOO_FAR,
                    "the release at " + timing.releaseAt() + " lies more than " + MAX_YEARS_AHEAD + " years ahead"));
        }
        return Optional.empty();
    }

    /** One decision in the making: the product as it becomes, and the effects so far. */
    private final class Step {
        private final Cause cause;
        private final Command.@Nullable Statement statement;
        private final List<Effect> effects = new ArrayList<>();
        private Product product;

        Step(Product product, Cause cause, Command.@Nullable Statement statement) {
            this.product = product;
            this.cause = cause;
            this.statement = statement;
        }

        Decision done() {
            return new Decision(product, effects);
        }

        void hold(Product.Version version, Verdict verdict) {
            var id = new Lidvid(product.lid(), version.vid());
            var held = (VersionState.Held) version.state();
            if (held.existence() == Existence.PUBLIC) {
                publish(
                        id,
                        new PublicEvent.Announced(
                                held.plan().releaseAt(),
                                held.product().productClass(),
                                held.product().context()));
            }
            journal(verdict, id, held.plan().explanation(), held.plan(), null);
            catalogue(id, held.plan().releaseAt(), held.plan().explanation(), held.product());
        }

        void release(Product.Version version) {
            var id = new Lidvid(product.lid(), version.vid());
            var held = (VersionState.Held) version.state();
            var plan = held.plan();
            var releasedAt = cause.appendTime();
            product = product.with(version.vid(), new VersionState.Public(releasedAt));
            publish(
                    id,
                    new PublicEvent.Released(
                            releasedAt,
                            plan.releaseAt(),
                            plan.explanation(),
                            held.archiveReleaseDate(),
                            held.product()));
            journal(Verdict.RELEASED, id, plan.explanation(), plan, null);
            catalogue(id, plan.releaseAt(), plan.explanation(), held.product());
        }

        void supersede(Product.Version older, Vid by) {
            var id = new Lidvid(product.lid(), older.vid());
            var held = (VersionState.Held) older.state();
            product = product.with(older.vid(), new VersionState.Superseded(by));
            cancel(id, held);
            settle(Verdict.SUPERSEDED, id, "superseded by version " + by + " before its release");
        }

        void cancel(Lidvid id, VersionState.Held held) {
            if (held.existence() == Existence.PUBLIC) {
                publish(id, new PublicEvent.Cancelled());
            }
        }

        void settle(Verdict verdict, Lidvid id, String explanation) {
            journal(verdict, id, explanation, null, null);
            catalogue(id, null, explanation, null);
        }

        void publish(Lidvid id, PublicEvent.News news) {
            product = product.withPublicRevision(product.publicRevision() + 1);
            effects.add(new Effect.Publish(new PublicEvent(agency.id(), id, product.publicRevision(), news)));
        }

        void journal(
                Verdict verdict,
                Lidvid id,
                String explanation,
                @Nullable ReleasePlan plan,
                @Nullable RefusalReason refusal) {
            effects.add(new Effect.Journal(
                    verdict,
                    id,
                    cause,
                    statement,
                    explanation,
                    plan == null ? null : plan.releaseAt(),
                    plan == null ? 0 : plan.schedule(),
                    product.publicRevision(),
                    product.version(id.vid()).map(Product.Version::content).orElse(null),
                    refusal));
        }

        void catalogue(
                Lidvid id, @Nullable Instant releaseAt, String explanation, @Nullable ProductDescription description) {
            var status = product.version(id.vid()).orElseThrow().state().status();
            effects.add(new Effect.Catalogue(
                    id, status, releaseAt, explanation, product.publicRevision(), cause.appendTime(), description));
        }

        Decision accept(Vid vid, long firstOffset) {
            effects.add(receipt(product.version(vid).orElseThrow(), firstOffset, false));
            return done();
        }

        Decision repeat(Product.Version known) {
            var id = new Lidvid(product.lid(), known.vid());
            journal(Verdict.REPEATED, id, "said before; nothing changed", null, null);
            effects.add(receipt(known, known.firstOffset(), true));
            return done();
        }

        Effect.Accept receipt(Product.Version version, long firstOffset, boolean repeated) {
            var id = new Lidvid(product.lid(), version.vid());
            return switch (version.state()) {
                case VersionState.Held held ->
                    new Effect.Accept(
                            id,
                            firstOffset,
                            repeated,
                            held.status(),
                            held.plan().releaseAt(),
                            held.plan().explanation());
                case VersionState.Public open ->
                    new Effect.Accept(id, firstOffset, repeated, open.status(), open.releasedAt(), "public");
                case VersionState other ->
                    new Effect.Accept(
                            id,
                            firstOffset,
                            repeated,
                            other.status(),
                            null,
                            other.status().name().toLowerCase(java.util.Locale.ROOT));
            };
        }

        Decision refuseUnknown(Lidvid id) {
            return refuse(
                    id,
                    RefusalReason.UNKNOWN_PRODUCT,
                    agency.id() + " has not announced this version; check the identifier and the version");
        }

        Decision refuseSettled(Lidvid id, VersionState state) {
            return switch (state) {
                case VersionState.Public open ->
                    refuse(
                            id,
                            RefusalReason.ALREADY_PUBLIC,
                            "public since " + open.releasedAt() + "; what is public can only be retracted");
                case VersionState.Withdrawn withdrawn ->
                    refuse(id, RefusalReason.ALREADY_WITHDRAWN, "withdrawn before; announce a higher version instead");
                case VersionState.Retracted retracted ->
                    refuse(id, RefusalReason.ALREADY_RETRACTED, "retracted before; announce a higher version instead");
                case VersionState.Superseded superseded ->
                    refuse(id, RefusalReason.ALREADY_SUPERSEDED, "superseded by version " + superseded.by());
                case VersionState.Held held -> throw new IllegalStateException("held is not settled");
            };
        }

        Decision refuse(Lidvid id, Problem problem) {
            return refuse(id, problem.reason(), problem.explanation());
        }

        Decision refuse(Lidvid id, RefusalReason reason, String explanation) {
            journal(Verdict.REFUSED, id, explanation, null, reason);
            effects.add(new Effect.Refuse(id, reason, explanation));
            return done();
        }
    }
}
