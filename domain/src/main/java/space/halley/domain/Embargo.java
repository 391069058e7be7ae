package space.halley.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.ReleasePlanner.Subject;

/**
 * The rules of one agency's lane: what follows from a command, what a fence opens, and what a new version of the policy
 * changes. All are functions of the log alone. Whoever asks what follows from a command first applies to the product, in
 * the order of the log, the fences and policy versions that stand before it and may not have reached the product yet.
 */
public final class Embargo {
    /** A release further ahead than this is taken for a mistake. */
    private static final int MAX_YEARS_AHEAD = 100;

    /** So many versions one identifier may have; what is kept of each stays small, but not nothing. */
    public static final int MAX_VERSIONS = 1_000;

    /** A command may have waited in a queue or come over a mirror; a clock that is further off is broken. */
    public static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofDays(7);

    private final Agency agency;

    public Embargo(Agency agency) {
        this.agency = agency;
    }

    /**
     * What follows from a command that stands at {@code cause}.
     *
     * @param policy in force there; empty if no version has been published
     */
    public Decision decide(Product product, Command command, Cause cause, Optional<Policy> policy) {
        var step = new Step(product, cause, command.statement(), policy);
        if (!agency.owns(command.id().lid())) {
            return step.refuse(
                    command.id(),
                    RefusalReason.NOT_YOUR_NAMESPACE,
                    "the identifier lies outside the namespaces of " + agency.id() + ": "
                            + agency.namespaces().stream()
                                    .map(Namespace::prefix)
                                    .collect(Collectors.joining(", ")));
        }
        // A withdrawal needs no clock, and must not fail for the want of one: the product would become public.
        if (!(command instanceof Command.Withdraw) && cause.isClockWrong(MAX_CLOCK_DIFFERENCE)) {
            return step.refuse(command.id(), RefusalReason.CLOCK_WRONG, cause.clockWrong());
        }
        var planner = new ReleasePlanner(policy);
        return switch (command) {
            case Command.Announce announce -> announce(step, announce, planner);
            case Command.Reschedule reschedule -> reschedule(step, reschedule, planner);
            case Command.Waive waive -> waive(step, waive, planner);
            case Command.StateFact fact -> stateFact(step, fact, planner);
            case Command.Withdraw withdraw -> withdraw(step, withdraw);
        };
    }

    /** What a fence opens of a product, to everyone or to partners, if its held version's time has come. */
    public Decision release(Product product, Cause fence) {
        var version = product.held();
        if (version.isEmpty()) {
            return Decision.nothing(product);
        }
        var held = (VersionState.Held) version.get().state();
        if (held.plan().armedAt() >= fence.offset()) {
            return Decision.nothing(product);
        }
        var step = new Step(product, fence, null, Optional.empty());
        step.open(version.get().vid());
        return step.done();
    }

    /**
     * What a policy version that stands at {@code cause} changes of a product, whose held version may now be planned
     * otherwise. Changed or not, what is due there is opened, as by a fence. A version whose plan was set behind the cause was
     * planned under this policy version or a later one.
     *
     * @param statement with which the policy version was published; null if that is not known any more
     */
    public Decision reevaluate(Product product, Policy policy, Cause cause, Command.@Nullable Statement statement) {
        var version = product.held();
        if (version.isEmpty()) {
            return Decision.nothing(product);
        }
        var held = (VersionState.Held) version.get().state();
        if (held.plan().armedAt() >= cause.offset()) {
            return Decision.nothing(product);
        }
        var planner = new ReleasePlanner(Optional.of(policy));
        var subject = planner.judged(Subject.of(product, version.get(), held));
        var plan = planner.plan(held.terms(), subject, Optional.of(held.plan()), cause);
        var judged = held.with(subject.delivery());
        var step = new Step(product, cause, statement, Optional.of(policy));
        if (plan.isLike(held.plan())) {
            step.confirm(version.get(), judged, plan);
            step.open(version.get().vid());
        } else {
            step.replan(version.get(), judged.with(plan), Verdict.REEVALUATED);
        }
        return step.done();
    }

