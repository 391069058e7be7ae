package space.halley.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.Cause;
import space.halley.domain.Decision;
import space.halley.domain.Effect;
import space.halley.domain.Embargo;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.Product;
import space.halley.domain.RefusalReason;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.Decoding;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;

/**
 * Lanes without Kafka: the rules over maps in memory. They have no timers; a fence looks at every product. How many
 * products a drain visits per step is a parameter, and must make no difference for any product.
 */
public final class ReferenceLanes {
    private final Agencies agencies;
    private final int partitions;
    private final IntSupplier budget;

    /** Lanes that drain every fence at once. */
    public ReferenceLanes(Agencies agencies, int partitions) {
        this(agencies, partitions, () -> Integer.MAX_VALUE);
    }

    /** @param budget how many products the drain may visit after the next input */
    public ReferenceLanes(Agencies agencies, int partitions, IntSupplier budget) {
        this.agencies = agencies;
        this.partitions = partitions;
        this.budget = budget;
    }

    /** What comes out when these go in, after the last drain has ended. */
    public Recording decide(List<Appended> inputs) {
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
        return new Recording(
                inputs,
                results.journal,
                results.published,
                results.published,
                results.receipts,
                results.deadLetters,
                results.catalogue);
    }

    /** What all lanes have written. */
    private static final class Results {
        private final List<JournalEntry> journal = new ArrayList<>();
        private final List<Published> published = new ArrayList<>();
        private final List<Receipt> receipts = new ArrayList<>();
        private final List<DeadLetter> deadLetters = new ArrayList<>();
        private final List<CatalogueRecord> catalogue = new ArrayList<>();
    }

    /** One agency in one partition. */
    private final class Lane {
        private final Agency agency;
        private final Embargo embargo;
        private final Results results;
        private final Map<Lid, Product> products = new TreeMap<>();
        private final List<Cause> fences = new ArrayList<>();

        Lane(Agency agency, Results results) {
            this.agency = agency;
            this.embargo = new Embargo(agency);
            this.results = results;
        }

        void process(Appended input) {
            if (input.isFence() && input.size() <= Topics.MAX_COMMAND_BYTES) {
                fences.add(input.cause());
                return;
            }
            var reason = unreadable(input);
            var said = input.said();
            if (said == null || reason != null) {
                refuse(input, reason == null ? RefusalReason.UNDECODABLE : reason);
                return;
            }
            var lid = said.command().id().lid();
            fences.forEach(fence -> release(lid, fence));
            apply(lid, embargo.decide(product(lid), said.command(), input.cause()), input);
        }

        void drain(int visits) {
            var left = visits;
            while (!fences.isEmpty() && left > 0) {
                var fence = fences.getFirst();
                var due = products.keySet().stream()
                        .filter(lid ->
                                !embargo.release(product(lid), fence).effects().isEmpty())
                        .limit(left)
                        .toList();
                due.forEach(lid -> release(lid, fence));
                left -= due.size();
                if (left > 0) {
                    fences.removeFirst();
                }
            }
        }

        private void release(Lid lid, Cause fence) {
            apply(lid, embargo.release(product(lid), fence), null);
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
            var lid = said.lid().value().getBytes(StandardCharsets.UTF_8);
            var partition = Utils.toPositive(Utils.murmur2(lid)) % partitions;
            return Arrays.equals(lid, input.key()) && partition == input.at().partition()
                    ? null
                    : RefusalReason.MISROUTED;
        }

        private void refuse(Appended input, RefusalReason reason) {
            var at = input.at();
            results.journal.add(new JournalEntry(
                    agency.id(),
                    Effect.Verdict.REFUSED.name(),
                    null,
                    at.partition(),
                    at.offset(),
                    input.appendTime(),
                    input.appendTime(),
                    agency.id().value(),
                    null,
                    "",
                    "",
                    "",
                    null,
                    0,
                    0,
                    null,
                    reason.name()));
            results.receipts.add(
                    new Receipt(agency.id(), at.partition(), at.offset(), null, null, new Receipt.Refused(reason, "")));
            results.deadLetters.add(letter(input, reason, "", null, null));
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

        private void apply(Lid lid, Decision decision, @Nullable Appended input) {
            products.put(lid, decision.after());
            for (var effect : decision.effects()) {
                switch (effect) {
                    case Effect.Journal journal -> results.journal.add(entry(journal));
                    case Effect.Publish publish -> results.published.add(new Published(publish.event(), null));
                    case Effect.Catalogue entry ->
                        results.catalogue.add(new CatalogueRecord(
                                agency.id(),
                                entry.id(),
                                entry.status().name(),
                                entry.releaseAt(),
                                entry.explanation(),
                                entry.publicRevision(),
                                entry.decidedAt(),
                                entry.product()));
                    case Effect.Accept accept ->
                        answer(
                                input,
                                accept.id(),
                                new Receipt.Accepted(
                                        agency.id() + "-" + accept.firstOffset(),
                                        accept.repeated(),
                                        accept.status().name(),
                                        accept.releaseAt(),
                                        accept.explanation()));
                    case Effect.Refuse refuse ->
                        answer(input, refuse.id(), new Receipt.Refused(refuse.reason(), refuse.explanation()));
                }
            }
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

        private JournalEntry entry(Effect.Journal journal) {
            var statement = journal.statement();
            var content = journal.content();
            var refusal = journal.refusal();
            return new JournalEntry(
                    agency.id(),
                    journal.verdict().name(),
                    journal.id().toString(),
                    journal.cause().partition(),
                    journal.cause().offset(),
                    journal.cause().appendTime(),
                    journal.cause().watermark(),
                    statement == null
                            ? Topics.Principal.STREAMS.userName()
                            : agency.id().value(),
                    statement == null ? null : statement.commandId(),
                    statement == null ? "" : statement.author(),
                    statement == null ? "" : statement.reason(),
                    journal.explanation(),
                    journal.releaseAt(),
                    journal.schedule(),
                    journal.publicRevision(),
                    content == null ? null : content.sha256(),
                    refusal == null ? null : refusal.name());
        }
    }
}
