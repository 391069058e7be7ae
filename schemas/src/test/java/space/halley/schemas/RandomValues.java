package space.halley.schemas;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.ClockAnchor;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.DataFile;
import space.halley.domain.Delivery;
import space.halley.domain.Effect;
import space.halley.domain.Existence;
import space.halley.domain.Facts;
import space.halley.domain.Grounds;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.PartnerEvent;
import space.halley.domain.Product;
import space.halley.domain.ProductDescription;
import space.halley.domain.PublicEvent;
import space.halley.domain.RefusalReason;
import space.halley.domain.ReleasePlan;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.VersionState;
import space.halley.domain.Vid;

/** Valid values of every kind of record, the same for the same seed. */
final class RandomValues {
    private static final String[] WORDS = {
        "Mars", "Ἄρης", "火星", "O'Neill", "a\u0000b", " x ", "😀", "<&amp;\">", "a\nb", "é"
    };

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    Input input() {
        if (chance()) {
            return new Input.Fence(anyInstant(), text(), random.nextLong());
        }
        if (chance()) {
            return new Input.PolicyVersion(
                    anyInstant(), new Command.Statement(text(), text(), ""), random.nextInt(), text());
        }
        var command = command();
        return new Input.Said(command.id().lid(), anyInstant(), command);
    }

    Command command() {
        var statement = new Command.Statement(text(), text(), chance() ? "" : text());
        return switch (random.nextInt(6)) {
            case 0 -> new Command.Reschedule(statement, id(), terms());
            case 1 -> new Command.Withdraw(statement, id());
            case 2 -> new Command.Waive(statement, id());
            case 3 -> new Command.StateFact(statement, id(), pick(Facts.Kind.values()), instant());
            default ->
                new Command.Announce(
                        statement,
                        product(),
                        terms(),
                        existence(),
                        orNull(this::instant),
                        orNull(this::instant),
                        chance());
        };
    }

    Receipt receipt() {
        Receipt.Answer answer = chance()
                ? new Receipt.Accepted(
                        text(), chance(), pick(VersionState.Status.values()).name(), orNull(this::anyInstant), text())
                : new Receipt.Refused(pick(RefusalReason.values()), text());
        return new Receipt(
                agency(),
                random.nextInt(),
                random.nextLong(),
                orNull(this::text),
                orNull(() -> id().toString()),
                answer);
    }

    DeadLetter deadLetter() {
        return new DeadLetter(
                agency(),
                text(),
                random.nextInt(),
                random.nextLong(),
                anyInstant(),
                pick(RefusalReason.values()),
                text(),
                hash(),
                random.nextInt(),
                orNull(this::text),
                orNull(() -> id().lid().value()));
    }

    JournalEntry journalEntry() {
        return new JournalEntry(
                agency(),
                pick(Effect.Verdict.values()).name(),
                orNull(() -> id().toString()),
                random.nextInt(),
                random.nextLong(),
                anyInstant(),
                anyInstant(),
                text(),
                orNull(this::text),
                text(),
                chance() ? "" : text(),
                grounds(),
                orNull(this::terms),
                orNull(this::anyInstant),
                stages(),
                orNull(this::waiting),
                random.nextInt(),
                orNull(RandomValues::agency),
                random.nextInt(),
                orNull(() -> hash().sha256()),
                orNull(random::nextLong),
                orNull(this::existence),
                orNull(() -> pick(RefusalReason.values()).name()));
    }

    PublicEvent publicEvent() {
        var product = product();
        PublicEvent.News news =
                switch (random.nextInt(4)) {
                    case 0 -> new PublicEvent.Announced(anyInstant(), text(), list(3, this::context));
                    case 1 -> new PublicEvent.Cancelled();
                    case 2 -> new PublicEvent.Retracted(chance() ? "" : text());
                    default ->
                        new PublicEvent.Released(
                                anyInstant(),
                                anyInstant(),
                                text(),
                                chance(),
                                Optional.ofNullable(orNull(this::instant)),
                                product);
                };
        return new PublicEvent(agency(), product.id(), random.nextInt(), news);
    }

    CatalogueRecord catalogueRecord() {
        var product = product();
        return new CatalogueRecord(
                agency(),
                product.id(),
                pick(VersionState.Status.values()).name(),
                orNull(this::anyInstant),
                text(),
                random.nextInt(),
                anyInstant(),
                chance() ? null : product);
    }

    Product state() {
        var lid = id().lid();
        var versions = new ArrayList<Product.Version>();
        for (int minor = random.nextInt(5); minor >= 0; minor--) {
            versions.add(version(new Lidvid(lid, new Vid(1, minor))));
        }
        return new Product(lid, random.nextInt(), versions);
    }

