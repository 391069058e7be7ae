package space.halley.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One record of the public log: something that everyone may know from the moment it is written.
 *
 * @param agency who speaks for the product
 * @param revision counts the product's public records, from 1, without gaps
 */
public record PublicEvent(AgencyId agency, Lidvid id, int revision, News news) {

    /** What happened. */
    public sealed interface News {}

    /** A held product, whose existence is public, is planned to be released; a later announcement replaces the plan. */
    public record Announced(Instant plannedReleaseAt, String productClass, List<ContextReference> context)
            implements News {
        public Announced {
            context = List.copyOf(context);
        }
    }

    /** An announced release will not happen. */
    public record Cancelled() implements News {}

    /**
     * The product is public.
     *
     * @param releasedAt when the broker appended the record that opened it: at or after the release instant in force
     * @param releaseAt the release instant that was in force
     * @param explanation the rule that held it until then
     * @param late whether the product was delivered after its embargo had ended
     * @param archiveReleaseDate when the agency's own archive made it public, where that was earlier
     */
    public record Released(
            Instant releasedAt,
            Instant releaseAt,
            String explanation,
            boolean late,
            Optional<Instant> archiveReleaseDate,
            ProductDescription product)
            implements News {}

    /** The product was public and has been taken back. */
    public record Retracted(String reason) implements News {}
}
