package space.halley.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import space.halley.audit.Appended;
import space.halley.audit.Liveness;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;
import space.halley.testkit.SimulatedClock;
import space.halley.testkit.promises.RandomHistory;

/**
 * One lane in one partition under a scheduler that a seed drives: inputs are appended early, late, twice and in another order;
 * the clocks of host and broker jump, drift and disagree, and stay wrong until somebody sets them right; the fences that the
 * lane asks for come late, twice, from an instance that died, or not at all; and the lane dies at any moment, also between two
 * writes of one decision, while it restores its stores, and again before it has done anything. What it wrote since its last
 * commit is then aborted: it stays in the log physically, and the next instance begins with the stores that the committed
 * changes give, and its place in the log.
 *
 * <p>Promises are checked at every record that is written, as far as one record can break them; after every step of the lane, on what
 * is written by then, committed or not, as far as work that is half done keeps them; and all of them at every commit. If work is
 * half done there, an instance that takes over from there ends it for the check; and at every fourth commit or so one reads on
 * to a fence behind everything, which opens all that ever opens. That must lead to the decisions that the log gives, as
 * anything else would be a state that only luck repairs.
 *
 * <p>The lane is the real one; only Kafka is not. The same seed gives the same run.
 */
final class LaneSimulation {
    private static final int INPUTS = 120;
    private static final int[] BUDGETS = {1, 7, Integer.MAX_VALUE};
    private static final int MOST_STEPS_TO_QUIET = 20_000;
    private static final int MOST_STEPS_OF_AN_HEIR = 1_000;
    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final Random random;

    /** Of its own, so that what is drawn for a death in the middle of a step does not change what comes in. */
    private final Random faults;

    private final Codecs codecs = Codecs.over(new FakeSchemas());
    private final SimulatedClock time;
    private final LaneSimulationClock broker;
    private final LaneSimulationClock host;
    private final Path folder;
    private final Predicate<String> loses;
    private final int drainBudget;
    private final int scanBudget;
    private final List<String> events = new ArrayList<>();

    /** Inputs that somebody will append. */
    private final List<Appended> coming;

    private final LaneSimulationEvidence evidence = new LaneSimulationEvidence(codecs);
    private final LaneSimulationChangelog changelog = new LaneSimulationChangelog();
    private final List<Proposal> proposals = new ArrayList<>();
    private int instances;
    private long nanos;
    private LaneSimulationInstance lane;

    /** A fence that was asked for and is under way. */
    private record Proposal(String name, long number, Instant clock) {}

    LaneSimulation(long seed, Path folder) {
        this(seed, folder, sink -> false);
    }

    /** @param loses takes the sinks of what the lane writes one after the other, and says which record does not arrive */
    LaneSimulation(long seed, Path folder, Predicate<String> loses) {
        this.random = new Random(seed);
        this.faults = new Random(~seed);
        this.folder = folder;
        this.loses = loses;
        this.drainBudget = BUDGETS[random.nextInt(BUDGETS.length)];
        this.scanBudget = BUDGETS[random.nextInt(BUDGETS.length)];
        this.coming = new ArrayList<>(RandomHistory.ofOneLane(seed, INPUTS, codecs));
        this.time = new SimulatedClock(coming.getFirst().appendTime());
        this.broker = new LaneSimulationClock(time);
        this.host = new LaneSimulationClock(time);
        note("seed " + seed + ", drain budget " + drainBudget + ", scan budget " + scanBudget);
        this.lane = start();
    }

    /** All that happened, for whoever must understand a failure. */
    String story() {
        return String.join("\n  ", events);
    }

    /** Runs to the end and returns the violations. */
    List<String> run() {
        while (!coming.isEmpty()) {
            step();
        }
        note("the faults stop; time passes beyond most instants");
        broker.setRight();
        host.setRight();
        time.step(Duration.ofDays(3));
        settle();
        commit();
        var violations = new ArrayList<>(evidence.brokenWhenDone(lane.position()));
        violations.addAll(new Liveness(broker.instant(), Duration.ZERO)
                .violations(evidence.recording(evidence.log(), List.of())));
        return violations;
    }