    private Decision announce(Step step, Command.Announce announce, ReleasePlanner planner) {
        var id = announce.id();
        var same = step.product.version(id.vid());
        if (same.isPresent()) {
            return repeat(step, announce, same.get());
        }
        if (step.product.versions().size() >= MAX_VERSIONS) {
            return step.refuse(
                    id,
                    RefusalReason.TOO_MANY_VERSIONS,
                    "the identifier has " + MAX_VERSIONS + " versions; continue under another identifier");
        }
        var older = step.product.held();
        if (older.isPresent() && older.get().vid().compareTo(id.vid()) > 0) {
            return step.refuse(
                    id,
                    RefusalReason.NEWER_VERSION_HELD,
                    "version " + older.get().vid() + " is held; announce a version above it, or withdraw it first");
        }
        if (!announce.planetaryDefence() && !planner.knows(announce.terms())) {
            return step.refuseWithoutPolicy(id);
        }
        var before = older.map(version -> (VersionState.Held) version.state());
        var known = before.map(held -> held.facts().ofSuccessor(held.product(), announce.product()))
                .orElse(Facts.NONE);
        var facts = known.announced(
                announce.reception(),
                older.map(version -> version.announced().reception()).orElse(null));
        var earlier = older.map(version -> Subject.of(step.product, version, (VersionState.Held) version.state()));
        // What was ever left to the policy stays under its review, whatever terms a higher version names.
        var left = earlier.filter(Subject::underPolicy).isPresent();
        var inherited = before.flatMap(held -> inherited(held, announce));
        var terms = inherited.orElse(announce.terms());
        var deliveredAt = step.cause.deliveredAt();
        var archiveReleaseDate = Optional.ofNullable(announce.archiveReleaseDate());
        var announced = new Subject(
                announce.product(),
                before.map(held -> held.delivery().ofSuccessor(announce.terms()))
                        .orElseGet(() -> Delivery.of(step.cause, announce.terms())),
                left || announce.terms() instanceof ReleaseTerms.ByPolicy,
                announce.planetaryDefence(),
                facts,
                deliveredAt,
                archiveReleaseDate,
                step.product.wasPublic());
        var subject = planner.judged(earlier.orElse(announced), announced);
        var planned = planner.plan(terms, subject, Optional.empty(), step.cause);
        // Not which version: that one never becomes public, and this text does.
        var plan = inherited.isEmpty() || planner.isFree(subject)
                ? planned
                : planned.explained("as given before: " + planned.grounds().explanation());
        if (isTooFar(plan, step.cause)) {
            return step.refuseTooFar(id, plan);
        }
        older.ifPresent(version -> step.supersede(version, id.vid()));
        var held = new VersionState.Held(
                announce.product(),
                deliveredAt,
                subject.delivery(),
                terms,
                left,
                facts,
                plan,
                Set.of(),
                archiveReleaseDate);
        var version = new Product.Version(id.vid(), Product.Announced.of(announce, step.cause.offset()), held);
        step.product = step.product.with(version);
        if (!plan.isReleased(step.cause.watermark())) {
            step.announcePlan(version, Optional.empty());
            step.journalHeld(Verdict.HELD, version, null);
            step.catalogueHeld(version);
        }
        step.open(id.vid());
        return step.accept(id.vid());
    }

    /**
     * The terms that the agency has given the version before, if the announcement leaves the release to the policy: a
     * corrected label must not undo them.
     */
    private static Optional<ReleaseTerms> inherited(VersionState.Held before, Command.Announce announce) {
        return Optional.of(before.terms())
                .filter(terms ->
                        announce.terms() instanceof ReleaseTerms.ByPolicy && !(terms instanceof ReleaseTerms.ByPolicy));
    }

    private Decision repeat(Step step, Command.Announce announce, Product.Version known) {
        var again = Product.Announced.of(announce, known.announced().firstOffset());
        var before = known.announced();
        if (!again.content().equals(before.content())) {
            return step.refuse(
                    announce.id(),
                    RefusalReason.CONTENT_CONFLICT,
                    "this version was announced before with other content; give the new content a higher version");
        }
        return otherTerms(announce, again, known)
                .map(what -> step.refuse(
                        announce.id(), RefusalReason.TERMS_CONFLICT, "this version was announced before " + what))
                .orElseGet(() -> step.repeat(known));
    }

