package space.halley.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Cause;
import space.halley.domain.Command;
import space.halley.domain.Decision;
import space.halley.domain.Effect;
import space.halley.domain.Embargo;
import space.halley.domain.Grounds;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.Policy;
import space.halley.domain.PolicyRegister;
import space.halley.domain.Product;
import space.halley.domain.RefusalReason;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.Decoding;
import space.halley.schemas.Input;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.PolicyDocument;

/**
 * Lanes without Kafka: the rules over maps in memory. How many products a drain visits per step is a parameter, and must
 * make no difference for any product.
 */
public final class ReferenceLanes {
    private final Agencies agencies;
    private final int partitions;
    private final IntSupplier budget;
    private final Unfinished unfinished;

    /** Lanes that drain every fence at once. */
    public ReferenceLanes(Agencies agencies, int partitions) {
        this(agencies, partitions, Unfinished.NOTHING);
    }

    /** @param budget how many products the drain may visit after the next input */
    public ReferenceLanes(Agencies agencies, int partitions, IntSupplier budget) {
        this(agencies, partitions, budget, Unfinished.NOTHING);
    }

    /** Lanes that drain every fence at once, but do not reach some products. */
    ReferenceLanes(Agencies agencies, int partitions, Unfinished unfinished) {
        this(agencies, partitions, () -> Integer.MAX_VALUE, unfinished);
    }

    private ReferenceLanes(Agencies agencies, int partitions, IntSupplier budget, Unfinished unfinished) {
        this.agencies = agencies;
        this.partitions = partitions;
        this.budget = budget;
        this.unfinished = unfinished;
    }

    /**
     * What comes out, and why.
     *
     * @param causes what each record to the public and to partners follows from
     */
    record Outcome(Recording recording, IdentityHashMap<Object, Position> causes) {}

    /** What comes out when these go in, after the last drain has ended. */
    public Recording decide(List<Appended> inputs) {
        return outcome(inputs).recording();
    }

    /** As {@link #decide}. */
    Outcome outcome(List<Appended> inputs) {
        record Place(Agency agency, int partition) {}
        var results = new Results();
        var lanes = new LinkedHashMap<Place, Lane>();
        for (var input : inputs) {
            var agency = agencies.find(input.at().agency()).orElseThrow();
            var lane = lanes.computeIfAbsent(
                    new Place(agency, input.at().partition()), place -> new Lane(place.agency(), results));
            lane.process(input);
            lane.drain(budget.getAsInt());
        }
        lanes.values().forEach(lane -> lane.drain(Integer.MAX_VALUE));
        var recording = new Recording(
                inputs,
                results.journal,
                results.published,
                results.published,
                results.told,
                results.told,
                results.receipts,
                results.deadLetters,
                results.catalogue,
                List.of(),
                List.of(),
                WorkingTime.UNKNOWN);
        return new Outcome(recording, results.causes);
    }

    /** What all lanes have written. */
    private static final class Results {
        private final List<JournalEntry> journal = new ArrayList<>();
        private final List<Published> published = new ArrayList<>();
        private final List<Told> told = new ArrayList<>();
        private final List<Receipt> receipts = new ArrayList<>();
        private final List<DeadLetter> deadLetters = new ArrayList<>();
        private final List<Listed> catalogue = new ArrayList<>();
        private final IdentityHashMap<Object, Position> causes = new IdentityHashMap<>();
    }

    /** A fence, or a policy version, that has not reached every product yet. */
    private record Item(Cause cause, @Nullable Policy policy, Command.@Nullable Statement statement) {}

    /** One agency in one partition. */
    private final class Lane {
        private final Agency agency;
        private final Embargo embargo;
        private final Results results;
        private final Map<Lid, Product> products = new TreeMap<>();
        private final NavigableMap<Instant, Set<Lid>> due = new TreeMap<>();
        private final List<Item> agenda = new ArrayList<>();
        private final Map<Integer, Long> policyOffsets = new HashMap<>();
        private PolicyRegister register = PolicyRegister.EMPTY;
        private Optional<Policy> policy = Optional.empty();

        Lane(Agency agency, Results results) {
            this.agency = agency;
            this.embargo = new Embargo(agency);
            this.results = results;
        }

        void process(Appended input) {
            if (input.isFence()) {
                agenda.add(new Item(input.cause(), null, null));
                return;
            }
            var reason = unreadable(input);
            if (reason == null && input.policy() != null) {
                say(input, input.policy());
                return;
            }
            var said = input.said();
            if (said == null || reason != null) {
                refuse(input, reason == null ? RefusalReason.UNDECODABLE : reason);
                return;
            }
            var lid = said.command().id().lid();
            agenda.forEach(item -> apply(lid, decide(lid, item), item.cause(), null));
            apply(lid, embargo.decide(product(lid), said.command(), input.cause(), policy), input.cause(), input);
        }

