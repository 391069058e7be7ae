package space.halley.domain;

import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Valid values, with as little as possible to write down where a test does not care. */
final class Fixtures {
    static final Lid LID = new Lid("urn:nasa:pds:insight:data:p1");
    static final Instant STOP = Instant.parse("2026-01-01T10:01:00Z");
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    static final Agency NASA = new Agency(
            new AgencyId("nasa"),
            "NASA",
            List.of(new Namespace("urn:nasa:pds:")),
            new ReleaseTerms.ExclusivePeriod(Period.ofMonths(6), ClockAnchor.ACQUISITION_STOP),
            new ReleaseTerms.AtOnce());

    private Fixtures() {}

    static Lidvid id(String vid) {
        return new Lidvid(LID, Vid.parse(vid));
    }

    static ProductDescription product(String vid) {
        return product(id(vid), "content of " + vid, STOP);
    }

    static ProductDescription product(Lidvid id, String content, @Nullable Instant stop) {
        return new ProductDescription(
                id,
                "Product_Observational",
                "A title",
                null,
                null,
                null,
                null,
                stop,
                List.of(new ContextReference(ContextReference.Role.TARGET, "Mars", null)),
                List.of(),
                null,
                new ProductDescription.Label("label.xml", 10, ContentHash.of(content)),
                List.of());
    }

    static Command.Statement statement() {
        return new Command.Statement("c-1", "pipeline", "because");
    }

    static Command.Announce announce(String vid, ReleaseTerms terms) {
        return announce(product(vid), terms, Existence.PUBLIC);
    }

    static Command.Announce announce(ProductDescription product, ReleaseTerms terms, Existence existence) {
        return new Command.Announce(statement(), product, terms, existence, null);
    }

    static Command.Reschedule reschedule(String vid, ReleaseTerms terms) {
        return new Command.Reschedule(statement(), id(vid), terms);
    }

    static Command.Withdraw withdraw(String vid) {
        return new Command.Withdraw(statement(), id(vid));
    }

    static ReleaseTerms at(Instant instant) {
        return new ReleaseTerms.FixedDate(instant);
    }

    static ReleaseTerms atOnce() {
        return new ReleaseTerms.AtOnce();
    }

    static ReleaseTerms sinceStop(String period) {
        return new ReleaseTerms.ExclusivePeriod(Period.parse(period), ClockAnchor.ACQUISITION_STOP);
    }

    /** A place where both clocks agree. */
    static Cause cause(long offset, Instant time) {
        return new Cause(0, offset, time, time);
    }
}