    private void step() {
        time.step(Duration.ofMillis(faults.nextInt(40)));
        broker.drift();
        host.drift();
        switch (random.nextInt(21)) {
            case 0, 1, 2, 3, 4, 5 -> append();
            case 6, 7, 8, 9, 10, 11 -> {
                var most = 1 + random.nextInt(6);
                mayDie(() -> lane.process(most));
            }
            case 12, 13, 14 -> mayDie(() -> lane.tick());
            case 15, 16 -> fence();
            case 17, 18 -> commit();
            case 19 -> clocks();
            default -> restart();
        }
        // Kafka Streams does it soon, not at once.
        if (lane.asksForCommit() && faults.nextBoolean()) {
            commit();
        }
    }

    /** With what the lane has written and not committed, as the next commit would have it. */
    private void checkStep() {
        var violations = evidence.brokenAtAnyTime(lane.position(), lane.uncommitted());
        if (!violations.isEmpty()) {
            throw new AssertionError(
                    "after the step to offset " + lane.position() + ":\n  " + String.join("\n  ", violations));
        }
    }

    /** Now and then the lane dies at one of the first writes of what it is about to do. */
    private void mayDie(Runnable work) {
        lane.liveFor(faults.nextInt(8) == 0 ? faults.nextInt(15) : FOR_EVER);
        try {
            work.run();
            lane.liveFor(FOR_EVER);
        } catch (LaneSimulationInstance.Death e) {
            lane.died();
            abort(lane, "in the middle of a step");
            lane = start();
        }
        checkStep();
    }

    /** One of the next few inputs: what different publishers send arrives in any order. */
    private void append() {
        for (var count = 1 + random.nextInt(4); count > 0 && !coming.isEmpty(); count--) {
            var input = coming.remove(random.nextInt(Math.min(3, coming.size())));
            time.set(input.appendTime());
            append(input.key(), input.value());
        }
    }

    private void append(byte @Nullable [] key, byte @Nullable [] value) {
        note("append " + evidence.log().size() + " at " + broker.instant() + ": " + shown(value));
        evidence.append(key, value, broker.instant());
    }

