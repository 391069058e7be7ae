package space.halley.producer.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Existence;
import space.halley.domain.ProductDescription;
import space.halley.domain.ReleaseTerms;
import space.halley.producer.Announcement;

/**
 * How products are announced: under the terms of the command line, else by the agency's policy; a past release under its
 * own date, so that it is public at once.
 *
 * @param terms of the command line; null if it names none
 * @param reception when the data were received on Earth; null if the command line does not say
 * @param now the command's instant, the same for all products
 */
record Announcing(
        @Nullable ReleaseTerms terms,
        Existence existence,
        @Nullable Instant reception,
        boolean planetaryDefence,
        Instant now) {

    Announcement of(ProductDescription product, Item item) {
        if (!item.historic()) {
            var chosen = terms == null ? new ReleaseTerms.ByPolicy() : terms;
            return Announcement.of(product, chosen, existence)
                    .received(reception)
                    .planetaryDefence(planetaryDefence);
        }
        var date = item.releasedAt();
        if (date == null) {
            return Announcement.of(product, new ReleaseTerms.AtOnce(), existence);
        }
        return Announcement.of(product, new ReleaseTerms.FixedDate(date), existence)
                .releasedByArchive(date.isAfter(now) ? null : date);
    }
}
