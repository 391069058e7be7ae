package space.halley.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.DataFile;
import space.halley.domain.Existence;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.Vid;
import space.halley.schemas.Input;
import space.halley.schemas.RecordCodec;

/**
 * Announcements of 1 KB (those of held products exactly) as an agency sends them: an image with its mission, spacecraft, instrument and target, one data
 * file, and checksums that do not compress. The n-th is the same in every run.
 */
final class Announcements {
    static final int BYTES = 1_024;

    private static final Instant TAKEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String WORDS = "Calibrated image of the delta front, taken by the left camera on the mast"
            + " through filter L0 with the sun low in the west; radiance corrected, zenith scaled, not mosaicked. ";

    private final RecordCodec<Input> codec;
    private final String namespace;
    private final int descriptionLength;

    Announcements(RecordCodec<Input> codec) {
        this(codec, Site.NAMESPACE);
    }

    /** @param namespace as long as {@link Site#NAMESPACE} */
    Announcements(RecordCodec<Input> codec, String namespace) {
        this.codec = codec;
        this.namespace = namespace;
        var without = codec.encode(said(0, WORDS, new ReleaseTerms.FixedDate(TAKEN), TAKEN)).length - WORDS.length();
        this.descriptionLength = BYTES - without;
    }

    /** The n-th product's identifier, of the same length for all. */
    static Lid lid(int n) {
        return lid(Site.NAMESPACE, n);
    }

    private static Lid lid(String namespace, int n) {
        return new Lid(String.format(Locale.ROOT, "%smars2020_mastcamz:data:zl0_%08d", namespace, n));
    }

    /** The n-th product's identifier in this namespace. */
    Lid ownLid(int n) {
        return lid(namespace, n);
    }

    static Lidvid lidvid(int n) {
        return new Lidvid(lid(n), new Vid(1, 0));
    }

    /**
     * The n-th announcement's bytes.
     *
     * @param issuedAt the agency's clock; the earlier of it and the broker's counts
     */
    byte[] encoded(int n, ReleaseTerms terms, Instant issuedAt) {
        return codec.encode(said(n, WORDS.repeat(8).substring(0, descriptionLength), terms, issuedAt));
    }

    private Input said(int n, String description, ReleaseTerms terms, Instant issuedAt) {
        var random = new SplittableRandom(n);
        var number = String.format(Locale.ROOT, "%08d", n);
        var start = TAKEN.plusSeconds(n);
        var product = new ProductDescription(
                new Lidvid(ownLid(n), new Vid(1, 0)),
                "Product_Observational",
                "Mastcam-Z image " + number,
                "1.22.0.0",
                description,
                "Calibrated",
                start,
                start.plus(250, ChronoUnit.MILLIS),
                List.of(
                        context(
                                ContextReference.Role.INVESTIGATION,
                                "Mars 2020 Perseverance Rover Mission",
                                "investigation:mission.mars2020"),
                        context(ContextReference.Role.HOST, "Mars 2020 Rover", "instrument_host:spacecraft.mars2020"),
                        context(ContextReference.Role.INSTRUMENT, "Mastcam-Z", "instrument:mars2020.mastcamz"),
                        context(ContextReference.Role.TARGET, "Mars", "target:planet.mars")),
                List.of("delta"),
                null,
                new ProductDescription.Label("zl0_" + number + ".xml", 14_321, new ContentHash(hex(random, 64))),
                List.of(new DataFile("zl0_" + number + ".img", 3_670_016L, hex(random, 32))));
        var statement = new Command.Statement("bench-" + number, "pipeline", "");
        return new Input.Said(
                product.id().lid(), issuedAt, new Command.Announce(statement, product, terms, Existence.HIDDEN, null));
    }

    private static ContextReference context(ContextReference.Role role, String name, String id) {
        return new ContextReference(role, name, new Lid("urn:nasa:pds:context:" + id));
    }

    private static String hex(SplittableRandom random, int digits) {
        var text = new StringBuilder(digits);
        while (text.length() < digits) {
            text.append(String.format(Locale.ROOT, "%016x", random.nextLong()));
        }
        return text.toString();
    }
}
