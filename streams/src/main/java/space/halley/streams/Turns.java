package space.halley.streams;

import java.util.HashSet;
import java.util.Set;

/**
 * How the partitions of one stream thread share its time: those that drain take a step each, and after such a round the
 * commands have theirs. Kafka Streams itself lets each overdue tick pass before it takes in another command, and steps make
 * every tick overdue; a partition that left out ticks on its own would leave its time to another one's step, not to commands.
 *
 * <p>It only says when what is decided is decided, never how. Safe for use by several threads, because one that dies may
 * still be closing its partitions while the next one begins.
 */
public final class Turns {
    private static final int NOBODY = -1;

    private final Set<Integer> draining = new HashSet<>();
    private final Set<Integer> scanning = new HashSet<>();
    /** Which have had their step in this round. */
    private final Set<Integer> stepped = new HashSet<>();
    /** Which have asked again in this round before all had theirs. */
    private final Set<Integer> refused = new HashSet<>();

    private boolean commandCame;
    /** Whose tick began the time of the commands, which ends with its next one. */
    private int waiting = NOBODY;

    /** A command has come since the round began, so more may wait. */
    public synchronized void commandCame() {
        commandCame = true;
    }

    /** Whether that partition may do a step of its drain at this tick. If not, it asks again at its next one. */
    public synchronized boolean mayStep(int partition) {
        if (waiting == NOBODY && commandCame && stepped.contains(partition)) {
            // Whoever has not had its step yet comes first, or one with unlucky ticks might never have it. That takes
            // no
            // longer than a tick.
            var all = stepped.containsAll(draining) || !refused.add(partition);
            waiting = all ? partition : NOBODY;
            return false;
        }
        if (waiting != NOBODY && waiting != partition) {
            return false;
        }
        if (stepped.contains(partition)) {
            nextRound();
        }
        stepped.add(partition);
        return true;
    }

    /** That partition has done a step without being asked; the commands have their time before another. */
    synchronized void steppedAtOnce(int partition) {
        stepped.add(partition);
        commandCame = true;
    }

    private void nextRound() {
        waiting = NOBODY;
        stepped.clear();
        refused.clear();
        commandCame = false;
    }

    /**
     * Notes whether a drain goes on in that partition.
     *
     * @return in how many partitions of the thread one does
     */
    public synchronized int drains(int partition, boolean goesOn) {
        if (!goesOn) {
            stepped.remove(partition);
            if (waiting == partition) {
                // It asks no more.
                nextRound();
            }
        }
        return noted(draining, partition, goesOn);
    }

    /**
     * Notes whether a scan goes on in that partition.
     *
     * @return in how many partitions of the thread one does
     */
    synchronized int scans(int partition, boolean goesOn) {
        return noted(scanning, partition, goesOn);
    }

    /** The partition is not worked on here any more. */
    void closed(int partition) {
        drains(partition, false);
        scans(partition, false);
    }

    private static int noted(Set<Integer> partitions, int partition, boolean goesOn) {
        if (goesOn) {
            partitions.add(partition);
        } else {
            partitions.remove(partition);
        }
        return partitions.size();
    }
}
