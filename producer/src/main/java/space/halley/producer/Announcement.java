package space.halley.producer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Command;
import space.halley.domain.Existence;
import space.halley.domain.ProductDescription;
import space.halley.domain.ReleaseTerms;

/**
 * What an agency says of a product when it announces it. Start with {@link #of} and add what is known.
 *
 * @param archiveReleaseDate when the agency's own archive made it public; null if it did not before now
 * @param reception when the data were received on Earth, which labels do not say; null if it is not known
 * @param planetaryDefence whether it warns of an object that may hit Earth; then it is public at once, whatever the terms
 */
public record Announcement(
        ProductDescription product,
        ReleaseTerms terms,
        Existence existence,
        @Nullable Instant archiveReleaseDate,
        @Nullable Instant reception,
        boolean planetaryDefence) {

    /** A product that is released under these terms, and of which no more is known than its label says. */
    public static Announcement of(ProductDescription product, ReleaseTerms terms, Existence existence) {
        return new Announcement(product, terms, existence, null, null, false);
    }

    /** The same, released by the agency's own archive then. */
    public Announcement releasedByArchive(@Nullable Instant at) {
        return new Announcement(product, terms, existence, at, reception, planetaryDefence);
    }

    /** The same, received on Earth then. */
    public Announcement received(@Nullable Instant at) {
        return new Announcement(product, terms, existence, archiveReleaseDate, at, planetaryDefence);
    }

    /** The same, marked as a matter of planetary defence, or not. */
    public Announcement planetaryDefence(boolean warns) {
        return new Announcement(product, terms, existence, archiveReleaseDate, reception, warns);
    }

    /** The command that says so. */
    public Command.Announce in(Command.Statement statement) {
        return new Command.Announce(
                statement, product, terms, existence, archiveReleaseDate, reception, planetaryDefence);
    }
}
