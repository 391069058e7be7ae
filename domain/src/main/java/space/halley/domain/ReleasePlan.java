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
     * The release instant that terms give: the later of the embargo's end and the delivery.
     *
     * @param deliveredAt when the product was delivered, by the later of the two clocks: an exclusive period must not end
     *     early because one of them is behind
     * @param watermark the instant that has certainly passed
     * @return null if the terms count from the acquisition's end and the label does not say when that was
     */
    static @Nullable Timing timing(
            ReleaseTerms terms, ProductDescription product, Instant deliveredAt, Instant watermark) {
        return switch (terms) {
            case ReleaseTerms.AtOnce atOnce -> new Timing(watermark, watermark, "public as soon as delivered");
            case ReleaseTerms.FixedDate date -> Timing.of(date.releaseAt(), watermark, "fixed release date");
            case ReleaseTerms.ExclusivePeriod exclusive -> {
                var start =
                        switch (exclusive.anchor()) {
                            case ACQUISITION_STOP -> product.acquisitionEnd();
                            case DELIVERY -> deliveredAt;
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
                        end, watermark, "exclusive period " + exclusive.period() + " since " + what + ", " + start);
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