    /** In what a repeated announcement differs from the first, and what to do about it. */
    private static Optional<String> otherTerms(
            Command.Announce announce, Product.Announced again, Product.Version known) {
        var before = known.announced();
        if (!again.terms().equals(before.terms())) {
            return Optional.of(
                    known.state() instanceof VersionState.Held
                            ? "under other terms; reschedule it to change its release"
                            : "under other terms, and its release cannot be changed any more");
        }
        if (again.existence() != before.existence()) {
            return Optional.of("with its existence " + before.existence() + "; that cannot be changed");
        }
        if (again.planetaryDefence() != before.planetaryDefence()) {
            return Optional.of(
                    known.state() instanceof VersionState.Held
                            ? "with another planetary-defence mark; waive it to release it at once"
                            : "with another planetary-defence mark, and its release cannot be changed any more");
        }
        // What is settled has its date in the public record, or is gone.
        if (known.state() instanceof VersionState.Held held
                && !held.archiveReleaseDate().equals(Optional.ofNullable(announce.archiveReleaseDate()))) {
            return Optional.of("with another release date of its archive; give it with a higher version");
        }
        return again.equals(before)
                ? Optional.empty()
                : Optional.of("with another time of reception; state that as a fact");
    }

    private Decision reschedule(Step step, Command.Reschedule reschedule, ReleasePlanner planner) {
        var id = reschedule.id();
        var known = step.product.version(id.vid());
        if (known.isEmpty()) {
            return step.refuseUnknown(id);
        }
        if (!(known.get().state() instanceof VersionState.Held held)) {
            return step.refuseSettled(id, known.get().state());
        }
        if (reschedule.terms().equals(held.terms())) {
            return step.repeat(known.get());
        }
        if (!planner.knows(reschedule.terms())) {
            return step.refuseWithoutPolicy(id);
        }
        var subject = Subject.of(step.product, known.get(), held);
        var plan = planner.plan(reschedule.terms(), subject, Optional.of(held.plan()), step.cause);
        if (isTooFar(plan, step.cause)) {
            return step.refuseTooFar(id, plan);
        }
        var explained = plan.explained(change(held.plan().releaseAt(), plan.releaseAt())
                + plan.grounds().explanation());
        step.replan(known.get(), held.with(reschedule.terms()).with(explained), Verdict.RESCHEDULED);
        return step.accept(id.vid());
    }

    private static String change(Optional<Instant> before, Optional<Instant> after) {
        if (before.isEmpty() || after.isEmpty() || before.equals(after)) {
            return "rescheduled: ";
        }
        return (after.get().isAfter(before.get()) ? "extended from " : "shortened from ") + before.get() + ": ";
    }

    private Decision waive(Step step, Command.Waive waive, ReleasePlanner planner) {
        var id = waive.id();
        var known = step.product.version(id.vid());
        if (known.isEmpty()) {
            return step.refuseUnknown(id);
        }
        if (!(known.get().state() instanceof VersionState.Held held)) {
            return step.refuseSettled(id, known.get().state());
        }
        var terms = new ReleaseTerms.AtOnce();
        var subject = Subject.of(step.product, known.get(), held).exempted();
        var plan = planner.plan(terms, subject, Optional.of(held.plan()), step.cause)
                .explained("exempted from its embargo by the agency");
        step.replan(known.get(), held.with(terms).with(plan), Verdict.WAIVED);
        return step.accept(id.vid());
    }