        /** The first item of the agenda reaches so many products more. */
        void drain(int visits) {
            var left = visits;
            while (!agenda.isEmpty() && left > 0) {
                var item = agenda.getFirst();
                var reached = candidates(item)
                        .filter(lid -> !decide(lid, item).after().equals(product(lid)))
                        .limit(left)
                        .toList();
                reached.forEach(lid -> apply(lid, decide(lid, item), item.cause(), null));
                left -= reached.size();
                if (left > 0) {
                    agenda.removeFirst();
                }
            }
        }

        /** A policy may reach every product, a fence only those of which something is due there. */
        private Stream<Lid> candidates(Item item) {
            return item.policy() != null
                    ? products.keySet().stream()
                    : due.headMap(item.cause().watermark(), true).values().stream()
                            .flatMap(Set::stream);
        }

        private Decision decide(Lid lid, Item item) {
            if (!unfinished.hasReached(agency.id(), lid, item.cause().offset())) {
                return new Decision(product(lid), List.of());
            }
            return item.policy() == null
                    ? embargo.release(product(lid), item.cause())
                    : embargo.reevaluate(product(lid), item.policy(), item.cause(), item.statement());
        }

        private void say(Appended input, Input.PolicyVersion said) {
            if (input.cause().isClockWrong(Embargo.MAX_CLOCK_DIFFERENCE)) {
                refusePolicy(input, said, RefusalReason.CLOCK_WRONG);
                return;
            }
            Policy read;
            try {
                read = PolicyDocument.read(said.document(), agencyIds());
            } catch (InvalidConfigurationException e) {
                refusePolicy(input, said, RefusalReason.POLICY_INVALID);
                return;
            }
            if (read.number() != said.number() || !read.agency().equals(agency.id())) {
                refusePolicy(input, said, RefusalReason.POLICY_INVALID);
                return;
            }
            switch (register.say(read.number(), read.hash())) {
                case PolicyRegister.Refused refused -> refusePolicy(input, said, refused.reason());
                case PolicyRegister.Repeated repeated -> acceptPolicy(input, said, read, Effect.Verdict.REPEATED);
                case PolicyRegister.Applied applied -> {
                    register = applied.after();
                    policy = Optional.of(read);
                    policyOffsets.put(read.number(), input.at().offset());
                    agenda.add(new Item(input.cause(), read, said.statement()));
                    acceptPolicy(input, said, read, Effect.Verdict.POLICY);
                }
            }
        }

        /** Whoever an agreement may name. */
        private Set<AgencyId> agencyIds() {
            return agencies.all().stream().map(Agency::id).collect(Collectors.toUnmodifiableSet());
        }

