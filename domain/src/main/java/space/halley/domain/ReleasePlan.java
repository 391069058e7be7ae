package space.halley.domain;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When a held version is to be released, and why then.
 *
 * @param releaseAt the release instant in force
 * @param schedule counts the changes of the instant, from 1; a timer of another schedule is stale
 * @param armedAt the offset of the command that set the instant; only a fence behind it can release
 * @param explanation one sentence for people
 */
public record ReleasePlan(Instant releaseAt, int schedule, long armedAt, String explanation) {

    /** Whether this fence opens the version. */
    boolean isDueAt(Cause fence) {
        return armedAt < fence.offset() && !releaseAt.isAfter(fence.watermark());
    }

    /**
     * The release instant that terms give for a product delivered at {@code delivery}: the later of the embargo's end
     * and the delivery.
     *
     * @return null if the terms count from the acquisition's end and the label does not say when that was
     */
    static @Nullable Timing timing(ReleaseTerms terms, ProductDescription product, Instant delivery) {
        return switch (terms) {
            case ReleaseTerms.AtOnce atOnce -> new Timing(delivery, delivery, "public as soon as delivered");
            case ReleaseTerms.FixedDate date -> Timing.of(date.releaseAt(), delivery, "fixed release date");
            case ReleaseTerms.ExclusivePeriod exclusive -> {
                var start =
                        switch (exclusive.anchor()) {
                            case ACQUISITION_STOP -> product.acquisitionEnd();
                            case DELIVERY -> delivery;
                        };
                if (start == null) {
                    yield null;
                }
                var end =
                        start.atOffset(ZoneOffset.UTC).plus(exclusive.period()).toInstant();
                var what =
                        switch (exclusive.anchor()) {
                            case ACQUISITION_STOP -> "the end of the acquisition";
                            case DELIVERY -> "delivery";
                        };
                yield Timing.of(
                        end, delivery, "exclusive period " + exclusive.period() + " since " + what + ", " + start);
            }
        };
    }

    /**
     * @param embargoEnd the instant that the terms alone give
     * @param releaseAt the later of that and the delivery
     */
    record Timing(Instant embargoEnd, Instant releaseAt, String rule) {
        static Timing of(Instant embargoEnd, Instant delivery, String rule) {
            return new Timing(embargoEnd, Instants.later(embargoEnd, delivery), rule);
        }

        /** Whether the delivery came after the embargo's end. */
        boolean late() {
            return releaseAt.isAfter(embargoEnd);
        }

        String explanation() {
            return late() ? rule + "; ended " + embargoEnd + ", delivered late" : rule;
        }
    }
}