    private Decision stateFact(Step step, Command.StateFact fact, ReleasePlanner planner) {
        var id = fact.id();
        var known = step.product.version(id.vid());
        if (known.isEmpty()) {
            return step.refuseUnknown(id);
        }
        if (!(known.get().state() instanceof VersionState.Held held)) {
            return step.refuseSettled(id, known.get().state());
        }
        if (held.facts().get(fact.kind()).equals(Optional.of(fact.at()))) {
            return step.repeat(known.get());
        }
        var informed = held.with(held.facts().with(fact.kind(), fact.at()));
        var subject = planner.judged(
                Subject.of(step.product, known.get(), held), Subject.of(step.product, known.get(), informed));
        var plan = planner.plan(held.terms(), subject, Optional.of(held.plan()), step.cause);
        if (isTooFar(plan, step.cause)) {
            return step.refuseTooFar(id, plan);
        }
        // Even a plan that stays is armed anew: an earlier policy version, applied again, must not see the new fact.
        var armed = plan.isLike(held.plan()) ? held.plan().confirmedBy(plan) : plan;
        step.replan(known.get(), informed.with(subject.delivery()).with(armed), Verdict.FACT);
        return step.accept(id.vid());
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
                step.cancel(known.get(), held);
                step.settle(Verdict.WITHDRAWN, id, held.plan().grounds().ended("withdrawn before its release"));
            }
            case VersionState.Public open -> {
                step.product = step.product.with(id.vid(), new VersionState.Retracted());
                step.publish(id, new PublicEvent.Retracted(withdraw.statement().reason()));
                step.settle(Verdict.RETRACTED, id, step.grounds("retracted after its release"));
            }
            case VersionState.Superseded superseded -> {
                return step.refuseSettled(id, superseded);
            }
            case VersionState.Withdrawn before -> {
                return step.repeat(known.get());
            }
            case VersionState.Retracted before -> {
                return step.repeat(known.get());
            }
        }
        return step.accept(id.vid());
    }

    private static boolean isTooFar(ReleasePlan plan, Cause cause) {
        var latest = cause.watermark()
                .atOffset(ZoneOffset.UTC)
                .plusYears(MAX_YEARS_AHEAD)
                .toInstant();
        return plan.releaseAt().isPresent() && plan.releaseAt().get().isAfter(latest);
    }

    /** One decision in the making: the product as it becomes, and the effects so far. */
    private final class Step {
        private final Cause cause;
        private final Command.@Nullable Statement statement;
        private final Optional<Policy> policy;
        private final List<Effect> effects = new ArrayList<>();
        private Product product;

        /** @param policy in force, if whatever follows may depend on one */
        Step(Product product, Cause cause, Command.@Nullable Statement statement, Optional<Policy> policy) {
            this.product = product;
            this.cause = cause;
            this.statement = statement;
            this.policy = policy;
        }

        Decision done() {
            return new Decision(product, effects);
        }

        /** A held version's plan or terms or facts become others; what is due by the new plan is opened at once. */
        void replan(Product.Version before, VersionState.Held changed, Verdict verdict) {
            var announced = announcedAt(before);
            product = product.with(before.vid(), changed);
            var version = product.version(before.vid()).orElseThrow();
            var released = changed.plan().isReleased(cause.watermark());
            if (!released && !announcedAt(version).equals(announced)) {
                announcePlan(version, announced);
            }
            journalHeld(verdict, version, null);
            if (!released) {
                catalogueHeld(version);
            }
            open(before.vid());
        }

        /**
         * A held version's plan stays. Whether its delivery was in time may be known now, and is kept. If others wait for a
         * turn than before, that is kept too, and said in the journal alone.
         */
        void confirm(Product.Version before, VersionState.Held held, ReleasePlan again) {
            var plan = held.plan();
            var watermark = cause.watermark();
            if (!held.equals(before.state())) {
                product = product.with(before.vid(), held);
            }
            if (again.waiting(watermark, held.opened()).equals(plan.waiting(watermark, held.opened()))) {
                return;
            }
            product = product.with(before.vid(), held.with(plan.confirmedBy(again)));
            // What is public keeps the version of the policy that planned the release; the entry names the one that
            // says this.
            journalHeld(
                    Verdict.REEVALUATED,
                    product.version(before.vid()).orElseThrow(),
                    null,
                    again.grounds().with(plan.grounds().explanation()));
        }

        /** Opens a held version to everyone, or to the partners whose turn has come; or not at all. */
        void open(Vid vid) {
            var version = product.version(vid).orElseThrow();
            var held = (VersionState.Held) version.state();
            if (held.plan().isReleased(cause.watermark())) {
                release(version, held);
                return;
            }
            var due = held.plan().open(cause.watermark(), held.opened());
            for (var stage : due) {
                share(vid, stage);
            }
            if (!due.isEmpty()) {
                catalogueHeld(product.version(vid).orElseThrow());
            }
        }

        private void release(Product.Version version, VersionState.Held held) {
            var id = new Lidvid(product.lid(), version.vid());
            var plan = held.plan();
            var releasedAt = cause.appendTime();
            product = product.with(version.vid(), new VersionState.Public(releasedAt));
            publish(
                    id,
                    new PublicEvent.Released(
                            releasedAt,
                            plan.releaseAt().orElseThrow(),
                            plan.grounds().sentence(),
                            plan.grounds().late(),
                            held.archiveReleaseDate(),
                            held.product()));
            journalHeld(Verdict.RELEASED, version, null);
            catalogue(id, plan.releaseAt(), plan.grounds().sentence(), held.product());
        }

        private void share(Vid vid, ReleasePlan.Stage stage) {
            var held = (VersionState.Held) product.version(vid).orElseThrow().state();
            var opened = new HashSet<>(held.opened());
            opened.add(stage.recipient());
            product = product.with(vid, held.openedTo(opened));
            tell(
                    stage.recipient(),
                    new Lidvid(product.lid(), vid),
                    new PartnerEvent.Shared(
                            cause.appendTime(),
                            stage.opensAt(),
                            stage.agreement(),
                            held.plan().releaseAt(),
                            held.product()));
            journalHeld(Verdict.SHARED, product.version(vid).orElseThrow(), stage.recipient());
        }

        void supersede(Product.Version older, Vid by) {
            var id = new Lidvid(product.lid(), older.vid());
            var held = (VersionState.Held) older.state();
            product = product.with(older.vid(), new VersionState.Superseded(by));
            cancel(older, held);
            settle(
                    Verdict.SUPERSEDED,
                    id,
                    held.plan().grounds().ended("superseded by version " + by + " before its release"));
        }

        /** Takes back what the public or partners were told of a version that will not be released. */
        void cancel(Product.Version version, VersionState.Held held) {
            var id = new Lidvid(product.lid(), version.vid());
            if (announcedAt(version).isPresent()) {
                publish(id, new PublicEvent.Cancelled());
            }
            held.opened().stream()
                    .sorted()
                    .forEach(recipient -> tell(recipient, id, new PartnerEvent.TakenBack(PartnerEvent.TAKEN_BACK)));
        }

        /** When the public has been told that the version is planned to be released, if it has. */
        private Optional<Instant> announcedAt(Product.Version version) {
            return version.announced().existence() == Existence.PUBLIC
                            && version.state() instanceof VersionState.Held held
                    ? held.plan().releaseAt()
                    : Optional.empty();
        }

        void announcePlan(Product.Version version, Optional<Instant> before) {
            var id = new Lidvid(product.lid(), version.vid());
            var held = (VersionState.Held) version.state();
            var planned = announcedAt(version);
            if (planned.isPresent()) {
                publish(
                        id,
                        new PublicEvent.Announced(
                                planned.get(),
                                held.product().productClass(),
                                held.product().context()));
            } else if (before.isPresent()) {
                publish(id, new PublicEvent.Cancelled());
            }
        }

        /** @param grounds what became of the version, and by what it was held until then if it was */
        void settle(Verdict verdict, Lidvid id, Grounds grounds) {
            journal(verdict, id, grounds, null);
            catalogue(id, Optional.empty(), grounds.explanation(), null);
        }

        void publish(Lidvid id, PublicEvent.News news) {
            product = product.withPublicRevision(product.publicRevision() + 1);
            effects.add(new Effect.Publish(new PublicEvent(agency.id(), id, product.publicRevision(), news)));
        }

        /** A version is shared with a recipient once, and after that taken back once or not at all. */
        private void tell(AgencyId recipient, Lidvid id, PartnerEvent.News news) {
            var number =
                    switch (news) {
                        case PartnerEvent.Shared shared -> 1;
                        case PartnerEvent.TakenBack back -> 2;
                    };
            effects.add(new Effect.Share(new PartnerEvent(agency.id(), recipient, id, number, news)));
        }

        /** A decision about a version with a plan. */
        void journalHeld(Verdict verdict, Product.Version version, @Nullable AgencyId recipient) {
            var held = (VersionState.Held) version.state();
            journalHeld(verdict, version, recipient, held.plan().grounds());
        }

        private void journalHeld(
                Verdict verdict, Product.Version version, @Nullable AgencyId recipient, Grounds grounds) {
            var held = (VersionState.Held) version.state();
            var plan = held.plan();
            effects.add(new Effect.Journal(
                    verdict,
                    new Lidvid(product.lid(), version.vid()),
                    cause,
                    statement,
                    grounds,
                    version.announced(),
                    held.terms(),
                    plan.releaseAt().orElse(null),
                    plan.stages(),
                    plan.waiting(cause.watermark(), held.opened()),
                    plan.schedule(),
                    recipient,
                    product.publicRevision(),
                    null));
        }

        void journal(Verdict verdict, Lidvid id, Grounds grounds, @Nullable RefusalReason refusal) {
            effects.add(new Effect.Journal(
                    verdict,
                    id,
                    cause,
                    statement,
                    grounds,
                    product.version(id.vid()).map(Product.Version::announced).orElse(null),
                    null,
                    null,
                    List.of(),
                    List.of(),
                    0,
                    null,
                    product.publicRevision(),
                    refusal));
        }

        /** What no plan decides was decided under the policy in force, whether its rules had a part in it or not. */
        Grounds grounds(String explanation) {
            return policy.map(known -> Grounds.of(explanation, known)).orElseGet(() -> Grounds.of(explanation));
        }

        void catalogueHeld(Product.Version version) {
            var held = (VersionState.Held) version.state();
            catalogue(
                    new Lidvid(product.lid(), version.vid()),
                    held.plan().releaseAt(),
                    held.plan().grounds().sentence(),
                    held.product());
        }

        void catalogue(
                Lidvid id, Optional<Instant> releaseAt, String explanation, @Nullable ProductDescription description) {
            var status = product.version(id.vid()).orElseThrow().state().status();
            effects.add(new Effect.Catalogue(
                    id, status, releaseAt, explanation, product.publicRevision(), cause.appendTime(), description));
        }

        Decision accept(Vid vid) {
            effects.add(receipt(product.version(vid).orElseThrow(), false));
            return done();
        }

        Decision repeat(Product.Version known) {
            var id = new Lidvid(product.lid(), known.vid());
            journal(Verdict.REPEATED, id, grounds("said before; nothing changed"), null);
            effects.add(receipt(known, true));
            return done();
        }

        private Effect.Accept receipt(Product.Version version, boolean repeated) {
            var id = new Lidvid(product.lid(), version.vid());
            var offset = version.announced().firstOffset();
            var status = version.state().status();
            return switch (version.state()) {
                case VersionState.Held held ->
                    new Effect.Accept(
                            id,
                            offset,
                            repeated,
                            status,
                            held.plan().releaseAt().orElse(null),
                            held.plan().grounds().sentence());
                case VersionState.Public open ->
                    new Effect.Accept(id, offset, repeated, status, open.releasedAt(), "public");
                case VersionState other ->
                    new Effect.Accept(
                            id, offset, repeated, status, null, status.name().toLowerCase(Locale.ROOT));
            };
        }

        Decision refuseUnknown(Lidvid id) {
            return refuse(
                    id,
                    RefusalReason.UNKNOWN_PRODUCT,
                    agency.id() + " has not announced this version; check the identifier and the version");
        }

        Decision refuseWithoutPolicy(Lidvid id) {
            return refuse(
                    id,
                    RefusalReason.NO_POLICY,
                    agency.id() + " has published no policy; publish one, or give the product terms of its own");
        }

        Decision refuseTooFar(Lidvid id, ReleasePlan plan) {
            return refuse(
                    id,
                    RefusalReason.RELEASE_TOO_FAR,
                    "the release at " + plan.releaseAt().orElseThrow() + " lies more than " + MAX_YEARS_AHEAD
                            + " years ahead");
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

        Decision refuse(Lidvid id, RefusalReason reason, String explanation) {
            journal(Verdict.REFUSED, id, grounds(explanation), reason);
            effects.add(new Effect.Refuse(id, reason, explanation));
            return done();
        }
    }
}
