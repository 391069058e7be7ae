package space.halley.streams;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import space.halley.domain.Agency;
import space.halley.schemas.Codecs;

/**
 * What a lane's processors work with.
 *
 * @param partitions of the command topic
 * @param clock the local clock, which only proposes
 * @param nanoClock measures how long a step takes
 */
record LaneSettings(
        Agency agency,
        Codecs codecs,
        int partitions,
        InstantSource clock,
        LongSupplier nanoClock,
        FenceProposer proposer,
        Budget budget,
        LaneGauges gauges) {

    /** A step ends after this much, so that a thread with several tasks stays far below the transaction timeout. */
    static final Budget BUDGET = new Budget(5_000, Duration.ofMillis(100));
}