        private void acceptPolicy(Appended input, Input.PolicyVersion said, Policy read, Effect.Verdict verdict) {
            var at = input.at();
            results.journal.add(JournalEntry.of(
                    agency.id(),
                    verdict,
                    null,
                    input.cause(),
                    said.statement(),
                    new Grounds(
                            "",
                            Optional.empty(),
                            Optional.empty(),
                            read.number(),
                            Optional.of(read.hash()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            false),
                    null));
            results.receipts.add(new Receipt(
                    agency.id(),
                    at.partition(),
                    at.offset(),
                    said.statement().commandId(),
                    null,
                    new Receipt.Accepted(
                            receiptId(input.at(), policyOffsets.getOrDefault(read.number(), -1L)),
                            verdict == Effect.Verdict.REPEATED,
                            read.number() == register.number() ? Receipt.IN_FORCE : Receipt.REPLACED,
                            null,
                            "")));
        }

        private void refusePolicy(Appended input, Input.PolicyVersion said, RefusalReason reason) {
            var at = input.at();
            var commandId = said.statement().commandId();
            results.journal.add(JournalEntry.of(
                    agency.id(),
                    Effect.Verdict.REFUSED,
                    null,
                    input.cause(),
                    said.statement(),
                    Grounds.of(""),
                    reason));
            results.receipts.add(new Receipt(
                    agency.id(), at.partition(), at.offset(), commandId, null, new Receipt.Refused(reason, "")));
            results.deadLetters.add(letter(input, reason, "", commandId, null));
        }

        private Product product(Lid lid) {
            return products.getOrDefault(lid, Product.unknown(lid));
        }

        private @Nullable RefusalReason unreadable(Appended input) {
            if (input.size() > Topics.MAX_COMMAND_BYTES) {
                return RefusalReason.TOO_LARGE;
            }
            if (input.decoded() instanceof Decoding.Undecodable<?> bad) {
                return bad.reason();
            }
            var said = input.said();
            if (said == null) {
                return null;
            }
            var key = said.lid().value().getBytes(StandardCharsets.UTF_8);
            var partition = Recording.partition(said.lid(), partitions);
            return Arrays.equals(key, input.key()) && partition == input.at().partition()
                    ? null
                    : RefusalReason.MISROUTED;
        }

        private void refuse(Appended input, RefusalReason reason) {
            var at = input.at();
            var cause = new Cause(at.partition(), at.offset(), input.appendTime(), input.appendTime());
            // What stands in a wrong place has been understood; nothing else that is refused here has.
            var said = reason == RefusalReason.MISROUTED ? input.said() : null;
            var id = said == null ? null : said.command().id();
            var text = id == null ? null : id.toString();
            var statement = said == null ? null : said.command().statement();
            var commandId = statement == null ? null : statement.commandId();
            results.journal.add(JournalEntry.of(
                    agency.id(), Effect.Verdict.REFUSED, text, cause, statement, Grounds.of(""), reason));
            results.receipts.add(new Receipt(
                    agency.id(), at.partition(), at.offset(), commandId, text, new Receipt.Refused(reason, "")));
            results.deadLetters.add(letter(input, reason, "", commandId, id));
        }

        private DeadLetter letter(
                Appended input,
                RefusalReason reason,
                String explanation,
                @Nullable String commandId,
                @Nullable Lidvid id) {
            return new DeadLetter(
                    agency.id(),
                    Topics.commands(agency.id()),
                    input.at().partition(),
                    input.at().offset(),
                    input.appendTime(),
                    reason,
                    explanation,
                    input.hash(),
                    input.size(),
                    commandId,
                    id == null ? null : id.lid().value());
        }

        private void apply(Lid lid, Decision decision, Cause cause, @Nullable Appended input) {
            var at = new Position(agency.id(), cause.partition(), cause.offset());
            var before = product(lid).next();
            var after = decision.after().next();
            if (!before.equals(after)) {
                before.ifPresent(time -> due.computeIfPresent(time, (instant, lids) -> {
                    lids.remove(lid);
                    return lids.isEmpty() ? null : lids;
                }));
                after.ifPresent(time ->
                        due.computeIfAbsent(time, instant -> new TreeSet<>()).add(lid));
            }
            products.put(lid, decision.after());
            for (var effect : decision.effects()) {
                switch (effect) {
                    case Effect.Journal journal -> results.journal.add(JournalEntry.of(agency.id(), journal));
                    case Effect.Share share -> {
                        results.told.add(new Told(share.event(), null, null));
                        results.causes.put(share.event(), at);
                    }
                    case Effect.Publish publish -> {
                        results.published.add(new Published(publish.event(), null));
                        results.causes.put(publish.event(), at);
                    }
                    case Effect.Catalogue entry ->
                        results.catalogue.add(new Listed(
                                new CatalogueRecord(
                                        agency.id(),
                                        entry.id(),
                                        entry.status().name(),
                                        entry.releaseAt().orElse(null),
                                        entry.explanation(),
                                        entry.publicRevision(),
                                        entry.decidedAt(),
                                        entry.product()),
                                null));
                    case Effect.Accept accept ->
                        answer(
                                input,
                                accept.id(),
                                new Receipt.Accepted(
                                        receiptId(at, accept.firstOffset()),
                                        accept.repeated(),
                                        accept.status().name(),
                                        accept.releaseAt(),
                                        accept.explanation()));
                    case Effect.Refuse refuse ->
                        answer(input, refuse.id(), new Receipt.Refused(refuse.reason(), refuse.explanation()));
                }
            }
        }

        private static String receiptId(Position at, long firstOffset) {
            return at.agency() + "-" + at.partition() + "-" + firstOffset;
        }

        private void answer(@Nullable Appended input, Lidvid id, Receipt.Answer answer) {
            if (input == null) {
                throw new IllegalStateException("a fence is not answered");
            }
            var said = input.said();
            var commandId = said == null ? null : said.command().statement().commandId();
            results.receipts.add(new Receipt(
                    agency.id(), input.at().partition(), input.at().offset(), commandId, id.toString(), answer));
            if (answer instanceof Receipt.Refused refused) {
                results.deadLetters.add(letter(input, refused.reason(), refused.explanation(), commandId, id));
            }
        }
    }
}
