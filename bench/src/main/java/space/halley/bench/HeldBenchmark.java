package space.halley.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import space.halley.streams.BoundedMemory;

/**
 * What many held products cost: the rate at which a lane takes in further ones, beside the same lane with few held; memory; and the
 * processor time of a lane that has nothing to do, beside one that holds nothing.
 *
 * <p>A rate is that of a lane which is started on a backlog, from the first commit that is seen to the last; so it begins
 * with cold caches, and nobody produces meanwhile.
 */
final class HeldBenchmark {
    private static final double TARGET = 0.7;
    private static final double MEGA = 1e6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SETTLED = Duration.ofSeconds(5);
    /** What one product takes on disk while it is held; as much as was seen, and a fifth. */
    private static final long BYTES_EACH = 2_400;

    private static final long BYTES_FREE = 2L << 30;

    private final Plan plan;
    private final InstantSource clock;
    private final Progress progress;

    /**
     * @param many held products
     * @param few held products
     * @param window commands that are measured
     * @param shuffled identifiers come in random order, which is the worst for the stores; otherwise they ascend
     * @param idle how long lanes are watched doing nothing, in each round
     */
    record Plan(int many, int few, int window, boolean shuffled, int rounds, Duration idle) {}

    private record Idle(double many, double none) {}

    HeldBenchmark(Plan plan, InstantSource clock, Progress progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    Report run() throws Exception {
        DiskSpace.require((plan.many + (plan.rounds + 1L) * plan.window) * BYTES_EACH + BYTES_FREE);
        var terms = new FarTerms(clock.instant());
        progress.now("held: warm-up with " + plan.few);
        var ofFew = new ArrayList<Memory>();
        few(terms, ofFew);
        try (var site = Site.open();
                var peak = new MemoryPeak()) {
            progress.now("held: filling with " + plan.many);
            var fill = fill(site, plan.many, terms);
            // What the broker has still to do after so much would count for whoever comes first.
            few(terms, new ArrayList<>());
            var few = new ArrayList<Double>();
            var many = new ArrayList<Double>();
            for (var round = 0; round < plan.rounds; round++) {
                progress.now("held: round " + (round + 1) + " of " + plan.rounds);
                if (round % 2 == 0) {
                    few.add(few(terms, ofFew));
                    many.add(window(site, plan.many + round * plan.window, terms));
                } else {
                    many.add(window(site, plan.many + round * plan.window, terms));
                    few.add(few(terms, ofFew));
                }
            }
            progress.now("held: idle");
            var disk = site.diskBytes();
            try (var lane = Contender.lane().start(site, clock)) {
                Pace.until("the lane runs", lane::isUp, PATIENCE);
                var held = ProcessorTime.streamThreads();
                var ofMany = Memory.now();
                return report(fill, few, many, ofFew, ofMany, peak, idle(held), disk);
            }
        }
    }

    /** The rate of a lane with few held products, on a site of its own. */
    private double few(FarTerms terms, List<Memory> memory) throws Exception {
        try (var site = Site.open()) {
            fill(site, plan.few, terms);
            var rate = window(site, plan.few, terms);
            try (var lane = Contender.lane().start(site, clock)) {
                Pace.until("the lane runs", lane::isUp, PATIENCE);
                memory.add(Memory.now());
            }
            return rate;
        }
    }

    /** Announces while the lane works; products per second, of both together. */
    private double fill(Site site, int products, FarTerms terms) throws Exception {
        var begin = System.nanoTime();
        try (var lane = Contender.lane().start(site, clock)) {
            feed(site).announce(0, products, terms::of, clock.instant());
            new CommitWatch(site.kafka().admin()).commands(products);
            lane.expectUp("lane");
        }
        return products / ((System.nanoTime() - begin) / 1e9);
    }

    private double window(Site site, int held, FarTerms terms) throws Exception {
        feed(site).announce(held, held + plan.window, terms::of, clock.instant());
        try (var lane = Contender.lane().start(site, clock)) {
            var stretch = new CommitWatch(site.kafka().admin()).commands(held, held + plan.window);
            lane.expectUp("lane");
            return stretch.perSecond();
        }
    }

    private Feed feed(Site site) {
        return new Feed(site, Site.AGENCY, plan.shuffled ? HeldBenchmark::shuffled : IntUnaryOperator.identity());
    }

    /** A number of its own for each up to 2^26, more than are held: an odd factor loses none. */
    private static int shuffled(int n) {
        return (int) (n * 2_654_435_761L & (1 << 26) - 1);
    }

    /** What the stream thread of the lane with these threads uses while nothing is due, and that of a lane without a product. */
    private List<Idle> idle(Set<Long> held) throws Exception {
        var all = new ArrayList<Idle>();
        try (var site = Site.open();
                var lane = Contender.lane().start(site, clock)) {
            Pace.until("the lane runs", lane::isUp, PATIENCE);
            Thread.sleep(SETTLED);
            var none = new HashSet<>(ProcessorTime.streamThreads());
            none.removeAll(held);
            for (var round = 0; round < plan.rounds; round++) {
                var begin = new Idle((double) ProcessorTime.ofThreads(held), (double) ProcessorTime.ofThreads(none));
                Thread.sleep(plan.idle);
                var perSecond = MEGA * plan.idle.toMillis() / 1_000;
                all.add(new Idle(
                        (ProcessorTime.ofThreads(held) - begin.many()) / perSecond,
                        (ProcessorTime.ofThreads(none) - begin.none()) / perSecond));
            }
        }
        return all;
    }

    private Report report(
            double fill,
            List<Double> few,
            List<Double> many,
            List<Memory> ofFew,
            Memory ofMany,
            MemoryPeak peak,
            List<Idle> idle,
            double disk) {
        var held = String.format(java.util.Locale.ROOT, "%,d", plan.many).replace(',', ' ');
        var fewHeld = String.format(java.util.Locale.ROOT, "%,d", plan.few).replace(',', ' ');
        var rate = new Series("commands, " + held + " held", "/s", many);
        var fewRate = new Series("commands, " + fewHeld + " held", "/s", few);
        var idleMany = new Series(
                "idle, " + held + " held",
                "ms of CPU per second, stream thread",
                idle.stream().map(Idle::many).toList());
        var idleNone = new Series(
                "idle, none held",
                "ms of CPU per second, stream thread",
                idle.stream().map(Idle::none).toList());
        return new Report(
                "held",
                List.of(
                        plan.window + " announcements of " + Announcements.BYTES + " bytes on top of what is held, in "
                                + Site.PARTITIONS + " partitions; release instants spread over ten years; identifiers "
                                + (plan.shuffled ? "in random order" : "ascend"),
                        plan.rounds + " rounds in turns after one to warm up; the lane is started on the backlog",
                        "memory of broker, lane and benchmark together; the heap may have "
                                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, the stores' cache with all write"
                                + " buffers " + (BoundedMemory.CACHE_BYTES >> 20) + " MiB",
                        "idle: both lanes at the same time in one process, " + plan.idle.toSeconds()
                                + " s in each round"),
                List.of(
                        rate,
                        fewRate,
                        new Series("filling, producer and lane together", "/s", List.of(fill)),
                        memory("heap in use, " + held + " held", List.of(ofMany.heap())),
                        memory(
                                "heap in use, " + fewHeld + " held",
                                ofFew.stream().map(Memory::heap).toList()),
                        memory("stores' cache, " + held + " held", List.of(ofMany.blockCache())),
                        memory(
                                "stores' cache, " + fewHeld + " held",
                                ofFew.stream().map(Memory::blockCache).toList()),
                        memory("process, " + held + " held", List.of(ofMany.resident())),
                        memory("process at its most, filling and windows", List.of(peak.resident())),
                        memory(
                                "process, " + fewHeld + " held",
                                ofFew.stream().map(Memory::resident).toList()),
                        memory("disk, " + held + " held and the windows", List.of(disk)),
                        idleMany,
                        idleNone),
                List.of(
                        new Report.Ratio(rate.dividedBy(fewRate, "commands, many held / few held"), TARGET),
                        new Report.Ratio(idleMany.dividedBy(idleNone, "idle, many held / none"), null)),
                List.of(new Report.Limit(
                        memory("stores' cache at its most", List.of((double) peak.blockCache())),
                        BoundedMemory.CACHE_BYTES / MEGA)));
    }

    private static Series memory(String name, List<Double> bytes) {
        return new Series(name, "MB", bytes.stream().map(one -> one / MEGA).toList());
    }
}
