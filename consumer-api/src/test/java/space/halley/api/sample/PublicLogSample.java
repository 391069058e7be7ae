package space.halley.api.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import space.halley.api.catalogue.LogRecord;
import space.halley.api.index.Position;
import space.halley.domain.AgencyId;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.ContextReference.Role;
import space.halley.domain.DataFile;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.PublicEvent;

/** Writes a public log in memory, with as many partitions as asked for; a product stays in its partition. */
public final class PublicLogSample {
    /** When the first record was appended; the next ones follow a second apart. */
    public static final Instant FIRST_APPEND = Instant.parse("2026-03-01T12:00:00Z");

    private final int partitions;
    private final List<LogRecord> records = new ArrayList<>();
    private final Map<Integer, Long> next = new HashMap<>();
    private final Map<Lidvid, Integer> revisions = new HashMap<>();

    public PublicLogSample(int partitions) {
        this.partitions = partitions;
    }

    /** Everything written so far, in the order of writing. */
    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** The place behind everything written so far. */
    public Position end() {
        return Position.of(next);
    }

    /** Appends a release. */
    public LogRecord released(ProductDescription product) {
        return released(product, null);
    }

    /** Appends a release of what the agency's archive had made public before. */
    public LogRecord released(ProductDescription product, @Nullable Instant archived) {
        var at = nextAppend();
        return append(
                product.id(),
                new PublicEvent.Released(at, at, "released at once", false, Optional.ofNullable(archived), product));
    }

    /** Appends an announcement. */
    public LogRecord announced(String lidvid, Instant planned, ContextReference... context) {
        return append(
                Lidvid.parse(lidvid), new PublicEvent.Announced(planned, "Product_Observational", List.of(context)));
    }

    /** Appends a cancellation. */
    public LogRecord cancelled(String lidvid) {
        return append(Lidvid.parse(lidvid), new PublicEvent.Cancelled());
    }

    /** Appends a retraction. */
    public LogRecord retracted(String lidvid, String reason) {
        return append(Lidvid.parse(lidvid), new PublicEvent.Retracted(reason));
    }

    /** Lets a commit marker take an offset, as a transaction does. */
    public void marker(int partition) {
        next.merge(partition, 1L, Long::sum);
    }

    private LogRecord append(Lidvid id, PublicEvent.News news) {
        var partition = Math.floorMod(id.lid().value().hashCode(), partitions);
        var offset = next.getOrDefault(partition, 0L);
        var revision = revisions.merge(id, 1, Integer::sum);
        var agency = id.lid().value().startsWith("urn:esa:") ? "esa" : "nasa";
        var logged = new LogRecord(
                partition, offset, nextAppend(), new PublicEvent(new AgencyId(agency), id, revision, news));
        next.put(partition, offset + 1);
        records.add(logged);
        return logged;
    }

    private Instant nextAppend() {
        return FIRST_APPEND.plus(Duration.ofSeconds(records.size()));
    }

    /** A reference with a name alone, or with a context identifier. */
    public static ContextReference reference(Role role, String name, @Nullable String lid) {
        return new ContextReference(role, name, lid == null ? null : new Lid(lid));
    }

    /** An image that InSight took of Mars. */
    public static ProductDescription marsImage(String lidvid, String title) {
        return product(
                lidvid,
                title,
                "2019-01-01T00:00:00Z",
                "2019-01-02T00:00:00Z",
                reference(Role.INVESTIGATION, "InSight", "urn:nasa:pds:context:investigation:mission.insight"),
                reference(Role.HOST, "InSight", "urn:nasa:pds:context:instrument_host:spacecraft.insight"),
                reference(
                        Role.INSTRUMENT,
                        "Instrument Deployment Camera (IDC)",
                        "urn:nasa:pds:context:instrument:idc.insight"),
                reference(Role.TARGET, "Mars", "urn:nasa:pds:context:target:planet.mars"));
    }

    /** A spectrum that OSIRIS-REx took of Bennu. */
    public static ProductDescription bennuSpectrum(String lidvid, String title) {
        return product(
                lidvid,
                title,
                "2020-06-01T00:00:00Z",
                "2020-06-03T00:00:00Z",
                reference(Role.INVESTIGATION, "OSIRIS-REx", "urn:nasa:pds:context:investigation:mission.orex"),
                reference(Role.HOST, "OSIRIS-REx", "urn:nasa:pds:context:instrument_host:spacecraft.orex"),
                reference(Role.INSTRUMENT, "OVIRS", "urn:nasa:pds:context:instrument:ovirs.orex"),
                reference(Role.TARGET, "(101955) Bennu", "urn:nasa:pds:context:target:asteroid.101955_bennu"));
    }

    /** A product with these references; null times for one that was not observed. */
    public static ProductDescription product(
            String lidvid, String title, @Nullable String start, @Nullable String stop, ContextReference... context) {
        return new ProductDescription(
                Lidvid.parse(lidvid),
                "Product_Observational",
                title,
                "1.22.0.0",
                "What the instrument saw.",
                "Calibrated",
                start == null ? null : Instant.parse(start),
                stop == null ? null : Instant.parse(stop),
                List.of(context),
                List.of("calibrated"),
                "10.17189/1520640",
                new ProductDescription.Label("label.xml", 1234, ContentHash.of(lidvid)),
                List.of(new DataFile("image.img", 4096L, "0123456789abcdef0123456789abcdef")));
    }
}
