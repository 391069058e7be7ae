package space.halley.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is decided of one logical identifier. At most one of its versions is held.
 *
 * @param publicRevision how many public records the product has; the next one has this number plus one
 * @param versions ascending by version
 */
public record Product(Lid lid, int publicRevision, List<Version> versions) {

    private static final Comparator<Version> BY_VID = Comparator.comparing(Version::vid);

    /** One version: what was announced of it, and where it stands. */
    public record Version(Vid vid, Announced announced, VersionState state) {}

    /**
     * What the first accepted announcement of a version said. The same again is a repetition, anything else a conflict.
     *
     * @param reception when the data were received on Earth, as the announcement said; null if it did not
     * @param firstOffset the offset of the announcement, from which its receipt is derived
     */
    public record Announced(
            ContentHash content,
            ReleaseTerms terms,
            Existence existence,
            boolean planetaryDefence,
            @Nullable Instant reception,
            long firstOffset) {
        static Announced of(Command.Announce announce, long offset) {
            return new Announced(
                    announce.product().contentHash(),
                    announce.terms(),
                    announce.existence(),
                    announce.planetaryDefence(),
                    announce.reception(),
                    offset);
        }
    }

    public Product {
        var sorted = new ArrayList<>(versions);
        sorted.sort(BY_VID);
        versions = List.copyOf(sorted);
    }

    /** The product before anything was said of it. */
    public static Product unknown(Lid lid) {
        return new Product(lid, 0, List.of());
    }

    /** The version of that number. */
    public Optional<Version> version(Vid vid) {
        for (var version : versions) {
            if (version.vid().equals(vid)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** The version that is held, if one is. */
    public Optional<Version> held() {
        for (var version : versions) {
            if (version.state() instanceof VersionState.Held) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** Whether a version is public, or was. */
    boolean wasPublic() {
        return versions.stream()
                .map(Version::state)
                .anyMatch(state -> state instanceof VersionState.Public || state instanceof VersionState.Retracted);
    }

    /** The next instant at which something of the product opens, to partners or to everyone. */
    public Optional<Instant> next() {
        return held().flatMap(version -> ((VersionState.Held) version.state()).next());
    }

    Product with(Version changed) {
        var all = new ArrayList<>(versions);
        all.removeIf(version -> version.vid().equals(changed.vid()));
        all.add(changed);
        return new Product(lid, publicRevision, all);
    }

    Product with(Vid vid, VersionState state) {
        return with(new Version(vid, version(vid).orElseThrow().announced(), state));
    }

    Product withPublicRevision(int revision) {
        return new Product(lid, revision, versions);
    }
}
