package space.halley.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a product beside its label, from its announcement or from later facts. A fact that is not there is not
 * known.
 *
 * @param acquisitionStop when the acquisition ended; stands above what the label says
 * @param reception when the data were received on Earth
 * @param review when the review that a rule asks for was passed
 */
public record Facts(Optional<Instant> acquisitionStop, Optional<Instant> reception, Optional<Instant> review) {
    /** Nothing is known. */
    public static final Facts NONE = new Facts(Optional.empty(), Optional.empty(), Optional.empty());

    /** The kinds of facts. */
    public enum Kind {
        ACQUISITION_STOP,
        RECEPTION,
        REVIEW
    }

    public Facts {
        acquisitionStop = acquisitionStop.map(at -> Instants.checked("acquisition_stop", at));
        reception = reception.map(at -> Instants.checked("reception", at));
        review = review.map(at -> Instants.checked("review", at));
    }

    /** The fact of that kind. */
    public Optional<Instant> get(Kind kind) {
        return switch (kind) {
            case ACQUISITION_STOP -> acquisitionStop;
            case RECEPTION -> reception;
            case REVIEW -> review;
        };
    }

    /** These facts and one more, which takes the place of an earlier one of its kind. */
    public Facts with(Kind kind, Instant at) {
        return switch (kind) {
            case ACQUISITION_STOP -> new Facts(Optional.of(at), reception, review);
            case RECEPTION -> new Facts(acquisitionStop, Optional.of(at), review);
            case REVIEW -> new Facts(acquisitionStop, reception, Optional.of(at));
        };
    }

    /**
     * With the reception that a higher version's announcement states. It moves what is known to a later instant, never to an
     * earlier one: that takes a fact, so that no corrected label undoes one. The same again as before is no correction.
     *
     * @param before what the announcement of the version before stated
     */
    Facts announced(@Nullable Instant now, @Nullable Instant before) {
        return now == null || (reception.isPresent() && now.equals(before))
                ? this
                : with(
                        Kind.RECEPTION,
                        reception.map(known -> Instants.later(known, now)).orElse(now));
    }

    /**
     * What holds for a higher version of the same product too: its instants. What was reviewed is this version. If the new
     * label corrects the end of the acquisition, the later of what it says and of the fact counts, so that nothing is released
     * earlier than either says.
     */
    Facts ofSuccessor(ProductDescription before, ProductDescription now) {
        var corrected = Optional.ofNullable(now.acquisitionEnd()).filter(end -> !end.equals(before.acquisitionEnd()));
        var stop = acquisitionStop.map(
                stated -> corrected.map(end -> Instants.later(stated, end)).orElse(stated));
        return new Facts(stop, reception, Optional.empty());
    }
}
