package space.halley.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.DataFile;
import space.halley.domain.Existence;
import space.halley.domain.Facts;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.Namespace;
import space.halley.domain.ProductDescription;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.Vid;
import space.halley.schemas.Input;
import space.halley.schemas.Topics;
import space.halley.schemas.installation.ServiceConfig;

/** Values that are valid, with as little as possible to write down where a test does not care. */
public final class Samples {
    public static final AgencyId NASA = new AgencyId("nasa");
    public static final AgencyId ESA = new AgencyId("esa");
    public static final AgencyId JAXA = new AgencyId("jaxa");

    private Samples() {}

    /** Two agencies, NASA and ESA. */
    public static Agencies agencies() {
        return new Agencies(List.of(nasa(), esa()));
    }

    /** These two and JAXA, so that each may have two partners. */
    public static Agencies threeAgencies() {
        return new Agencies(List.of(
                nasa(),
                esa(),
                new Agency(JAXA, "Japan Aerospace Exploration Agency", List.of(new Namespace("urn:jaxa:darts:")))));
    }

    /** Owns {@code urn:nasa:pds:}. */
    public static Agency nasa() {
        return new Agency(
                NASA, "National Aeronautics and Space Administration", List.of(new Namespace("urn:nasa:pds:")));
    }

    /** Owns {@code urn:esa:psa:}. */
    public static Agency esa() {
        return new Agency(ESA, "European Space Agency", List.of(new Namespace("urn:esa:psa:")));
    }

    /** The topics of {@link #agencies}, with two partitions and one copy. */
    public static Topics topics() {
        return new Topics(agencies(), 2, (short) 1);
    }

    /**
     * The settings of a service against these servers.
     *
     * @param kafka the client's settings, as {@link EmbeddedKafka#clientConfig(String)} gives them
     * @param ours further settings and others than the defaults, with their full names
     */
    public static ServiceConfig serviceConfig(Map<String, String> kafka, Map<String, String> ours) {
        var settings = new java.util.HashMap<>(kafka);
        settings.putAll(ours);
        return ServiceConfig.of("the test's settings", settings);
    }

    public static Lidvid id(String lid, String vid) {
        return new Lidvid(new Lid(lid), Vid.parse(vid));
    }

    /** An image of Mars from 2026-01-01, 10:00 to 10:01 UTC. */
    public static ProductDescription aProduct(String lid, String vid) {
        return aProduct(lid, vid, "An image of Mars, " + lid);
    }

    /** As {@link #aProduct(String, String)}; other text means other content. */
    public static ProductDescription aProduct(String lid, String vid, String title) {
        return new ProductDescription(
                id(lid, vid),
                "Product_Observational",
                title,
                "1.22.0.0",
                "What the camera saw.",
                "Calibrated",
                Instant.parse("2026-01-01T10:00:00Z"),
                Instant.parse("2026-01-01T10:01:00Z"),
                List.of(
                        new ContextReference(
                                ContextReference.Role.INVESTIGATION,
                                "Mars 2020 Perseverance Rover Mission",
                                new Lid("urn:nasa:pds:context:investigation:mission.mars2020")),
                        new ContextReference(
                                ContextReference.Role.TARGET,
                                "Mars",
                                new Lid("urn:nasa:pds:context:target:planet.mars"))),
                List.of("mars"),
                null,
                new ProductDescription.Label("image.xml", 4_000, ContentHash.of(title)),
                List.of(new DataFile("image.img", 1_048_576L, "0123456789abcdef0123456789abcdef")));
    }

    /** A statement of an automatic pipeline. */
    public static Command.Statement statement(String commandId) {
        return new Command.Statement(commandId, "pipeline", "the plan says so");
    }

    /** A product whose existence is public, under these terms. */
    public static Command.Announce announce(String lid, String vid, ReleaseTerms terms) {
        return announce(aProduct(lid, vid), terms, Existence.PUBLIC);
    }

    public static Command.Announce announce(ProductDescription product, ReleaseTerms terms, Existence existence) {
        return new Command.Announce(statement("announce-" + product.id()), product, terms, existence, null);
    }

    public static Command.Reschedule reschedule(String lid, String vid, ReleaseTerms terms) {
        return new Command.Reschedule(statement("reschedule-" + lid), id(lid, vid), terms);
    }

    public static Command.Withdraw withdraw(String lid, String vid) {
        return new Command.Withdraw(statement("withdraw-" + lid), id(lid, vid));
    }

    public static Command.Waive waive(String lid, String vid) {
        return new Command.Waive(statement("waive-" + lid), id(lid, vid));
    }

    public static Command.StateFact fact(String lid, String vid, Facts.Kind kind, Instant at) {
        return new Command.StateFact(statement("fact-" + lid), id(lid, vid), kind, at);
    }

    public static ReleaseTerms byPolicy() {
        return new ReleaseTerms.ByPolicy();
    }

    public static ReleaseTerms atOnce() {
        return new ReleaseTerms.AtOnce();
    }

    public static ReleaseTerms at(Instant instant) {
        return new ReleaseTerms.FixedDate(instant);
    }

    /** At this instant, such as {@code 2026-03-01T00:00:00Z}. */
    public static ReleaseTerms at(String instant) {
        return at(Instant.parse(instant));
    }

    /** The command as it stands in a command topic. */
    public static Input.Said said(Command command, Instant carriedClock) {
        return new Input.Said(command.id().lid(), carriedClock, command);
    }
}
