package space.halley.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that is decided of one logical identifier. At most one of its versions is held.
 *
 * @param publicRevision how many public records the product has; the next one has this number plus one
 * @param versions ascending by version
 */
public record Product(Lid lid, int publicRevision, List<Version> versions) {

    /**
     * One version.
     *
     * @param firstOffset the offset of the announcement that was accepted, from which its receipt is derived
     */
    public record Version(
            Vid vid, ContentHash content, ReleaseTerms announcedTerms, long firstOffset, VersionState state) {}

    public Product {
        versions = versions.stream().sorted(Comparator.comparing(Version::vid)).toList();
    }

    /** The product before anything was said of it. */
    public static Product unknown(Lid lid) {
        return new Product(lid, 0, List.of());
    }

    /** The version of that number. */
    public Optional<Version> version(Vid vid) {
        return versions.stream().filter(version -> version.vid().equals(vid)).findFirst();
    }

    /** The version that is held, if one is. */
    public Optional<Version> held() {
        return versions.stream()
                .filter(version -> version.state() instanceof VersionState.Held)
                .findFirst();
    }

    /** The release instant of the held version, if one is held. */
    public Optional<Instant> nextRelease() {
        return held().map(
                        version -> ((VersionState.Held) version.state()).plan().releaseAt());
    }

    Product with(Version changed) {
        var all = new ArrayList<>(versions);
        all.removeIf(version -> version.vid().equals(changed.vid()));
        all.add(changed);
        return new Product(lid, publicRevision, all);
    }

    Product with(Vid vid, VersionState state) {
        var old = version(vid).orElseThrow();
        return with(new Version(vid, old.content(), old.announcedTerms(), old.firstOffset(), state));
    }

    Product withPublicRevision(int revision) {
        return new Product(lid, revision, versions);
    }
}
