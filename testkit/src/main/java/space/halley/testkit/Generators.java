package space.halley.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ClockAnchor;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.DataFile;
import space.halley.domain.Existence;
import space.halley.domain.Facts;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.Vid;

/**
 * Values that are valid and unusual, drawn from a random number generator whose seed the test prints. The same seed gives
 * the same values. Not safe for use by several threads.
 */
public final class Generators {
    private static final String[] WORDS = {
        "Mars",
        "Ἄρης",
        "火星",
        "Churyumov–Gerasimenko",
        "O'Neill",
        "a\u0000b",
        "  spaced  ",
        "😀",
        "<tag attr=\"&amp;\">",
        "line\nbreak"
    };
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random;

    public Generators(Random random) {
        this.random = random;
    }

    /** One of {@code products} identifiers below {@code urn:nasa:pds:}, some with unusual characters. */
    public Lid lid(int products) {
        var number = random.nextInt(products);
        return new Lid("urn:nasa:pds:bundle:data:"
                + switch (number % 4) {
                    case 0 -> "p" + number;
                    case 1 -> "star.bd+36_" + number;
                    case 2 -> "o'neill_" + number;
                    default -> "P[" + number + "]";
                });
    }

    public Vid vid() {
        return new Vid(1 + random.nextInt(2), random.nextInt(2));
    }

    /** A description with any of its optional parts missing; its content follows from the identifier and {@code variant}. */
    public ProductDescription product(Lidvid id, int variant) {
        return new ProductDescription(
                id,
                pick("Product_Observational", "Product_Document", "Product_Bundle"),
                text(),
                orNull(() -> "1.22.0.0"),
                orNull(this::text),
                orNull(() -> "Raw"),
                orNull(this::instant),
                orNull(this::instant),
                list(4, this::context),
                list(3, this::text),
                orNull(() -> "10.1234/" + random.nextInt(1_000)),
                new ProductDescription.Label("label.xml", random.nextInt(1 << 20), ContentHash.of(id + "/" + variant)),
                List.of(new DataFile("data-" + variant + ".img", (long) variant, null)));
    }

    public ContextReference context() {
        var roles = ContextReference.Role.values();
        return new ContextReference(
                roles[random.nextInt(roles.length)], text(), orNull(() -> new Lid("urn:nasa:pds:context:target:x")));
    }

    /** Any terms; fixed dates lie within two days of {@code around}, and often within a millisecond of a whole second. */
    public ReleaseTerms terms(Instant around) {
        return switch (random.nextInt(8)) {
            case 0 -> new ReleaseTerms.AtOnce();
            case 1, 2 -> new ReleaseTerms.ByPolicy();
            case 3 -> new ReleaseTerms.ExclusivePeriod(Period.ofMonths(random.nextInt(3)), ClockAnchor.RECEPTION);
            case 4 ->
                new ReleaseTerms.ExclusivePeriod(
                        Period.of(random.nextInt(2), random.nextInt(14), random.nextInt(40)),
                        ClockAnchor.ACQUISITION_STOP);
            case 5 -> new ReleaseTerms.ExclusivePeriod(Period.ofDays(random.nextInt(3)), ClockAnchor.DELIVERY);
            default -> new ReleaseTerms.FixedDate(near(around.plusSeconds(random.nextLong(-172_800, 172_800))));
        };
    }

    public Existence existence() {
        return random.nextBoolean() ? Existence.PUBLIC : Existence.HIDDEN;
    }

    /** Any command about one of {@code products} products. */
    public Command command(int products, Instant around) {
        var id = new Lidvid(lid(products), vid());
        var statement = new Command.Statement("c-" + random.nextInt(), "pipeline", random.nextBoolean() ? "" : "why");
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Command.Reschedule(statement, id, terms(around));
            case 2 -> new Command.Withdraw(statement, id);
            case 3 -> new Command.Waive(statement, id);
            case 4 ->
                new Command.StateFact(
                        statement,
                        id,
                        pick(Facts.Kind.values()),
                        near(around.minus(Period.ofDays(random.nextInt(70)))));
            default ->
                new Command.Announce(
                        statement,
                        product(id, random.nextInt(8) == 0 ? 1 : 0),
                        terms(around),
                        existence(),
                        orNull(() -> around.minus(Duration.ofDays(random.nextInt(900)))),
                        orNull(() -> near(around.minus(Duration.ofDays(random.nextInt(70))))),
                        random.nextInt(30) == 0);
        };
    }

    /** The instant, or the millisecond before or after it. */
    public Instant near(Instant instant) {
        return instant.plusMillis(random.nextInt(3) - 1L);
    }

    private Instant instant() {
        return START.plusMillis(random.nextLong(Duration.ofDays(700).toMillis()));
    }

    private String text() {
        return WORDS[random.nextInt(WORDS.length)] + " " + random.nextInt(100);
    }

    private <T> List<T> list(int maxSize, Supplier<T> element) {
        var size = random.nextInt(maxSize + 1);
        var all = new ArrayList<T>();
        for (int i = 0; i < size; i++) {
            all.add(element.get());
        }
        return all;
    }

    private <T> @Nullable T orNull(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
