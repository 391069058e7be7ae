package space.halley.schemas;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.ClockAnchor;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.DataFile;
import space.halley.domain.Effect;
import space.halley.domain.Existence;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
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
        var command = command();
        return new Input.Said(command.id().lid(), anyInstant(), command);
    }

    Command command() {
        var statement = new Command.Statement(text(), text(), chance() ? "" : text());
        return switch (random.nextInt(4)) {
            case 0 -> new Command.Reschedule(statement, id(), terms());
            case 1 -> new Command.Withdraw(statement, id());
            default -> new Command.Announce(statement, product(), terms(), existence(), orNull(this::instant));
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
                text(),
                orNull(this::anyInstant),
                random.nextInt(),
                random.nextInt(),
                orNull(() -> hash().sha256()),
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
                    case 0 ->
                        new VersionState.Held(
                                product(id),
                                existence(),
                                anyInstant(),
                                new ReleasePlan(anyInstant(), random.nextInt(), random.nextLong(), text()),
                                Optional.ofNullable(orNull(this::instant)));
                    case 1 -> new VersionState.Public(anyInstant());
                    case 2 -> new VersionState.Superseded(new Vid(random.nextInt(1_000_000_000), 3));
                    case 3 -> new VersionState.Withdrawn();
                    default -> new VersionState.Retracted();
                };
        return new Product.Version(id.vid(), hash(), terms(), random.nextLong(), state);
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
        return switch (random.nextInt(3)) {
            case 0 -> new ReleaseTerms.AtOnce();
            case 1 -> new ReleaseTerms.FixedDate(instant());
            default ->
                new ReleaseTerms.ExclusivePeriod(
                        Period.of(random.nextInt(50), random.nextInt(100), random.nextInt(1_000)),
                        pick(ClockAnchor.values()));
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
