package space.halley.streams;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.schemas.Codecs;

/**
 * What a lane's processors work with.
 *
 * @param partitions of the command topic
 * @param clock the local clock, which only proposes
 * @param nanoClock measures how long a step takes
 * @param budget of one step of a drain, where the thread has few tasks ({@link Budget#shared})
 * @param scanBudget of one step of the evaluation of held products under a new policy; smaller, because releases come first
 * @param turns of the stream thread, of which a lane has one
 * @param partners the other agencies of the installation, with whom products can be shared
 */
record LaneSettings(
        Agency agency,
        Codecs codecs,
        int partitions,
        InstantSource clock,
        LongSupplier nanoClock,
        FenceProposer proposer,
        Budget budget,
        Budget scanBudget,
        Set<AgencyId> partners,
        LaneGauges gauges,
        Turns turns) {

    /** A step ends after this much, so that a thread with several tasks stays far below the transaction timeout. */
    static final Budget BUDGET = new Budget(5_000, Duration.ofMillis(100));

    /**
     * Short, because what is due waits for the steps of all tasks of the thread: a fence is asked for, read and committed
     * between them, so a release is late by three rounds of such steps or so.
     */
    static final Budget SCAN_BUDGET = new Budget(1_000, Duration.ofMillis(5));
}
