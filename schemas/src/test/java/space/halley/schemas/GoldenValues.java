package space.halley.schemas;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.ClockAnchor;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.DataFile;
import space.halley.domain.Delivery;
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

/**
 * What the golden bytes mean. The values of a version never change; where a later version adds a field, they get what the
 * field means when it is missing.
 */
final class GoldenValues {
    private static final AgencyId NASA = new AgencyId("nasa");
    private static final AgencyId ESA = new AgencyId("esa");
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
                                Grounds.of("fixed release date"),
                                null,
                                T,
                                List.of(),
                                null,
                                2,
                                null,
                                5,
                                ContentHash.of("x").sha256(),
                                null,
                                null,
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
                                Grounds.of("no"),
                                null,
                                null,
                                List.of(),
                                null,
                                0,
                                null,
                                0,
                                null,
                                null,
                                null,
                                "TOO_LARGE"));
            case PARTNER -> List.of();
            case PUBLIC ->
                List.of(
                        news(1, new PublicEvent.Announced(T, "Product_Observational", full().context())),
                        news(2, new PublicEvent.Cancelled()),
                        news(
                                3,
                                new PublicEvent.Released(
                                        T, BEFORE_1970, "rule", false, Optional.of(BEFORE_1970), full())),
                        news(4, new PublicEvent.Released(T, T, "rule", false, Optional.empty(), bare())),
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
                                                        BEFORE_1970,
                                                        judged(new ReleaseTerms.FixedDate(T), false),
                                                        new ReleaseTerms.FixedDate(T),
                                                        false,
                                                        Facts.NONE,
                                                        new ReleasePlan(
                                                                Optional.of(T),
                                                                List.of(),
                                                                List.of(),
                                                                3,
                                                                1L << 33,
                                                                Grounds.of("rescheduled")),
                                                        Set.of(),
                                                        Optional.of(BEFORE_1970))))));
        };
    }

    /** The records of version 2, which has policies, facts, waivers, partners and grounds. */
    static List<Object> v2(Envelope envelope) {
        return switch (envelope) {
            case COMMAND ->
                List.of(
                        said(new Command.Announce(
                                statement(),
                                bare(),
                                new ReleaseTerms.ByPolicy(),
                                Existence.HIDDEN,
                                null,
                                BEFORE_1970,
                                true)),
                        said(new Command.Reschedule(statement(), ID, since(ClockAnchor.RECEPTION))),
                        said(new Command.Reschedule(
                                statement(), ID, since(new ClockAnchor.WindowEnd(LocalDate.of(2018, 11, 30), 3)))),
                        said(new Command.Reschedule(
                                statement(), ID, since(new ClockAnchor.MissionEvent("mission.insight/landing")))),
                        said(new Command.Waive(statement(), ID)),
                        said(new Command.StateFact(statement(), ID, Facts.Kind.REVIEW, T)),
                        new Input.PolicyVersion(T, statement(), 3, "agency: nasa # 火星"));
            case RECEIPT ->
                List.of(receipt(null, new Receipt.Accepted("nasa-0-7", false, Receipt.IN_FORCE, null, "policy")));
            case DEAD_LETTER ->
                List.of(new DeadLetter(
                        NASA,
                        "halley.commands.nasa",
                        0,
                        0,
                        T,
                        RefusalReason.POLICY_GAP,
                        "gap",
                        ContentHash.of("payload"),
                        7,
                        "c-1",
                        null));
            case JOURNAL ->
                List.of(new JournalEntry(
                        NASA,
                        "SHARED",
                        ID.toString(),
                        1,
                        99,
                        T,
                        BEFORE_1970,
                        "streams",
                        null,
                        "",
                        "",
                        grounds(Optional.empty()),
                        new ReleaseTerms.ByPolicy(),
                        T,
                        stages(),
                        null,
                        2,
                        ESA,
                        5,
                        ContentHash.of("x").sha256(),
                        7L,
                        Existence.PUBLIC,
                        null));
            case PUBLIC ->
                List.of(news(1, new PublicEvent.Released(T, BEFORE_1970, "rule", true, Optional.empty(), bare())));
            case PARTNER ->
                List.of(
                        new PartnerEvent(
                                NASA,
                                ESA,
                                ID,
                                1,
                                new PartnerEvent.Shared(T, BEFORE_1970, "agreement", Optional.of(T), full())),
                        new PartnerEvent(
                                NASA, ESA, ID, 2, new PartnerEvent.Shared(T, T, "agreement", Optional.empty(), bare())),
                        new PartnerEvent(NASA, ESA, ID, 3, new PartnerEvent.TakenBack("wrong files")));
            case CATALOGUE -> List.of(new CatalogueRecord(NASA, ID, "PARTNERS", null, "rule", 1, BEFORE_1970, full()));
            case PRODUCT_STATE ->
                List.of(new Product(
                        ID.lid(),
                        17,
                        List.of(
                                version("1.1", new ReleaseTerms.ByPolicy(), new VersionState.Public(T)),
                                new Product.Version(
                                        Vid.parse("1.10"),
                                        new Product.Announced(
                                                ContentHash.of("1.10"),
                                                new ReleaseTerms.ByPolicy(),
                                                Existence.PUBLIC,
                                                true,
                                                BEFORE_1970,
                                                7),
                                        new VersionState.Held(
                                                full(),
                                                BEFORE_1970,
                                                new Delivery(
                                                        BEFORE_1970,
                                                        new ReleaseTerms.ByPolicy(),
                                                        Optional.of(true),
                                                        List.of()),
                                                since(ClockAnchor.RECEPTION),
                                                false,
                                                new Facts(Optional.of(T), Optional.empty(), Optional.of(BEFORE_1970)),
                                                new ReleasePlan(
                                                        Optional.empty(),
                                                        stages(),
                                                        List.of(),
                                                        3,
                                                        1L << 33,
                                                        grounds(Optional.of("the reception on Earth"))),
                                                Set.of(ESA),
                                                Optional.empty())))));
        };
    }

    /** The records of version 3, which says who waits for a turn; the other records are those of version 2. */
    static List<Object> v3(Envelope envelope) {
        return switch (envelope) {
            case JOURNAL -> List.of(entry(waiting()), entry(List.of()), entry(null));
            case PRODUCT_STATE ->
                List.of(new Product(
                        ID.lid(),
                        0,
                        List.of(version(
                                "1.10",
                                new ReleaseTerms.ByPolicy(),
                                new VersionState.Held(
                                        bare(),
                                        BEFORE_1970,
                                        judged(new ReleaseTerms.ByPolicy(), true),
                                        new ReleaseTerms.FixedDate(T),
                                        true,
                                        Facts.NONE,
                                        new ReleasePlan(
                                                Optional.of(T),
                                                stages(),
                                                waiting(),
                                                3,
                                                1L << 33,
                                                grounds(Optional.empty())),
                                        Set.of(),
                                        Optional.empty())))));
            case COMMAND, RECEIPT, DEAD_LETTER, PUBLIC, PARTNER, CATALOGUE -> List.of();
        };
    }

    /** The records of version 4, whose state keeps the first delivery. */
    static List<Object> v4(Envelope envelope) {
        return switch (envelope) {
            case PRODUCT_STATE ->
                List.of(
                        held(new Delivery(BEFORE_1970, new ReleaseTerms.ByPolicy(), Optional.empty(), List.of())),
                        held(new Delivery(BEFORE_1970, new ReleaseTerms.FixedDate(T), Optional.empty(), List.of())),
                        held(new Delivery(
                                BEFORE_1970,
                                new ReleaseTerms.ByPolicy(),
                                Optional.of(true),
                                List.of(new ReleaseTerms.FixedDate(T), since(ClockAnchor.RECEPTION)))));
            case COMMAND, RECEIPT, DEAD_LETTER, JOURNAL, PUBLIC, PARTNER, CATALOGUE -> List.of();
        };
    }

    private static Product held(Delivery delivery) {
        var held = new VersionState.Held(
                bare(),
                T,
                delivery,
                new ReleaseTerms.FixedDate(T),
                true,
                Facts.NONE,
                new ReleasePlan(Optional.of(T), stages(), waiting(), 3, 1L << 33, grounds(Optional.empty())),
                Set.of(),
                Optional.empty());
        return new Product(ID.lid(), 0, List.of(version("1.10", new ReleaseTerms.ByPolicy(), held)));
    }

    /** What earlier builds knew of a delivery. */
    private static Delivery judged(ReleaseTerms under, boolean late) {
        return new Delivery(BEFORE_1970, under, Optional.of(late), List.of());
    }

    private static JournalEntry entry(@Nullable List<ReleasePlan.Waiting> waiting) {
        return new JournalEntry(
                NASA,
                "HELD",
                ID.toString(),
                1,
                99,
                T,
                BEFORE_1970,
                "nasa",
                "c-1",
                "pipeline",
                "as planned",
                grounds(Optional.empty()),
                new ReleaseTerms.ByPolicy(),
                T,
                stages(),
                waiting,
                1,
                null,
                0,
                ContentHash.of("x").sha256(),
                7L,
                Existence.HIDDEN,
                null);
    }

    private static List<ReleasePlan.Waiting> waiting() {
        return List.of(
                new ReleasePlan.Waiting(ESA, "quick-look", "the reception on Earth"),
                new ReleasePlan.Waiting(NASA, "landing", "the mission event 着陸"));
    }

    private static Grounds grounds(Optional<String> missing) {
        return new Grounds(
                "exclusive period",
                Optional.of("default"),
                Optional.of("NASA"),
                3,
                Optional.of(ContentHash.of("policy")),
                missing.isPresent() ? Optional.empty() : Optional.of(BEFORE_1970),
                missing.isPresent() ? Optional.empty() : Optional.of(T),
                missing,
                true);
    }

    private static List<ReleasePlan.Stage> stages() {
        return List.of(new ReleasePlan.Stage(ESA, BEFORE_1970, "agreement"));
    }

    private static ReleaseTerms since(ClockAnchor anchor) {
        return new ReleaseTerms.ExclusivePeriod(Period.ofMonths(6), anchor);
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
        return new Product.Version(
                Vid.parse(vid),
                new Product.Announced(ContentHash.of(vid), terms, Existence.HIDDEN, false, null, 12_345_678_901L),
                state);
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
