package space.halley.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a lane that was ended by {@code kill -9} decides nothing: started again on the folder that it left, started without a
 * folder, and taken over by another instance that has kept a copy. Beside it the same with few held products. A time runs until commands in
 * every partition are decided and committed; processes start in it.
 */
final class RestoreBenchmark {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final double MILLION = 1e6;
    /** The bound that promise I10 states for a lane that restores its state. */
    private static final double SECONDS_FOR_A_MILLION = 15;

    /** So many that every partition has some. */
    private static final int PROBES = 100;
    /** What one product takes on disk while it is held, in two instances; as much as was seen, and a fifth. */
    private static final long BYTES_EACH = 3_000;

    private static final long BYTES_FREE = 2L << 30;

    private final Plan plan;
    private final InstantSource clock;
    private final Progress progress;

    /**
     * @param many held products
     * @param few held products
     */
    record Plan(int many, int few, int rounds) {}

    /** Seconds without decisions; {@code kept}, {@code lost}: started again with and without its folder. */
    private record Times(List<Double> kept, List<Double> lost, List<Double> takenOver) {
        Times() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** A lane's site and what has been announced there. */
    private final class Run {
        private final CommitWatch watch;
        private final Feed feed;
        private final FarTerms terms = new FarTerms(clock.instant());
        private int announced;

        Run(Site site) {
            this.watch = new CommitWatch(site.kafka().admin());
            this.feed = new Feed(site, Site.AGENCY);
        }

        void announce(int products) {
            feed.announce(announced, announced + products, terms::of, clock.instant());
            announced += products;
        }

        /** Waits until all that was announced is decided. */
        void decided() throws Exception {
            watch.commands(0, announced, PATIENCE);
        }

        /** Kills and starts again; the seconds from the start until commands that wait there are decided. */
        double restart(LaneInstance instance, boolean keep) throws Exception {
            instance.kill();
            if (!keep) {
                Folders.delete(instance.folder());
            }
            announce(PROBES);
            var begin = System.nanoTime();
            instance.start(0);
            return secondsSince(begin);
        }

        /** Kills the one that works; the seconds until the other one, which is ready, has decided. */
        double takeOver(LaneInstance working) throws Exception {
            announce(PROBES);
            decided();
            working.kill();
            var begin = System.nanoTime();
            announce(PROBES);
            return secondsSince(begin);
        }

        private double secondsSince(long begin) throws Exception {
            decided();
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    RestoreBenchmark(Plan plan, InstantSource clock, Progress progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    Report run() throws Exception {
        DiskSpace.require(plan.many * BYTES_EACH + BYTES_FREE);
        var few = new Times();
        var many = new Times();
        try (var site = Site.open();
                var first = new LaneInstance(site, "1");
                var second = new LaneInstance(site, "2")) {
            var run = new Run(site);
            first.start(0);
            progress.now("restore: with " + plan.few);
            run.announce(plan.few);
            run.decided();
            restarts(run, first, few, "few");
            var fewBytes = first.residentBytes();
            progress.now("restore: filling with " + plan.many);
            run.announce(plan.many - plan.few);
            run.decided();
            var manyBytes = first.residentBytes();
            restarts(run, first, many, "many");
            var disk = site.diskBytes();

            // Whoever leads the group says how many copies there are, so both have to.
            first.kill();
            first.start(1);
            run.announce(PROBES);
            run.decided();
            var working = first;
            var ready = second;
            for (var round = 1; round <= plan.rounds; round++) {
                progress.now("restore: round " + round + " of " + plan.rounds + ", many, with a standby");
                Folders.delete(ready.folder());
                ready.start(1);
                awaitCopy(working, ready);
                many.takenOver().add(run.takeOver(working));
                var next = working;
                working = ready;
                ready = next;
            }
            return report(few, many, fewBytes, manyBytes, disk);
        }
    }

    private void restarts(Run run, LaneInstance instance, Times times, String name) throws Exception {
        for (var round = 1; round <= plan.rounds; round++) {
            progress.now("restore: round " + round + " of " + plan.rounds + ", " + name);
            times.kept().add(run.restart(instance, true));
            times.lost().add(run.restart(instance, false));
        }
    }

    /** The copy is there when its folder has grown to what the original has, about, and grows no more. */
    private static void awaitCopy(LaneInstance original, LaneInstance copy) throws InterruptedException, IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var size = -1L;
        var since = System.nanoTime();
        while (System.nanoTime() - since < QUIET.toNanos() || size < DiskSpace.used(original.folder()) / 2) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the standby has no copy after " + PATIENCE);
            }
            Thread.sleep(LOOK);
            var now = DiskSpace.used(copy.folder());
            if (now != size) {
                size = now;
                since = System.nanoTime();
            }
        }
    }

    private Report report(Times few, Times many, double fewBytes, double manyBytes, double disk) {
        var kept = new Series("killed, started again on its folder", "s", many.kept());
        var lost = new Series("killed, started again without a folder", "s", many.lost());
        var fewKept = new Series("the same with " + plan.few + " held, folder", "s", few.kept());
        var fewLost = new Series("the same with " + plan.few + " held, no folder", "s", few.lost());
        return new Report(
                "restore",
                List.of(
                        plan.many + " held products of " + Announcements.BYTES + " bytes in " + Site.PARTITIONS
                                + " partitions; seconds until the lane decides in all of them again",
                        plan.rounds + " rounds; the lane in a process of its own that is killed, its start included;"
                                + " a standby takes over when the session of 10 s is over"),
                List.of(
                        kept,
                        lost,
                        new Series("killed, a standby takes over", "s", many.takenOver()),
                        fewKept,
                        fewLost,
                        new Series("lane's process, " + plan.many + " held", "MB", List.of(manyBytes / MILLION)),
                        new Series("lane's process, " + plan.few + " held", "MB", List.of(fewBytes / MILLION)),
                        new Series("disk, without a standby", "MB", List.of(disk / MILLION))),
                List.of(),
                List.of(
                        new Report.Limit(
                                perMillion("restored for a million, folder", kept, fewKept), SECONDS_FOR_A_MILLION),
                        new Report.Limit(
                                perMillion("restored for a million, no folder", lost, fewLost),
                                SECONDS_FOR_A_MILLION)));
    }

    private Series perMillion(String name, Series many, Series few) {
        var millions = (plan.many - plan.few) / MILLION;
        return new Series(
                name,
                "s",
                many.values().stream()
                        .map(seconds -> (seconds - few.median()) / millions)
                        .toList());
    }
}
