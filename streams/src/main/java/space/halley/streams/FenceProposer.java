package space.halley.streams;

/** Writes fences. Called on stream threads, so it returns at once and never fails: a fence that is lost is proposed again. */
interface FenceProposer {

    /** Writes a fence with the proposer's clock into this partition of the lane's command topic, some time soon. */
    void propose(int partition, long number);

    /** The name under which this proposer's fences come back; different for every start of every instance. */
    String name();
}