    private String shown(byte @Nullable [] value) {
        var text = String.valueOf(codecs.commands().decode(value));
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    /** A fence arrives, or arrives and comes once more later, or is lost. */
    private void fence() {
        if (proposals.isEmpty()) {
            return;
        }
        var proposal = proposals.get(random.nextInt(proposals.size()));
        switch (random.nextInt(6)) {
            case 0 -> {
                note("a fence is lost");
                proposals.remove(proposal);
            }
            case 1 -> write(proposal);
            default -> {
                proposals.remove(proposal);
                write(proposal);
            }
        }
    }

    private void write(Proposal proposal) {
        append(null, codecs.commands().encode(new Input.Fence(proposal.clock(), proposal.name(), proposal.number())));
    }

    /** Somebody sets both clocks right; or something happens to one of them, or to both alike. */
    private void clocks() {
        if (random.nextInt(3) == 0) {
            broker.setRight();
            host.setRight();
        } else {
            var disturbed = random.nextBoolean() ? broker : host;
            disturbed.disturb(random);
            if (random.nextInt(4) == 0) {
                (disturbed == broker ? host : broker).setBy(disturbed);
            }
        }
        note("clocks at " + time.instant() + ": broker " + broker + ", host " + host);
    }

    private void restart() {
        if (random.nextInt(3) == 0) {
            commit();
            note("the lane ends in order");
        } else {
            abort(lane, "between two steps");
        }
        lane = start();
        checkStep();
    }

    /** The next instance; but it may die while it restores, or before it has done much, and so may the one after it. */
    private LaneSimulationInstance start() {
        while (true) {
            var name = "instance-" + instances++;
            try {
                var started = instance(
                        settings(
                                proposer(name, proposals::add),
                                drainBudget,
                                scanBudget,
                                () -> nanos += faults.nextInt(3_000_000)),
                        evidence.log(),
                        faults.nextInt(6) == 0 ? faults.nextInt(40) : FOR_EVER,
                        this::note);
                note(name + " starts at offset " + started.position());
                switch (faults.nextInt(10)) {
                    case 0 -> abort(started, "before it has done anything");
                    case 1 -> {
                        started.tick();
                        abort(started, "after its first look");
                    }
                    default -> {
                        return started;
                    }
                }
            } catch (LaneSimulationInstance.Death e) {
                note(name + " dies while it restores");
            }
        }
    }

    private LaneSimulationInstance instance(
            LaneSettings settings, List<Appended> log, int actsToLive, Consumer<String> notes) {
        return new LaneSimulationInstance(settings, changelog, log, folder, actsToLive, loses, notes);
    }

    private LaneSettings settings(FenceProposer proposer, int drain, int scan, LongSupplier nanoClock) {
        return new LaneSettings(
                Samples.nasa(),
                codecs,
                1,
                host,
                nanoClock,
                proposer,
                new Budget(drain, LaneSettings.BUDGET.time()),
                new Budget(scan, LaneSettings.SCAN_BUDGET.time()),
                Set.of(Samples.ESA, Samples.JAXA),
                new LaneGauges(),
                new Turns());
    }

    private FenceProposer proposer(String name, Consumer<Proposal> into) {
        return new FenceProposer() {
            @Override
            public void propose(int partition, long number) {
                into.accept(new Proposal(name, number, host.instant()));
            }

            @Override
            public String name() {
                return name;
            }
        };
    }

    private void abort(LaneSimulationInstance dead, String when) {
        note("the lane dies " + when + "; " + dead.uncommitted().size() + " records are aborted");
        evidence.abort(dead.uncommitted());
    }

    private void commit() {
        if (!lane.hasNews()) {
            return;
        }
        var records = lane.commit();
        note("commit at offset " + lane.position() + " with " + records.size() + " records"
                + (lane.hasUnfinished() ? ", with work begun" : ""));
        evidence.commit(records);
        var violations = new ArrayList<String>();
        var read = evidence.log().subList(0, lane.position());
        if (lane.hasUnfinished()) {
            violations.addAll(evidence.brokenAtAnyTime(lane.position(), List.of()));
            violations.addAll(brokenByAnHeirOf(read));
        } else {
            violations.addAll(evidence.brokenWhenDone(lane.position()));
        }
        if (faults.nextInt(4) == 0) {
            violations.addAll(brokenByAnHeirOf(evidence.logAnd(fenceInTheEnd())));
        }
        if (!violations.isEmpty()) {
            throw new AssertionError(
                    "at the commit at offset " + lane.position() + ":\n  " + String.join("\n  ", violations));
        }
    }

    /** A fence that opens everything that ever opens, and so finds every timer. */
    private Input.Fence fenceInTheEnd() {
        return new Input.Fence(time.instant().plus(Duration.ofDays(365_000)), "end", 1);
    }

    /**
     * How promises were broken if the lane died now and another ended what is begun, and read on; nothing of that comes to
     * stay.
     *
     * @param log as far as the other reads it
     */
    private List<String> brokenByAnHeirOf(List<Appended> log) {
        var story = new ArrayList<String>();
        var settings = settings(proposer("heir", proposal -> {}), FOR_EVER, FOR_EVER, () -> 0);
        var heir = instance(settings, log, FOR_EVER, story::add);
        heir.process(FOR_EVER);
        for (var ticks = 0; heir.hasUnfinished(); ticks++) {
            if (ticks == MOST_STEPS_OF_AN_HEIR) {
                return List.of("whoever takes over here does not come to an end");
            }
            heir.tick();
        }
        var violations = evidence.brokenWhenDone(log, heir.uncommitted());
        if (!violations.isEmpty()) {
            note("if another takes over and reads up to offset " + log.size() + ", it writes");
            events.addAll(story);
        }
        return violations;
    }

    private void settle() {
        for (var step = 0; step < MOST_STEPS_TO_QUIET; step++) {
            lane.process(FOR_EVER);
            lane.tick();
            if (proposals.isEmpty() && lane.isCaughtUp()) {
                time.step(Duration.ofSeconds(6));
                lane.tick();
                if (proposals.isEmpty() && lane.isIdle()) {
                    return;
                }
            }
            while (!proposals.isEmpty()) {
                write(proposals.removeFirst());
            }
            if (lane.asksForCommit()) {
                commit();
            }
        }
        throw new AssertionError("the lane does not come to rest");
    }

    private void note(String event) {
        events.add(event);
    }
}