    private Product.Version version(Lidvid id) {
        VersionState state =
                switch (random.nextInt(5)) {
                    case 0 -> {
                        var plan = plan();
                        Optional<Boolean> late =
                                chance() ? Optional.of(plan.grounds().late()) : Optional.empty();
                        yield new VersionState.Held(
                                product(id),
                                anyInstant(),
                                new Delivery(
                                        anyInstant(),
                                        terms(),
                                        late,
                                        late.orElse(false) ? List.of(terms(), terms()) : List.of()),
                                terms(),
                                chance(),
                                new Facts(optional(this::instant), optional(this::instant), optional(this::instant)),
                                plan,
                                chance() ? Set.of() : Set.of(agency()),
                                Optional.ofNullable(orNull(this::instant)));
                    }
                    case 1 -> new VersionState.Public(anyInstant());
                    case 2 -> new VersionState.Superseded(new Vid(random.nextInt(1_000_000_000), 3));
                    case 3 -> new VersionState.Withdrawn();
                    default -> new VersionState.Retracted();
                };
        return new Product.Version(
                id.vid(),
                new Product.Announced(hash(), terms(), existence(), chance(), orNull(this::instant), random.nextLong()),
                state);
    }

    PartnerEvent partnerEvent() {
        var product = product();
        return new PartnerEvent(
                agency(),
                new AgencyId("esa"),
                product.id(),
                random.nextInt(),
                chance()
                        ? new PartnerEvent.TakenBack(text())
                        : new PartnerEvent.Shared(
                                anyInstant(), anyInstant(), text(), optional(this::anyInstant), product));
    }

    private ReleasePlan plan() {
        var grounds = grounds();
        return new ReleasePlan(
                grounds.missing().isPresent() ? Optional.empty() : Optional.of(anyInstant()),
                stages(),
                waiting(),
                random.nextInt(),
                random.nextLong(),
                grounds);
    }

    private Grounds grounds() {
        return new Grounds(
                text(),
                optional(this::text),
                optional(this::text),
                random.nextInt(),
                optional(this::hash),
                optional(this::anyInstant),
                optional(this::anyInstant),
                optional(this::text),
                chance());
    }

    private List<ReleasePlan.Stage> stages() {
        return list(2, () -> new ReleasePlan.Stage(agency(), anyInstant(), text()));
    }

    private List<ReleasePlan.Waiting> waiting() {
        return list(2, () -> new ReleasePlan.Waiting(agency(), text(), text()));
    }

    private <T> Optional<T> optional(Supplier<T> value) {
        return Optional.ofNullable(orNull(value));
    }

    private ProductDescription product() {
        return product(id());
    }

    private ProductDescription product(Lidvid id) {
        return new ProductDescription(
                id,
                text(),
                text(),
                orNull(this::text),
                orNull(this::text),
                orNull(this::text),
                orNull(this::instant),
                orNull(this::instant),
                list(4, this::context),
                list(3, this::text),
                orNull(this::text),
                new ProductDescription.Label(text(), random.nextLong(Long.MAX_VALUE), hash()),
                list(
                        3,
                        () -> new DataFile(
                                text(), orNull(() -> random.nextLong(Long.MAX_VALUE)), orNull(() -> hash().sha256()
                                        .substring(32)))));
    }

    private ContextReference context() {
        return new ContextReference(pick(ContextReference.Role.values()), text(), orNull(() -> id().lid()));
    }

    private ReleaseTerms terms() {
        return switch (random.nextInt(4)) {
            case 0 -> new ReleaseTerms.AtOnce();
            case 2 -> new ReleaseTerms.ByPolicy();
            case 1 -> new ReleaseTerms.FixedDate(instant());
            default ->
                new ReleaseTerms.ExclusivePeriod(
                        Period.of(random.nextInt(50), random.nextInt(100), random.nextInt(1_000)),
                        pick(new ClockAnchor[] {
                            ClockAnchor.ACQUISITION_STOP,
                            ClockAnchor.RECEPTION,
                            ClockAnchor.DELIVERY,
                            new ClockAnchor.WindowEnd(
                                    LocalDate.ofEpochDay(random.nextInt(20_000)), 1 + random.nextInt(12)),
                            new ClockAnchor.MissionEvent(text())
                        }));
        };
    }

    private Lidvid id() {
        var lid = new Lid(
                "urn:nasa:pds:" + pick(new String[] {"a:b:c", "star.bd+36_2593", "o'neill", "P[1]", "a:{b}|~"}));
        return new Lidvid(lid, new Vid(random.nextInt(1_000_000_000), random.nextInt(1_000_000_000)));
    }

    private static AgencyId agency() {
        return new AgencyId("nasa");
    }

    private Existence existence() {
        return pick(Existence.values());
    }

    private ContentHash hash() {
        return ContentHash.of(Integer.toString(random.nextInt()));
    }

    /** Between the years 1000 and 8000. */
    private Instant instant() {
        return Instant.parse("1000-01-01T00:00:00Z")
                .plusMillis(random.nextLong(Duration.ofDays(365 * 7_000L).toMillis()));
    }

    /** Any instant that Kafka's or Avro's 64-bit milliseconds can say. */
    private Instant anyInstant() {
        return Instant.ofEpochMilli(chance() ? random.nextLong() : random.nextInt());
    }

    private String text() {
        return WORDS[random.nextInt(WORDS.length)] + random.nextInt(100);
    }

    private boolean chance() {
        return random.nextInt(3) == 0;
    }

    private <T> List<T> list(int maxSize, Supplier<T> element) {
        var all = new ArrayList<T>();
        for (int size = random.nextInt(maxSize + 1); size > 0; size--) {
            all.add(element.get());
        }
        return all;
    }

    private <T> @Nullable T orNull(Supplier<T> value) {
        return chance() ? null : value.get();
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
