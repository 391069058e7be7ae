package space.halley.producer.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Existence;
import space.halley.domain.ReleaseTerms;

/**
 * How products are announced: under the terms of the command line, else by the agency's policy; a past release under its
 * own date, so that it is public at once.
 *
 * @param terms of the command line; null if it names none
 * @param now the command's instant, the same for all products
 */
record Announcing(@Nullable ReleaseTerms terms, Existence existence, Instant now) {

    /** @param archiveReleaseDate when the agency's archive released it; null if it did not yet, or the date is unknown */
    record Plan(
            ReleaseTerms terms,
            Existence existence,
            @Nullable Instant archiveReleaseDate) {}

    Plan plan(Item item) {
        if (!item.historic()) {
            return new Plan(terms == null ? new ReleaseTerms.ByPolicy() : terms, existence, null);
        }
        var date = item.releasedAt();
        if (date == null) {
            return new Plan(new ReleaseTerms.AtOnce(), existence, null);
        }
        return new Plan(new ReleaseTerms.FixedDate(date), existence, date.isAfter(now) ? null : date);
    }
}
