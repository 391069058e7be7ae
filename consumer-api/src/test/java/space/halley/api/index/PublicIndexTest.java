package space.halley.api.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static space.halley.api.sample.PublicLogSample.marsImage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.api.catalogue.LogRecord;
import space.halley.api.sample.PublicLogSample;

final class PublicIndexTest {
    private static final String LOG = "one-log";

    @TempDir
    private Path folder;

    @Test
    void goesOnFromItsLastCommitAndForgetsWhatCameAfter() throws Exception {
        var log = new PublicLogSample(2);
        log.released(marsImage("urn:nasa:pds:a:b:one::1.0", "One"));
        var committed = log.end();
        try (var snapshots = new IndexSnapshots();
                var index = PublicIndex.open(folder, LOG, snapshots)) {
            index.apply(log.records(), log.end());
            index.commit();
            log.released(marsImage("urn:nasa:pds:a:b:two::1.0", "Two"));
            index.apply(log.records().subList(1, 2), log.end());
            index.publish();
            assertThat(snapshots.read(IndexCounts::of)).isEqualTo(new IndexCounts(2, 2));
        }

        try (var snapshots = new IndexSnapshots();
                var index = PublicIndex.open(folder, LOG, snapshots)) {
            assertThat(index.position()).isEqualTo(committed);
            index.publish();
            assertThat(snapshots.read(IndexCounts::of)).isEqualTo(new IndexCounts(1, 1));
            index.apply(log.records().subList(1, 2), log.end());
            index.publish();
            assertThat(snapshots.read(IndexCounts::of)).isEqualTo(new IndexCounts(2, 2));
        }
    }

    @Test
    void refusesARecordThatItHas() throws Exception {
        var log = new PublicLogSample(1);
        log.released(marsImage("urn:nasa:pds:a:b:one::1.0", "One"));
        try (var snapshots = new IndexSnapshots();
                var index = PublicIndex.open(folder, LOG, snapshots)) {
            index.apply(log.records(), log.end());
            assertThatThrownBy(() -> index.apply(log.records(), log.end()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("applied before");
        }
    }

    @Test
    void beginsAgainForAnotherLog() throws Exception {
        var log = new PublicLogSample(1);
        log.released(marsImage("urn:nasa:pds:a:b:one::1.0", "One"));
        try (var snapshots = new IndexSnapshots();
                var index = PublicIndex.open(folder, LOG, snapshots)) {
            index.apply(log.records(), log.end());
            index.commit();
        }
        try (var snapshots = new IndexSnapshots();
                var index = PublicIndex.open(folder, "another-log", snapshots)) {
            assertThat(index.position()).isEqualTo(Position.BEGINNING);
            index.publish();
            assertThat(snapshots.read(IndexCounts::of)).isEqualTo(new IndexCounts(0, 0));
        }
    }

    @Test
    void saysThatAnotherProcessUsesTheFolder() throws Exception {
        try (var snapshots = new IndexSnapshots();
                var index = PublicIndex.open(folder, LOG, snapshots)) {
            assertThat(index.position()).isEqualTo(Position.BEGINNING);
            assertThatThrownBy(() -> PublicIndex.open(folder, LOG, snapshots))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process uses the index");
        }
    }

    @Test
    void hasTheSameDigestHoweverTheLogWasCutAndInterleaved() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var log = randomLog(random, 120);

        var whole = digest(folder.resolve("whole"), List.of(log.records()), log.end());
        var cut = digest(folder.resolve("cut"), interleaved(log, random), log.end());

        assertThat(cut).as("seed " + seed).isEqualTo(whole);
        assertThat(digest(folder.resolve("less"), List.of(log.records().subList(0, 119)), log.end()))
                .as("seed " + seed)
                .isNotEqualTo(whole);
    }

    @Test
    void givesEveryEventOnceFromAnyCursorHoweverItIsRead() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var log = randomLog(random, 150);
        try (var snapshots = new IndexSnapshots();
                var index = PublicIndex.open(folder, LOG, snapshots)) {
            index.apply(log.records(), log.end());
            index.publish();
            var got = new ArrayList<String>();
            var position = Position.BEGINNING;
            while (!position.reaches(log.end())) {
                var from = position;
                var batch = snapshots.read(snapshot -> EventHistory.after(
                        snapshot, from, EventFilter.ALL, 1 + random.nextInt(9), 1 + random.nextInt(3_000)));
                // A subscriber that is cut off after some of the batch goes on behind the last one it has.
                var kept = batch.events().isEmpty()
                        ? 0
                        : 1 + random.nextInt(batch.events().size());
                batch.events().subList(0, kept).forEach(entry -> got.add(entry.json()));
                position = kept == batch.events().size()
                        ? batch.end()
                        : batch.events().get(kept - 1).after();
            }
            assertThat(got).as("seed " + seed).hasSize(150).doesNotHaveDuplicates();
        }
    }

    private static PublicLogSample randomLog(Random random, int size) {
        var log = new PublicLogSample(3);
        for (int i = 0; i < size; i++) {
            var lidvid = "urn:nasa:pds:a:b:p" + random.nextInt(20) + "::1." + random.nextInt(3);
            switch (random.nextInt(4)) {
                case 0 ->
                    log.announced(lidvid, Instant.parse("2030-01-01T00:00:00Z").plusSeconds(i));
                case 1 -> log.cancelled(lidvid);
                case 2 -> log.retracted(lidvid, "reason " + i);
                default -> log.released(marsImage(lidvid, "Image " + i));
            }
            if (random.nextInt(5) == 0) {
                log.marker(random.nextInt(3));
            }
        }
        return log;
    }

    /** The same records in small batches, the partitions in another order. */
    private static List<List<LogRecord>> interleaved(PublicLogSample log, Random random) {
        var queues = new ArrayList<ArrayList<LogRecord>>();
        for (int partition = 0; partition < 3; partition++) {
            var mine = partition;
            queues.add(new ArrayList<>(log.records().stream()
                    .filter(logged -> logged.partition() == mine)
                    .toList()));
        }
        var batches = new ArrayList<List<LogRecord>>();
        while (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
            var queue = queues.get(random.nextInt(3));
            var batch = queue.subList(0, Math.min(queue.size(), random.nextInt(10)));
            batches.add(List.copyOf(batch));
            batch.clear();
        }
        return batches;
    }

    private static IndexDigest digest(Path folder, List<List<LogRecord>> batches, Position end) throws IOException {
        try (var snapshots = new IndexSnapshots();
                var index = PublicIndex.open(folder, LOG, snapshots)) {
            for (var batch : batches) {
                index.apply(batch, Position.BEGINNING);
            }
            index.apply(List.of(), end);
            index.publish();
            return snapshots.read(IndexDigest::of);
        }
    }
}
