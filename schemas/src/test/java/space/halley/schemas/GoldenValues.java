package space.halley.schemas;

import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.ClockAnchor;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.DataFile;
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

/**
 * What the golden bytes mean. The values of a version never change; where a later version adds a field, they get what the
 * field means when it is missing.
 */
final class GoldenValues {
    private static final AgencyId NASA = new AgencyId("nasa");
    private static final Lidvid ID = Lidvid.parse("urn:nasa:pds:insight_cameras:data:o'neill+1::1.10");
    private static final Instant T = Instant.parse("2026-11-23T12:34:56.789Z");
    private static final Instant BEFORE_1970 = Instant.parse("1969-07-20T20:17:40Z");
    private static final ReleaseTerms PERIOD =
            new ReleaseTerms.ExclusivePeriod(Period.of(1, 6, 3), ClockAnchor.ACQUISITION_STOP);

    private GoldenValues() {}

    /** The records of version 1, in the order of the lines of its files. */
    static List<Object> v1(Envelope envelope) {
        return switch (envelope) {
            case COMMAND ->
                List.of(
                        said(new Command.Announce(statement(), full(), PERIOD, Existence.HIDDEN, BEFORE_1970)),
                        said(new Command.Announce(
                                statement(), bare(), new ReleaseTerms.AtOnce(), Existence.PUBLIC, null)),
                        said(new Command.Reschedule(statement(), ID, new ReleaseTerms.FixedDate(T))),
                        said(new Command.Withdraw(statement(), ID)),
                        new Input.Fence(T, "lane-1", 42));
            case RECEIPT ->
                List.of(
                        receipt("c-1", new Receipt.Accepted("nasa-0-7", true, "HELD", T, "fixed release date")),
                        receipt("c-2", new Receipt.Accepted("nasa-0-7", false, "WITHDRAWN", null, "withdrawn")),
                        receipt(null, new Receipt.Refused(RefusalReason.CONTENT_CONFLICT, "other content")));
            case DEAD_LETTER ->
                List.of(
                        new DeadLetter(
                                NASA,
                                "halley.commands.nasa",
                                3,
                                1L << 40,
                                T,
                                RefusalReason.UNDECODABLE,
                                "no record",
                                ContentHash.of("payload"),
                                7,
                                null,
                                null),
                        new DeadLetter(
                                NASA,
                                "halley.commands.nasa",
                                0,
                                0,
                                BEFORE_1970,
                                RefusalReason.ALREADY_PUBLIC,
                                "public",
                                ContentHash.of(""),
                                0,
                                "c-1",
                                ID.lid().value()));
            case JOURNAL ->
                List.of(
                        new JournalEntry(
                                NASA,
                                "RELEASED",
                                ID.toString(),
                                1,
                                99,
                                T,
                                BEFORE_1970,
                                "streams",
                                null,
                                "",
                                "",
                                "fixed release date",
                                T,
                                2,
                                5,
                                ContentHash.of("x").sha256(),
                                null),
                        new JournalEntry(
                                NASA,
                                "REFUSED",
                                null,
                                1,
                                100,
                                T,
                                T,
                                "nasa",
                                "c-1",
                                "pipeline",
                                "why",
                                "no",
                                null,
                                0,
                                0,
                                null,
                                "TOO_LARGE"));
            case PUBLIC ->
                List.of(
                        news(1, new PublicEvent.Announced(T, "Product_Observational", full().context())),
                        news(2, new PublicEvent.Cancelled()),
                        news(3, new PublicEvent.Released(T, BEFORE_1970, "rule", Optional.of(BEFORE_1970), full())),
                        news(4, new PublicEvent.Released(T, T, "rule", Optional.empty(), bare())),
                        news(5, new PublicEvent.Retracted("calibration was wrong: 火星 😀")));
            case CATALOGUE ->
                List.of(
                        new CatalogueRecord(NASA, ID, "HELD", T, "rule", 1, BEFORE_1970, full()),
                        new CatalogueRecord(NASA, ID, "RETRACTED", null, "retracted", 3, T, null));
            case PRODUCT_STATE ->
                List.of(
                        new Product(ID.lid(), 0, List.of()),
                        new Product(
                                ID.lid(),
                                17,
                                List.of(
                                        version("1.1", new ReleaseTerms.AtOnce(), new VersionState.Public(T)),
                                        version("1.2", PERIOD, new VersionState.Withdrawn()),
                                        version("1.3", PERIOD, new VersionState.Superseded(new Vid(1, 9))),
                                        version("1.9", PERIOD, new VersionState.Retracted()),
                                        version(
                                                "1.10",
                                                new ReleaseTerms.FixedDate(T),
                                                new VersionState.Held(
                                                        full(),
                                                        Existence.HIDDEN,
                                                        BEFORE_1970,
                                                        new ReleasePlan(T, 3, 1L << 33, "rescheduled"),
                                                        Optional.of(BEFORE_1970))))));
        };
    }

    private static Input.Said said(Command command) {
        return new Input.Said(ID.lid(), T, command);
    }

    private static Command.Statement statement() {
        return new Command.Statement("c-1", "pipeline", "as planned");
    }

    private static Receipt receipt(@Nullable String commandId, Receipt.Answer answer) {
        return new Receipt(NASA, 3, 1L << 40, commandId, commandId == null ? null : ID.toString(), answer);
    }

    private static PublicEvent news(int revision, PublicEvent.News news) {
        return new PublicEvent(NASA, ID, revision, news);
    }

    private static Product.Version version(String vid, ReleaseTerms terms, VersionState state) {
        return new Product.Version(Vid.parse(vid), ContentHash.of(vid), terms, 12_345_678_901L, state);
    }

    private static ProductDescription full() {
        return new ProductDescription(
                ID,
                "Product_Observational",
                "Ἄρης, 火星, 😀",
                "1.22.0.0",
                "Two\nlines",
                "Calibrated",
                BEFORE_1970,
                T,
                List.of(
                        new ContextReference(
                                ContextReference.Role.INVESTIGATION,
                                "InSight",
                                new Lid("urn:nasa:pds:context:investigation:mission.insight")),
                        new ContextReference(ContextReference.Role.HOST, "InSight Lander", null),
                        new ContextReference(ContextReference.Role.INSTRUMENT, "ICC", null),
                        new ContextReference(ContextReference.Role.TARGET, "Mars", null),
                        new ContextReference(ContextReference.Role.OTHER, "DSN", null)),
                List.of("camera", "lander"),
                "10.17189/1517568",
                new ProductDescription.Label("p1.xml", 4_321, ContentHash.of("label")),
                List.of(
                        new DataFile("p1.img", 5_000_000_000L, "0123456789abcdef0123456789abcdef"),
                        new DataFile("p1.txt", null, null)));
    }

    private static ProductDescription bare() {
        return new ProductDescription(
                ID,
                "Product_Document",
                "t",
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                new ProductDescription.Label("p1.xml", 0, ContentHash.of("label")),
                List.of());
    }
}
